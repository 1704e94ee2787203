using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>Reads invoices whole: as issued, and to be shown.</summary>
public static class InvoiceDocuments
{
    /// <summary>The bytes of invoices that the caller sees, by hash; one SQL command.</summary>
    public static Task<Dictionary<string, byte[]>> DocumentsOfInvoicesAsync(this MarketContext context, IReadOnlyCollection<string> hashes, CancellationToken cancellationToken) =>
        context.Set<InvoiceDocument>().Where(d => hashes.Contains(d.Sha256)).ToDictionaryAsync(d => d.Sha256, d => d.Bytes, cancellationToken);

    /// <summary>Null where there is no such invoice or the caller may not see it.</summary>
    public static async Task<(Invoice Invoice, byte[] Bytes)?> IssuedAsync(this MarketContext context, Caller caller, Guid invoiceId, CancellationToken cancellationToken)
    {
        if (await context.InvoicesVisibleTo(caller).SingleOrDefaultAsync(i => i.Id == invoiceId, cancellationToken) is not { } invoice) return null;
        return (invoice, await context.Set<InvoiceDocument>().Where(d => d.Sha256 == invoice.XmlSha256).Select(d => d.Bytes).SingleAsync(cancellationToken));
    }

    /// <summary>With lines and taxes; null where there is no such invoice or the caller may not see it.</summary>
    public static Task<Invoice?> WholeAsync(this MarketContext context, Caller caller, Guid invoiceId, CancellationToken cancellationToken) =>
        context.InvoicesVisibleTo(caller).Include(i => i.Lines).Include(i => i.Taxes).AsSplitQuery().SingleOrDefaultAsync(i => i.Id == invoiceId, cancellationToken);
}
