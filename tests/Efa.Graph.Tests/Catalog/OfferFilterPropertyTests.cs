using CsCheck;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;

namespace Efa.Graph.Tests.Catalog;

/// <summary>Random filters and sorts on every store, against the seed.</summary>
public sealed class OfferFilterPropertyTests
{
    private static readonly long Samples = Math.Clamp(Check.Iter / 2, 25, 500);

    private static readonly string[] AllStates = [.. FederalStates.All.Select(s => s.Code)];

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Pages_of_any_filter_and_sort_are_the_list_forward_and_backward(StoreKind kind)
    {
        await using MarketStore store = await MarketStore.OpenAsync(kind);
        LoadedMarket market = await store.LoadAsync(CatalogSeed.Market);
        var filters = new CatalogFilters(market);
        await Gen.Select(filters.All, Gen.Enum<OfferSort>(), Gen.Int[1, 40]).SampleAsync((filter, sort, size) => store.ReadAsync(async context =>
        {
            if (sort == OfferSort.Relevance) filter = filter with { Search = filter.Search ?? "leistung" };
            List<Guid> list = sort == OfferSort.Relevance
                ? await WalkAsync(context.FoundOffers(Caller.Anonymous, filter), OfferSearch.ByRelevance, size, f => f.Offer.Id)
                : await WalkAsync(context.Offers(Caller.Anonymous, filter), OfferSearch.Order(sort), size, o => o.Id);
            Assert.Equal(CatalogFilters.Published.Where(o => filters.LetsThrough(filter, o)).Select(o => market.Offers[o.Key]).Order(), list.Order());
            return true;
        }), iter: Samples, threads: 1);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Each_facet_of_any_filter_counts_what_the_other_parts_let_through(StoreKind kind)
    {
        await using MarketStore store = await MarketStore.OpenAsync(kind);
        LoadedMarket market = await store.LoadAsync(CatalogSeed.Market);
        var filters = new CatalogFilters(market);
        await filters.All.SampleAsync(filter => store.ReadAsync(async context =>
        {
            FacetCounts facets = await context.FacetsAsync(Caller.Anonymous, filter, AllStates, CancellationToken.None);

            Expect(OfferFacet.Kinds, o => [CatalogSeed.ServiceOf(o).Kind.ToString()]);
            Expect(OfferFacet.SubjectAreas, o => [CatalogSeed.ServiceOf(o).SubjectArea]);
            Expect(OfferFacet.FimTypes, o => [CatalogSeed.ServiceOf(o).FimType]);
            Expect(OfferFacet.OrderingModes, o => [o.OrderingMode.ToString()]);
            Expect(OfferFacet.AvailableIn, o => o.AvailableIn.Count == 0 ? AllStates : o.AvailableIn);
            Expect(OfferFacet.ConnectionTypes, o => o.ConnectionTypes);
            Expect(OfferFacet.SpecialistApplications, o => o.SpecialistApplications);
            Expect(OfferFacet.EfaFinanced, o => [o.EfaFinanced ? "true" : "false"]);
            Assert.Equal(Counts<Guid>(OfferFacet.Sellers, o => [market.Organisations[o.Seller]]), facets.PartiesOf(OfferFacet.Sellers));
            Assert.Equal(Counts<Guid>(OfferFacet.Suppliers, o => [market.Organisations[o.Supplier]]), facets.PartiesOf(OfferFacet.Suppliers));
            return true;

            void Expect(OfferFacet facet, Func<OfferSeed, IEnumerable<string?>> values) =>
                Assert.Equal(Counts(facet, o => values(o).OfType<string>()), facets.Of(facet).ToDictionary(v => v.Value, v => v.Count));

            Dictionary<T, int> Counts<T>(OfferFacet facet, Func<OfferSeed, IEnumerable<T>> values)
                where T : notnull => CatalogFilters.Published.Where(o => filters.LetsThrough(filter, o, without: facet)).SelectMany(values).CountBy(v => v).ToDictionary();
        }), iter: Samples, threads: 1);
    }

    /// <summary>The whole list, which its pages make up from either end.</summary>
    private static async Task<List<Guid>> WalkAsync<T>(IQueryable<T> rows, PageOrder<T> order, int size, Func<T, Guid> id)
    {
        List<Guid> list = [.. (await rows.PageAsync(order, new PageRequest(1000), CancellationToken.None)).Items.Select(id)];
        foreach (bool backward in new[] { false, true })
        {
            var seen = new List<Guid>();
            PageCursor? from = null;
            while (true)
            {
                Page<T> page = await rows.PageAsync(order, new PageRequest(size, from, backward), CancellationToken.None);
                seen.InsertRange(backward ? 0 : seen.Count, page.Items.Select(id));
                Assert.True(seen.Count <= list.Count);
                if (!(backward ? page.HasPrevious : page.HasNext)) break;
                from = PageCursor.Parse(backward ? page.Cursors[0] : page.Cursors[^1]);
            }
            Assert.Equal(list, seen);
        }
        return list;
    }
}
