using System.Globalization;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>A line was looked at because its contract ended before the last day it bills; there is at most one such row for each, whatever runs there are.</summary>
public sealed class EndedLine
{
    public Guid InvoiceId { get; init; }

    public int Position { get; init; }

    /// <summary>Last day of the contract.</summary>
    public DateOnly EndsOn { get; init; }
}

/// <summary>What is taken back of an invoice whose contracts ended before the last day it bills.</summary>
/// <param name="Note">Null where nothing of these lines is left to be credited.</param>
/// <param name="Reasons">What stands against the note; then it is not issued, and the next run tries again.</param>
public sealed record EndedCredit(IReadOnlyList<EndedLine> Lines, Invoice? Note, IReadOnlyList<BlockReason> Reasons)
{
    public bool IsBlocked => Reasons.Count > 0;
}

/// <summary>Credits contracts that were billed in advance and have ended, to the day; the preview shows and the run issues what is planned here.</summary>
/// <remarks>What is due once, and what was used, stays billed: only what is due for the days of a year is cut.</remarks>
internal static class EndedContracts
{
    /// <summary>Invoices that a step of a run credits.</summary>
    public const int PageSize = 50;

    /// <summary>Ids of the seller's invoices after one that have such lines, in their order.</summary>
    public static IQueryable<Guid> InvoicesBeyondEnd(this MarketContext context, Guid sellerId, Guid? afterId)
    {
        IQueryable<Guid> ids = LinesBeyondEnd(context, sellerId).Select(l => l.InvoiceId).Distinct();
        return (afterId is { } last ? ids.Where(id => id > last) : ids).OrderBy(id => id);
    }

    /// <summary>One for each of these invoices.</summary>
    public static async Task<IReadOnlyList<EndedCredit>> EndedCreditsAsync(
        this MarketContext context, Guid sellerId, IReadOnlyCollection<Guid> invoiceIds, IssueTerms terms, CancellationToken cancellationToken)
    {
        ILookup<Guid, EndedLine> ended = (await LinesBeyondEnd(context, sellerId).Where(l => invoiceIds.Contains(l.InvoiceId)).ToListAsync(cancellationToken)).ToLookup(l => l.InvoiceId);
        return [.. (await context.RestsAsync(invoiceIds, cancellationToken)).Select(rest => CreditOf(rest, [.. ended[rest.Invoice.Id].OrderBy(l => l.Position)], terms)).Where(c => c.Lines.Count > 0)];
    }

    private static IQueryable<EndedLine> LinesBeyondEnd(MarketContext context, Guid sellerId) =>
        context.Set<InvoiceLine>()
            .Where(l => l.Part == BilledPart.Year)
            .Join(context.Set<Order>().Where(o => o.SellerId == sellerId && o.EndsOn != null), l => l.OrderId, o => o.Id, (l, o) => new { l.InvoiceId, l.Position, l.PeriodTo, EndsOn = o.EndsOn!.Value })
            .Where(l => l.PeriodTo > l.EndsOn && !context.Set<EndedLine>().Any(e => e.InvoiceId == l.InvoiceId && e.Position == l.Position))
            .Where(l => context.Set<Invoice>().Any(i => i.Id == l.InvoiceId && i.InvoiceKind != InvoiceKind.CreditNote && i.Account!.PaymentState != PaymentState.Cancelled))
            .Select(l => new EndedLine { InvoiceId = l.InvoiceId, Position = l.Position, EndsOn = l.EndsOn });

    private static EndedCredit CreditOf(InvoiceRest rest, IReadOnlyList<EndedLine> ended, IssueTerms terms)
    {
        LineCredit[] credits = [.. ended.Select(e => rest.Line(e.Position)?.After(e.EndsOn)).OfType<LineCredit>()];
        if (credits.Length == 0) return new EndedCredit(ended, Note: null, []);
        string reason = ended.Select(e => e.EndsOn).Distinct().ToArray() is [var one]
            ? string.Create(CultureInfo.InvariantCulture, $"Vertragsende am {one:dd.MM.yyyy}; die Tage danach waren im Voraus abgerechnet.")
            : "Vertragsende; die Tage danach waren im Voraus abgerechnet.";
        Invoice note = CreditNote.Make(rest, credits, reason, terms.RunId, terms.IssueOn, terms.At);
        return new EndedCredit(ended, note, [.. BlockReason.Against(note)]);
    }
}
