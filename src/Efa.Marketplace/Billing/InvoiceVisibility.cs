using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>Which invoices are wanted: parts are joined by and, values of a part by or.</summary>
public sealed record InvoiceFilter
{
    public IReadOnlyList<InvoiceKind>? Kinds { get; init; }

    public IReadOnlyList<PaymentState>? PaymentStates { get; init; }

    /// <summary>What the buyers said last.</summary>
    public IReadOnlyList<InvoiceResponse>? Responses { get; init; }

    public IReadOnlyList<DeliveryState>? DeliveryStates { get; init; }

    public IReadOnlyList<Guid>? BuyerIds { get; init; }

    public IReadOnlyList<Guid>? SellerIds { get; init; }

    public IReadOnlyList<Guid>? OrderIds { get; init; }

    public IReadOnlyList<Guid>? RunIds { get; init; }

    public DateOnly? IssuedFrom { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? IssuedTo { get; init; }

    /// <summary>Day on which they are due for a day at least, and not paid as things stand now.</summary>
    public DateOnly? OverdueOn { get; init; }
}

/// <summary>Sums over invoices. What is billed: credit notes are taken off, and what a corrected invoice replaces is left out.</summary>
public sealed record InvoiceTotals(decimal Net, decimal Tax, decimal Gross, decimal Paid, decimal Outstanding)
{
    public static readonly InvoiceTotals Zero = new(0, 0, 0, 0, 0);
}

/// <summary>An invoice is seen by its seller and its buyer. On whichever way it is reached, that takes the scope.</summary>
public static class InvoiceVisibility
{
    public static readonly PageOrder<Invoice> NewestFirst = PageOrder<Invoice>.Descending("invoices", i => i.CreatedAt, i => i.Id);

    public static IQueryable<Invoice> InvoicesVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Invoice> invoices = context.Set<Invoice>().AsNoTracking();
        if (!caller.Has(Scopes.InvoicesRead)) return invoices.Where(_ => false);
        if (caller.SeesEverything) return invoices;
        IReadOnlyList<Guid> own = caller.Organisations;
        return invoices.Where(i => own.Contains(i.SellerId) || own.Contains(i.BuyerId));
    }

    public static IQueryable<Invoice> Matching(this IQueryable<Invoice> invoices, InvoiceFilter filter)
    {
        if (filter.Kinds is { } kinds) invoices = invoices.Where(i => kinds.Contains(i.InvoiceKind));
        if (filter.PaymentStates is { } states) invoices = invoices.Where(i => states.Contains(i.Account!.PaymentState));
        if (filter.Responses is { } responses) invoices = invoices.Where(i => responses.Contains(i.Account!.Response!.Value));
        if (filter.DeliveryStates is { } deliveries) invoices = invoices.Where(i => deliveries.Contains(i.Account!.DeliveryState));
        if (filter.BuyerIds is { } buyers) invoices = invoices.Where(i => buyers.Contains(i.BuyerId));
        if (filter.SellerIds is { } sellers) invoices = invoices.Where(i => sellers.Contains(i.SellerId));
        if (filter.OrderIds is { } orders) invoices = invoices.Where(i => i.Lines.Any(l => orders.Contains(l.OrderId)));
        if (filter.RunIds is { } runs) invoices = invoices.Where(i => runs.Contains(i.RunId!.Value));
        if (filter.IssuedFrom is { } from) invoices = invoices.Where(i => i.IssuedOn >= from);
        if (filter.IssuedTo is { } to) invoices = invoices.Where(i => i.IssuedOn <= to);
        if (filter.OverdueOn is { } day)
            invoices = invoices.Where(i => i.DueOn < day && (i.Account!.PaymentState == PaymentState.Open || i.Account.PaymentState == PaymentState.PartiallyPaid));
        return invoices;
    }

    /// <summary>Sums over all invoices of a query; one SQL command.</summary>
    public static async Task<InvoiceTotals> TotalsAsync(this IQueryable<Invoice> invoices, CancellationToken cancellationToken)
    {
        var groups = await invoices.GroupBy(i => new { i.InvoiceKind, i.Account!.IsReplaced })
            .Select(g => new
            {
                g.Key.InvoiceKind,
                g.Key.IsReplaced,
                Net = g.Sum(i => i.Net),
                Tax = g.Sum(i => i.Tax),
                Gross = g.Sum(i => i.Gross),
                Paid = g.Sum(i => i.Account!.Paid),
                Outstanding = g.Sum(i => i.Account!.Outstanding),
            })
            .ToListAsync(cancellationToken);
        return groups.Aggregate(InvoiceTotals.Zero, (sums, g) =>
        {
            int sign = g.IsReplaced ? 0 : g.InvoiceKind == InvoiceKind.CreditNote ? -1 : 1;
            return new InvoiceTotals(sums.Net + (sign * g.Net), sums.Tax + (sign * g.Tax), sums.Gross + (sign * g.Gross), sums.Paid + g.Paid, sums.Outstanding + g.Outstanding);
        });
    }

    /// <summary>The invoice without lines, if the caller sees it.</summary>
    internal static Task<Invoice?> SeenInvoiceAsync(this Work work, Guid invoiceId, CancellationToken cancellationToken) =>
        work.Context.InvoicesVisibleTo(work.Caller).SingleOrDefaultAsync(i => i.Id == invoiceId, cancellationToken);

    /// <summary>The account to change of an invoice that the caller sees, with its payments; held.</summary>
    internal static async Task<InvoiceAccount> AccountToChangeAsync(this Work work, Guid invoiceId, CancellationToken cancellationToken) =>
        (await work.AccountsToChangeAsync([invoiceId], cancellationToken))[invoiceId];

    /// <summary>The accounts to change of invoices that the caller sees, with their payments; held.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, InvoiceAccount>> AccountsToChangeAsync(this Work work, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken)
    {
        await work.HoldAsync<InvoiceAccount>(invoiceIds, cancellationToken);
        return await work.Context.Set<InvoiceAccount>().Where(a => invoiceIds.Contains(a.Id)).Include(a => a.Payments).ToDictionaryAsync(a => a.Id, cancellationToken);
    }
}
