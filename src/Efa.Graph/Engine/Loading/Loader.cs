using Efa.Marketplace.Storage;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Loading;

/// <summary>Collects the keys that the fields of one level ask for, and fetches them together: one batch for a level, whatever the page size.</summary>
/// <remarks>One instance for each request, so that what was read once in a request is not read again. A batch has its own database context.</remarks>
public abstract class Loader<TKey, TValue>(IDbContextFactory<MarketContext> contexts)
    where TKey : notnull
{
    /// <summary>SQL Server takes 2,100 parameters in a command; others get slow well before.</summary>
    private const int LargestBatch = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Batch> known = [];
    private Batch? open;

    /// <summary>The value of a key, fetched with those that are asked for meanwhile; default where there is none.</summary>
    public IDataLoaderResult<TValue?> Load(TKey key)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out Batch? batch)) return new Result(batch, key);
            if (open is null || open.Keys.Count == LargestBatch) open = new Batch(this);
            open.Keys.Add(key);
            known[key] = open;
            return new Result(open, key);
        }
    }

    public IDataLoaderResult<TValue?> LoadOptional(TKey? key, TValue? none = default) =>
        key is null ? new Known<TValue?>(none) : Load(key);

    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(MarketContext context, IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    private async Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await FetchAsync(context, keys, cancellationToken);
    }

    /// <summary>Keys that are fetched together, once, when the first of them is wanted.</summary>
    private sealed class Batch(Loader<TKey, TValue> loader)
    {
        private Task<IReadOnlyDictionary<TKey, TValue>>? fetched;

        public List<TKey> Keys { get; } = [];

        public Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(CancellationToken cancellationToken)
        {
            lock (loader.gate)
            {
                if (loader.open == this) loader.open = null;
                return fetched ??= loader.FetchAsync(Keys, cancellationToken);
            }
        }
    }

    private sealed class Result(Batch batch, TKey key) : IDataLoaderResult<TValue?>
    {
        public async Task<TValue?> GetResultAsync(CancellationToken cancellationToken = default) =>
            (await batch.FetchAsync(cancellationToken)).TryGetValue(key, out TValue? value) ? value : default;

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}

/// <summary>A result that needs no fetching.</summary>
public sealed class Known<T>(T value) : IDataLoaderResult<T>
{
    public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => Task.FromResult(value);

    Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => Task.FromResult<object?>(value);
}

/// <summary>A result that is fetched for itself, when it is wanted.</summary>
public sealed class Deferred<T>(Func<CancellationToken, Task<T>> fetch) : IDataLoaderResult<T>
{
    public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => fetch(cancellationToken);

    async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await fetch(cancellationToken);
}

/// <summary>What is made of loaded values.</summary>
public static class LoaderResults
{
    public static IDataLoaderResult<TOther> Then<T, TOther>(this IDataLoaderResult<T> result, Func<T, TOther> map) => new Mapped<T, TOther>(result, map);

    /// <summary>Follows a loaded value to another load, which is batched with its own kind.</summary>
    public static IDataLoaderResult<IDataLoaderResult<TOther>> ThenLoad<T, TOther>(this IDataLoaderResult<T> result, Func<T, IDataLoaderResult<TOther>> load) =>
        new Mapped<T, IDataLoaderResult<TOther>>(result, load);

    /// <summary>The values of all keys, in their order, without those that are not there.</summary>
    public static IDataLoaderResult<IReadOnlyList<TValue>> LoadAll<TKey, TValue>(this Loader<TKey, TValue> loader, IEnumerable<TKey> keys)
        where TKey : notnull
        where TValue : class =>
        new All<TValue>([.. keys.Select(loader.Load)]);

    private sealed class Mapped<T, TOther>(IDataLoaderResult<T> result, Func<T, TOther> map) : IDataLoaderResult<TOther>
    {
        public async Task<TOther> GetResultAsync(CancellationToken cancellationToken = default) => map(await result.GetResultAsync(cancellationToken));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }

    private sealed class All<T>(IReadOnlyList<IDataLoaderResult<T?>> results) : IDataLoaderResult<IReadOnlyList<T>>
        where T : class
    {
        public async Task<IReadOnlyList<T>> GetResultAsync(CancellationToken cancellationToken = default)
        {
            var values = new List<T>(results.Count);
            foreach (IDataLoaderResult<T?> result in results)
                if (await result.GetResultAsync(cancellationToken) is { } value)
                    values.Add(value);
            return values;
        }

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}
