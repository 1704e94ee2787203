using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog.Imports;

/// <summary>Imports by id, as far as the caller sees them.</summary>
internal sealed class OfferImportLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, OfferImport>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, OfferImport>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.OfferImportsVisibleTo(request.Caller).Where(i => keys.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
}

/// <summary>Rows of an import that came to one of some outcomes.</summary>
/// <param name="Outcomes">Names, separated by commas; null means all.</param>
internal readonly record struct ImportRows(Guid ImportId, string? Outcomes)
{
    public static ImportRows Of(Guid importId, IReadOnlyList<RowOutcome>? outcomes) => new(importId, outcomes is null ? null : string.Join(',', outcomes.Distinct().Order()));

    public static IReadOnlyList<RowOutcome>? Parse(string? outcomes) => outcomes is null ? null : [.. outcomes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RowOutcome>)];
}

internal readonly record struct ImportRowsPage(ImportRows Rows, PageRequest Page);

/// <summary>The same part of the reports of many imports with one SQL command.</summary>
internal sealed class OfferImportRowsLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<ImportRowsPage, Page<OfferImportRow>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<ImportRowsPage, Page<OfferImportRow>>> FetchAsync(MarketContext context, IReadOnlyList<ImportRowsPage> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<ImportRowsPage, Page<OfferImportRow>>();
        foreach (IGrouping<(PageRequest Page, string? Outcomes), ImportRowsPage> alike in keys.GroupBy(k => (k.Page, k.Rows.Outcomes)))
        {
            Guid[] imports = [.. alike.Select(k => k.Rows.ImportId)];
            IQueryable<OfferImportRow> rows = context.OfferImportRowsVisibleTo(request.Caller, ImportRows.Parse(alike.Key.Outcomes)).Where(r => imports.Contains(r.ImportId));
            if (alike.ToArray() is [var only])
            {
                // A report is long: one alone is read from its place on, and not numbered whole.
                pages[only] = await rows.PageAsync(OfferImportVisibility.RowsInOrder, only.Page, cancellationToken);
                continue;
            }
            IReadOnlyDictionary<Guid, IReadOnlyList<OfferImportRow>> found = await rows.PagesAsync(r => r.ImportId, OfferImportVisibility.RowsInOrder, alike.Key.Page, cancellationToken);
            foreach (ImportRowsPage key in alike)
                pages[key] = Page<OfferImportRow>.Of(found.GetValueOrDefault(key.Rows.ImportId, []), alike.Key.Page, row => OfferImportVisibility.RowsInOrder.CursorOf(row).ToString());
        }
        return pages;
    }
}

/// <summary>How many rows reports have.</summary>
internal sealed class OfferImportRowCounts(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<ImportRows, int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<ImportRows, int>> FetchAsync(MarketContext context, IReadOnlyList<ImportRows> keys, CancellationToken cancellationToken)
    {
        Guid[] imports = [.. keys.Select(k => k.ImportId).Distinct()];
        var counts = await context.OfferImportRowsVisibleTo(request.Caller).Where(r => imports.Contains(r.ImportId)).GroupBy(r => new { r.ImportId, r.Outcome })
            .Select(g => new { g.Key.ImportId, g.Key.Outcome, Count = g.Count() }).ToListAsync(cancellationToken);
        return keys.ToDictionary(k => k, k => counts.Where(c => c.ImportId == k.ImportId && ImportRows.Parse(k.Outcomes)?.Contains(c.Outcome) is not false).Sum(c => c.Count));
    }
}
