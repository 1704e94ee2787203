using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Organisations;

/// <summary>Organisations by id, without contacts; what organisations are is public.</summary>
internal sealed class OrganisationLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, Organisation>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Organisation>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.Set<Organisation>().AsNoTracking().Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
}
