using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

internal sealed class ServiceLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, Service>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Service>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.Services().Where(s => keys.Contains(s.Id)).ToDictionaryAsync(s => s.Id, cancellationToken);
}

internal sealed class LeikaKeysLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, string>(contexts)
{
    protected override async Task<ILookup<Guid, string>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<ServiceLeikaKey>().AsNoTracking().Where(k => keys.Contains(k.ServiceId)).OrderBy(k => k.LeikaKey).ToListAsync(cancellationToken)).ToLookup(k => k.ServiceId, k => k.LeikaKey);
}

internal sealed class OzgIdsLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, string>(contexts)
{
    protected override async Task<ILookup<Guid, string>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<ServiceOzgId>().AsNoTracking().Where(k => keys.Contains(k.ServiceId)).OrderBy(k => k.OzgId).ToListAsync(cancellationToken)).ToLookup(k => k.ServiceId, k => k.OzgId);
}
