using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Counts the facets of the offers of many services in four SQL commands. A service has few offers, so they are counted here.</summary>
public static class ServiceFacets
{
    public static async Task<IReadOnlyDictionary<Guid, FacetCounts>> FacetsOfServicesAsync(
        this MarketContext context, Caller caller, IReadOnlyCollection<Guid> serviceIds, IReadOnlyCollection<string> states, CancellationToken cancellationToken)
    {
        IQueryable<Offer> visible = context.OffersVisibleTo(caller).Where(o => serviceIds.Contains(o.ServiceId));
        var offers = await visible
            .Select(o => new { o.Id, o.ServiceId, o.SellerId, o.SupplierId, o.ServiceKind, o.SubjectArea, o.FimType, o.OrderingMode, o.EfaFinanced }).ToListAsync(cancellationToken);
        ILookup<Guid, string> statesOf = (await visible.Join(context.Set<VersionState>(), o => o.ShownVersionId, s => s.VersionId, (o, s) => new { o.Id, Value = s.State })
            .ToListAsync(cancellationToken)).ToLookup(p => p.Id, p => p.Value);
        ILookup<Guid, string> connectionsOf = (await visible.Join(context.Set<VersionConnectionType>(), o => o.ShownVersionId, c => c.VersionId, (o, c) => new { o.Id, Value = c.ConnectionType })
            .ToListAsync(cancellationToken)).ToLookup(p => p.Id, p => p.Value);
        ILookup<Guid, string> applicationsOf = (await visible.Join(context.Set<VersionApplication>(), o => o.ShownVersionId, a => a.VersionId, (o, a) => new { o.Id, Value = a.Application })
            .ToListAsync(cancellationToken)).ToLookup(p => p.Id, p => p.Value);

        return offers.GroupBy(o => o.ServiceId).ToDictionary(g => g.Key, g => new FacetCounts(
            new Dictionary<OfferFacet, IReadOnlyList<FacetValue>>
            {
                [OfferFacet.Kinds] = Count(g.Select(o => o.ServiceKind.ToString())),
                [OfferFacet.SubjectAreas] = Count(g.Select(o => o.SubjectArea)),
                [OfferFacet.FimTypes] = Count(g.Select(o => o.FimType)),
                [OfferFacet.OrderingModes] = Count(g.Select(o => o.OrderingMode.ToString())),
                [OfferFacet.EfaFinanced] = [.. Count(g.Select(o => o.EfaFinanced ? "true" : "false")).OrderByDescending(v => v.Value, StringComparer.Ordinal)],
                // What is available everywhere counts for each state.
                [OfferFacet.AvailableIn] = [.. states.Select(s => new FacetValue(s, g.Count(o => !statesOf.Contains(o.Id) || statesOf[o.Id].Contains(s)))).Where(v => v.Count > 0)],
                [OfferFacet.ConnectionTypes] = Count(g.SelectMany(o => connectionsOf[o.Id])),
                [OfferFacet.SpecialistApplications] = Count(g.SelectMany(o => applicationsOf[o.Id])),
            },
            new Dictionary<OfferFacet, IReadOnlyDictionary<Guid, int>>
            {
                [OfferFacet.Sellers] = g.GroupBy(o => o.SellerId).ToDictionary(s => s.Key, s => s.Count()),
                [OfferFacet.Suppliers] = g.GroupBy(o => o.SupplierId).ToDictionary(s => s.Key, s => s.Count()),
            }));
    }

    private static IReadOnlyList<FacetValue> Count(IEnumerable<string?> values) =>
        [.. values.OfType<string>().GroupBy(v => v, StringComparer.Ordinal).Select(g => new FacetValue(g.Key, g.Count())).OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal)];
}
