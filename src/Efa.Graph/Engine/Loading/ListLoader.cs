using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Loading;

/// <summary>Fetches the short lists that belong to the things of one level; an empty one where nothing does.</summary>
public abstract class ListLoader<TKey, TItem>(IDbContextFactory<MarketContext> contexts) : Loader<TKey, IReadOnlyList<TItem>>(contexts)
    where TKey : notnull
{
    /// <summary>Each list in its order.</summary>
    protected abstract Task<ILookup<TKey, TItem>> FetchListsAsync(MarketContext context, IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    protected sealed override async Task<IReadOnlyDictionary<TKey, IReadOnlyList<TItem>>> FetchAsync(MarketContext context, IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        ILookup<TKey, TItem> lists = await FetchListsAsync(context, keys, cancellationToken);
        return keys.ToDictionary(key => key, IReadOnlyList<TItem> (key) => [.. lists[key]]);
    }
}
