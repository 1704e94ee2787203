using System.Linq.Expressions;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

/// <summary>Offers by id, as the caller sees them.</summary>
internal sealed class OfferLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, Offer>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Offer>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.OffersVisibleTo(request.Caller).Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
}

/// <summary>Pages of the offers of services.</summary>
internal sealed class OffersOfServiceLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : PageLoader<Offer>(contexts)
{
    protected override PageOrder<Offer> Order => OfferSearch.OffersOfService;

    protected override Expression<Func<Offer, Guid>> Parent => o => o.ServiceId;

    protected override IQueryable<Offer> Rows(MarketContext context, IReadOnlyList<Guid> parents) =>
        context.OffersVisibleTo(request.Caller).Where(o => parents.Contains(o.ServiceId));
}

/// <summary>How many offers of each service the caller sees.</summary>
internal sealed class OfferCounts(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.OffersVisibleTo(request.Caller).Where(o => keys.Contains(o.ServiceId)).GroupBy(o => o.ServiceId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}

/// <summary>The facets of the offers of each service.</summary>
internal sealed class ServiceFacetsLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, FacetCounts>(contexts)
{
    protected override Task<IReadOnlyDictionary<Guid, FacetCounts>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.FacetsOfServicesAsync(request.Caller, keys, [.. FederalStates.All.Select(s => s.Code)], cancellationToken);
}
