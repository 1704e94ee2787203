using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>Something that happened to an invoice.</summary>
public sealed record InvoiceEvent(Guid InvoiceId, DateTimeOffset At, string Type, string Actor, string? Note);

/// <summary>Reads parts of invoices that the caller sees; one SQL command each, whatever the number of invoices.</summary>
public static class InvoiceParts
{
    /// <summary>The lines of each invoice after a position, at most so many of each.</summary>
    public static async Task<ILookup<Guid, InvoiceLine>> LinesOfInvoicesAsync(
        this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, int afterPosition, int count, CancellationToken cancellationToken)
    {
        var groups = await context.Set<InvoiceLine>().AsNoTracking().Where(l => invoiceIds.Contains(l.InvoiceId) && l.Position > afterPosition)
            .GroupBy(l => l.InvoiceId).Select(g => new { g.Key, Lines = g.OrderBy(l => l.Position).Take(count).ToList() }).ToListAsync(cancellationToken);
        return groups.SelectMany(g => g.Lines).ToLookup(l => l.InvoiceId);
    }

    public static async Task<IReadOnlyDictionary<Guid, int>> LineCountsAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken) =>
        await context.Set<InvoiceLine>().Where(l => invoiceIds.Contains(l.InvoiceId)).GroupBy(l => l.InvoiceId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);

    public static async Task<ILookup<Guid, InvoiceTax>> TaxesOfInvoicesAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken) =>
        (await context.Set<InvoiceTax>().AsNoTracking().Where(t => invoiceIds.Contains(t.InvoiceId)).OrderBy(t => t.InvoiceId).ThenBy(t => t.Position).ToListAsync(cancellationToken))
            .ToLookup(t => t.InvoiceId);

    /// <summary>Ids of the orders that each invoice bills; at most those of a page of the plan.</summary>
    public static async Task<ILookup<Guid, Guid>> OrdersOfInvoicesAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken) =>
        (await context.Set<InvoiceLine>().Where(l => invoiceIds.Contains(l.InvoiceId)).Select(l => new { l.InvoiceId, l.OrderId }).Distinct()
            .OrderBy(l => l.InvoiceId).ThenBy(l => l.OrderId).ToListAsync(cancellationToken)).ToLookup(l => l.InvoiceId, l => l.OrderId);

    public static Task<Dictionary<Guid, InvoiceAccount>> AccountsOfInvoicesAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken) =>
        context.Set<InvoiceAccount>().AsNoTracking().Where(a => invoiceIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);

    /// <summary>In the order in which they were recorded.</summary>
    public static async Task<ILookup<Guid, Payment>> PaymentsOfInvoicesAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken) =>
        (await context.Set<Payment>().AsNoTracking().Where(p => invoiceIds.Contains(p.InvoiceId)).OrderBy(p => p.RecordedAt).ThenBy(p => p.Id).ToListAsync(cancellationToken))
            .ToLookup(p => p.InvoiceId);

    /// <summary>Everything that happened to each invoice, oldest first.</summary>
    public static async Task<ILookup<Guid, InvoiceEvent>> EventsOfInvoicesAsync(this MarketContext context, IReadOnlyCollection<Guid> invoiceIds, CancellationToken cancellationToken) =>
        (await context.Set<LoggedEvent>().AsNoTracking().Where(e => invoiceIds.Contains(e.SubjectId)).OrderBy(e => e.Position)
            .Select(e => new InvoiceEvent(e.SubjectId, e.At, e.Type, e.Actor, context.Set<EventNote>().Where(n => n.Position == e.Position).Select(n => n.Text).FirstOrDefault()))
            .ToListAsync(cancellationToken)).ToLookup(e => e.InvoiceId);
}
