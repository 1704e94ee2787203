using System.Linq.Expressions;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Loading;

/// <summary>The page of a nested list: whose, and which part.</summary>
public readonly record struct NestedPage(Guid ParentId, PageRequest Page);

/// <summary>Fetches the same part of a nested list for many parents with one SQL command.</summary>
public abstract class PageLoader<TRow>(IDbContextFactory<MarketContext> contexts) : Loader<NestedPage, Page<TRow>>(contexts)
    where TRow : class
{
    protected abstract PageOrder<TRow> Order { get; }

    /// <summary>The rows of these parents that the caller sees.</summary>
    protected abstract IQueryable<TRow> Rows(MarketContext context, IReadOnlyList<Guid> parents);

    protected abstract Expression<Func<TRow, Guid>> Parent { get; }

    protected override async Task<IReadOnlyDictionary<NestedPage, Page<TRow>>> FetchAsync(MarketContext context, IReadOnlyList<NestedPage> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<NestedPage, Page<TRow>>();
        foreach (IGrouping<PageRequest, NestedPage> alike in keys.GroupBy(k => k.Page))
        {
            Guid[] parents = [.. alike.Select(k => k.ParentId)];
            IReadOnlyDictionary<Guid, IReadOnlyList<TRow>> rows = await Rows(context, parents).PagesAsync(Parent, Order, alike.Key, cancellationToken);
            foreach (NestedPage key in alike)
                pages[key] = Page<TRow>.Of(rows.GetValueOrDefault(key.ParentId, []), alike.Key, row => Order.CursorOf(row).ToString());
        }
        return pages;
    }
}
