using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>How many offers a further selection would leave.</summary>
public sealed record FacetValue(string Value, int Count);

/// <summary>The counts of a filter's facets.</summary>
public sealed record FacetCounts(IReadOnlyDictionary<OfferFacet, IReadOnlyList<FacetValue>> Texts, IReadOnlyDictionary<OfferFacet, IReadOnlyDictionary<Guid, int>> Parties)
{
    private static readonly IReadOnlyDictionary<Guid, int> NoParties = new Dictionary<Guid, int>();

    public static readonly FacetCounts None = new(new Dictionary<OfferFacet, IReadOnlyList<FacetValue>>(), new Dictionary<OfferFacet, IReadOnlyDictionary<Guid, int>>());

    public IReadOnlyList<FacetValue> Of(OfferFacet facet) => Texts.GetValueOrDefault(facet, []);

    public IReadOnlyDictionary<Guid, int> PartiesOf(OfferFacet facet) => Parties.GetValueOrDefault(facet, NoParties);
}

/// <summary>Counts all facets in four SQL commands, whatever the filter.</summary>
public static class OfferFacets
{
    /// <summary>Columns in one UNION must have one type, so all facet columns have this length.</summary>
    internal const int ColumnLength = 100;

    public static async Task<FacetCounts> FacetsAsync(this MarketContext context, Caller caller, OfferFilter filter, IReadOnlyCollection<string> states, CancellationToken cancellationToken)
    {
        IQueryable<Offer> Without(OfferFacet facet) => context.Offers(caller, filter, facet);

        List<Counted<string>> words = await
            Without(OfferFacet.Kinds).GroupBy(o => o.ServiceKind.ToString()).Select(g => new Counted<string> { Facet = (int)OfferFacet.Kinds, Value = g.Key, Count = g.Count() })
            .Concat(Without(OfferFacet.SubjectAreas).Where(o => o.SubjectArea != null).GroupBy(o => o.SubjectArea!).Select(g => new Counted<string> { Facet = (int)OfferFacet.SubjectAreas, Value = g.Key, Count = g.Count() }))
            .Concat(Without(OfferFacet.FimTypes).Where(o => o.FimType != null).GroupBy(o => o.FimType!).Select(g => new Counted<string> { Facet = (int)OfferFacet.FimTypes, Value = g.Key, Count = g.Count() }))
            .Concat(Without(OfferFacet.OrderingModes).GroupBy(o => o.OrderingMode.ToString()).Select(g => new Counted<string> { Facet = (int)OfferFacet.OrderingModes, Value = g.Key, Count = g.Count() }))
            .Concat(Without(OfferFacet.AvailableIn).SelectMany(o => context.Set<VersionState>().Where(s => s.VersionId == o.ShownVersionId)).GroupBy(s => s.State).Select(g => new Counted<string> { Facet = (int)OfferFacet.AvailableIn, Value = g.Key, Count = g.Count() }))
            .Concat(Without(OfferFacet.ConnectionTypes).SelectMany(o => context.Set<VersionConnectionType>().Where(c => c.VersionId == o.ShownVersionId)).GroupBy(c => c.ConnectionType).Select(g => new Counted<string> { Facet = (int)OfferFacet.ConnectionTypes, Value = g.Key, Count = g.Count() }))
            .Concat(Without(OfferFacet.SpecialistApplications).SelectMany(o => context.Set<VersionApplication>().Where(a => a.VersionId == o.ShownVersionId)).GroupBy(a => a.Application).Select(g => new Counted<string> { Facet = (int)OfferFacet.SpecialistApplications, Value = g.Key, Count = g.Count() }))
            .ToListAsync(cancellationToken);

        List<Counted<Guid>> parties = await
            Without(OfferFacet.Sellers).GroupBy(o => o.SellerId).Select(g => new Counted<Guid> { Facet = (int)OfferFacet.Sellers, Value = g.Key, Count = g.Count() })
            .Concat(Without(OfferFacet.Suppliers).GroupBy(o => o.SupplierId).Select(g => new Counted<Guid> { Facet = (int)OfferFacet.Suppliers, Value = g.Key, Count = g.Count() }))
            .ToListAsync(cancellationToken);

        // What is available everywhere counts for each state.
        int everywhere = await Without(OfferFacet.AvailableIn).CountAsync(o => !context.Set<VersionState>().Any(s => s.VersionId == o.ShownVersionId), cancellationToken);
        var financed = await Without(OfferFacet.EfaFinanced).GroupBy(o => o.EfaFinanced).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellationToken);

        Dictionary<OfferFacet, IReadOnlyList<FacetValue>> texts = words.Where(w => w.Facet != (int)OfferFacet.AvailableIn).GroupBy(w => (OfferFacet)w.Facet)
            .ToDictionary(g => g.Key, IReadOnlyList<FacetValue> (g) => [.. g.Select(w => new FacetValue(w.Value, w.Count)).OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal)]);
        Dictionary<string, int> explicitly = words.Where(w => w.Facet == (int)OfferFacet.AvailableIn).ToDictionary(w => w.Value, w => w.Count);
        texts[OfferFacet.AvailableIn] = [.. states.Select(s => new FacetValue(s, everywhere + explicitly.GetValueOrDefault(s))).Where(v => v.Count > 0)];
        texts[OfferFacet.EfaFinanced] = [.. financed.OrderByDescending(f => f.Key).Select(f => new FacetValue(f.Key ? "true" : "false", f.Count))];
        return new FacetCounts(texts, parties.GroupBy(p => (OfferFacet)p.Facet).ToDictionary(g => g.Key, IReadOnlyDictionary<Guid, int> (g) => g.ToDictionary(p => p.Value, p => p.Count)));
    }

    private sealed class Counted<TValue>
    {
        public int Facet { get; init; }

        public required TValue Value { get; init; }

        public int Count { get; init; }
    }
}
