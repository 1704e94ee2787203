using System.Linq.Expressions;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Billing;

/// <summary>Invoices by id, as far as the caller sees them; without lines and taxes.</summary>
internal sealed class InvoiceLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, Invoice>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Invoice>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.InvoicesVisibleTo(request.Caller).Where(i => keys.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
}

/// <summary>A seller's own number of an invoice.</summary>
public sealed record InvoiceNumber(Guid SellerId, string Number);

/// <summary>Invoices by number, as far as the caller sees them.</summary>
internal sealed class InvoiceByNumberLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<InvoiceNumber, Invoice>(contexts)
{
    protected override async Task<IReadOnlyDictionary<InvoiceNumber, Invoice>> FetchAsync(MarketContext context, IReadOnlyList<InvoiceNumber> keys, CancellationToken cancellationToken)
    {
        string[] numbers = [.. keys.Select(k => k.Number)];
        Guid[] sellers = [.. keys.Select(k => k.SellerId).Distinct()];
        return (await context.InvoicesVisibleTo(request.Caller).Where(i => numbers.Contains(i.Number) && sellers.Contains(i.SellerId)).ToListAsync(cancellationToken))
            .ToDictionary(i => new InvoiceNumber(i.SellerId, i.Number));
    }
}

/// <summary>Some lines of an invoice, one more than wanted.</summary>
internal readonly record struct LinesOfInvoice(Guid InvoiceId, int AfterPosition, int Count);

internal sealed class InvoiceLineLoader(IDbContextFactory<MarketContext> contexts) : Loader<LinesOfInvoice, IReadOnlyList<InvoiceLine>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<LinesOfInvoice, IReadOnlyList<InvoiceLine>>> FetchAsync(MarketContext context, IReadOnlyList<LinesOfInvoice> keys, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<LinesOfInvoice, IReadOnlyList<InvoiceLine>>();
        foreach (var alike in keys.GroupBy(k => (k.AfterPosition, k.Count)))
            foreach (IGrouping<Guid, InvoiceLine> found in await context.LinesOfInvoicesAsync([.. alike.Select(k => k.InvoiceId)], alike.Key.AfterPosition, alike.Key.Count + 1, cancellationToken))
                lines[new LinesOfInvoice(found.Key, alike.Key.AfterPosition, alike.Key.Count)] = [.. found.OrderBy(l => l.Position)];
        return lines;
    }
}

internal sealed class InvoiceLineCounts(IDbContextFactory<MarketContext> contexts) : Loader<Guid, int>(contexts)
{
    protected override Task<IReadOnlyDictionary<Guid, int>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.LineCountsAsync(keys, cancellationToken);
}

internal sealed class InvoiceTaxLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, IReadOnlyList<InvoiceTax>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<InvoiceTax>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.TaxesOfInvoicesAsync(keys, cancellationToken)).ToDictionary(g => g.Key, IReadOnlyList<InvoiceTax> (g) => [.. g]);
}

/// <summary>Ids of the orders that invoices bill.</summary>
internal sealed class OrdersOfInvoiceLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, IReadOnlyList<Guid>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.OrdersOfInvoicesAsync(keys, cancellationToken)).ToDictionary(g => g.Key, IReadOnlyList<Guid> (g) => [.. g]);
}

/// <summary>Invoices with lines of orders.</summary>
internal sealed class InvoicesOfOrderLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : PageLoader<InvoiceOfOrder>(contexts)
{
    protected override PageOrder<InvoiceOfOrder> Order => OrderInvoices.NewestFirst;

    protected override Expression<Func<InvoiceOfOrder, Guid>> Parent => i => i.OrderId;

    protected override IQueryable<InvoiceOfOrder> Rows(MarketContext context, IReadOnlyList<Guid> parents) => context.InvoicesOfOrders(request.Caller, parents);
}

internal sealed class InvoiceOfOrderCounts(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.InvoicesOfOrders(request.Caller, keys).GroupBy(i => i.OrderId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}
