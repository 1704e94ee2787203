using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

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
}
