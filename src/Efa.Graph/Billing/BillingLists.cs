using System.Linq.Expressions;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Billing;

/// <summary>Reads the lists of runs and previews for the fields that show them.</summary>
internal static class BillingLists
{
    private const string BlockedOrder = "blocked buyers";
    private const string DraftOrder = "draft invoices";
    private const string CreditOrder = "draft credit notes";

    public static IDataLoaderResult<InvoiceList> InvoicesOfRun(IResolveFieldContext context, BillingRun run)
    {
        RequestContext request = context.Request();
        return request.Get<InvoicesOfRunLoader>().Load(new NestedPage(run.Id, context.PageOf(InvoiceVisibility.NewestFirst.Name)))
            .Then(page => new InvoiceList(page!, () => request.Get<InvoiceOfRunCounts>().Load(run.Id), () => InvoiceLists.Totals(request, new InvoiceFilter { RunIds = [run.Id] })));
    }

    public static IDataLoaderResult<Connection<PreviewedBlock>> BlockedOfRun(IResolveFieldContext context, BillingRun run)
    {
        PageRequest request = context.PageOf(BlockedOrder);
        return context.Request().Get<BlockedOfRunLoader>().Load(run.Id).Then(all =>
        {
            IReadOnlyList<BlockedBuyer> blocked = all ?? [];
            Dictionary<Guid, PreviewedBlock> byBuyer = blocked.ToDictionary(b => b.BuyerId, b => new PreviewedBlock(b.BuyerId, b.Reasons, b.OrderIds));
            return new Connection<PreviewedBlock>(ListPages.OfIds(byBuyer.Keys, request, BlockedOrder).Select(buyer => byBuyer[buyer]), () => new Known<int>(blocked.Count));
        });
    }

    public static async Task<Connection<DraftInvoice>> InvoicesOfPreviewAsync(IResolveFieldContext context, BillingPreview preview)
    {
        RequestContext request = context.Request();
        PageRequest page = context.PageOf(DraftOrder);
        DraftPosition? after = page.From is { } cursor ? new DraftPosition(cursor.Id, ListPages.NumberOf(cursor)) : null;
        IReadOnlyList<PreviewedInvoice> invoices = await request.Services.GetRequiredService<BillingPreviews>().InvoicesAsync(preview, after, page.Size + 1, context.CancellationToken);
        return new Connection<DraftInvoice>(
            ListPages.Numbered(invoices, page, DraftOrder, i => i.Position.Number, i => i.Position.BuyerId).Select(i => i.Draft),
            () => request.Get<BillingSumsLoader>().Load(preview).Then(sums => sums!.Invoices));
    }

    public static async Task<Connection<Invoice>> CreditsOfPreviewAsync(IResolveFieldContext context, BillingPreview preview)
    {
        PageRequest page = context.PageOf(CreditOrder);
        IReadOnlyList<Invoice> notes = await context.Request().Services.GetRequiredService<BillingPreviews>().CreditsAsync(preview, page.From?.Id, page.Size + 1, context.CancellationToken);
        return new Connection<Invoice>(Page<Invoice>.Of(notes, page, note => new PageCursor(CreditOrder, "", note.CorrectsId!.Value).ToString()), TotalCount: null);
    }

    public static async Task<Connection<PreviewedBlock>> BlockedOfPreviewAsync(IResolveFieldContext context, BillingPreview preview)
    {
        RequestContext request = context.Request();
        PageRequest page = context.PageOf(BlockedOrder);
        IReadOnlyList<PreviewedBlock> blocks = await request.Services.GetRequiredService<BillingPreviews>().BlockedAsync(preview, page.From?.Id, page.Size + 1, context.CancellationToken);
        return new Connection<PreviewedBlock>(
            Page<PreviewedBlock>.Of(blocks, page, block => new PageCursor(BlockedOrder, "", block.BuyerId).ToString()),
            () => request.Get<BillingSumsLoader>().Load(preview).Then(sums => sums!.BlockedBuyers));
    }
}

/// <summary>Billing runs by id, as far as the caller sees them; without the blocked buyers.</summary>
internal sealed class BillingRunLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, BillingRun>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, BillingRun>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.BillingRunsVisibleTo(request.Caller).Where(r => keys.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
}

internal sealed class BlockedOfRunLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, IReadOnlyList<BlockedBuyer>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<BlockedBuyer>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.BlockedOfRunsAsync(keys, cancellationToken)).ToDictionary(g => g.Key, IReadOnlyList<BlockedBuyer> (g) => [.. g]);
}

internal sealed class InvoicesOfRunLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : PageLoader<Invoice>(contexts)
{
    protected override PageOrder<Invoice> Order => InvoiceVisibility.NewestFirst;

    protected override Expression<Func<Invoice, Guid>> Parent => i => i.RunId!.Value;

    protected override IQueryable<Invoice> Rows(MarketContext context, IReadOnlyList<Guid> parents) => context.InvoicesVisibleTo(request.Caller).Where(i => parents.Contains(i.RunId!.Value));
}

internal sealed class InvoiceOfRunCounts(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.InvoicesVisibleTo(request.Caller).Where(i => keys.Contains(i.RunId!.Value)).GroupBy(i => i.RunId!.Value).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}

/// <summary>What previews come to; computed once, whatever is asked of it.</summary>
internal sealed class BillingSumsLoader(IDbContextFactory<MarketContext> contexts, BillingPreviews previews) : Loader<BillingPreview, BillingSums>(contexts)
{
    protected override async Task<IReadOnlyDictionary<BillingPreview, BillingSums>> FetchAsync(MarketContext context, IReadOnlyList<BillingPreview> keys, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<BillingPreview, BillingSums>();
        foreach (BillingPreview preview in keys) sums[preview] = await previews.SumsAsync(preview, cancellationToken);
        return sums;
    }
}
