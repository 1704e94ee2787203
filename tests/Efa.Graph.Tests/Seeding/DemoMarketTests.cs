using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Seeding;

/// <summary>samples/data holds what it says: real regions and services, and every identifier well-formed.</summary>
public sealed class DemoMarketTests
{
    private static readonly Task<MarketSeed> Seed = SeedFiles.ReadAsync(Repository.PathOf("samples/data"), CancellationToken.None);

    [Fact]
    public async Task The_sixteen_states_have_their_codes_and_inhabitants()
    {
        OrganisationSeed[] states = [.. (await Seed).Organisations.Where(o => o.Kind == OrganisationKind.State)];

        Assert.Equal(Regions.States.Select(s => (s.Code, s.Population)), states.OrderBy(s => s.Ars, StringComparer.Ordinal).Select(s => (s.Ars!, s.Population ?? 0)));
        Assert.All(states, state => Assert.Contains(Regions.States.Single(s => s.Code == state.Ars).Name, state.Name, StringComparison.Ordinal));
        Assert.All(states, state => Assert.Equal(state.Ars, state.FederalState));
        Assert.Equal(83_166_711, states.Sum(s => s.Population));
    }

    [Fact]
    public async Task Municipalities_and_districts_are_the_listed_ones()
    {
        IReadOnlyList<OrganisationSeed> organisations = (await Seed).Organisations;

        AreListed(Regions.Municipalities, organisations.Where(o => o.Kind == OrganisationKind.Municipality));
        AreListed(Regions.Districts, organisations.Where(o => o.Kind == OrganisationKind.District));
        Assert.Equal((43, 15), (Regions.Municipalities.Count, Regions.Districts.Count));
        foreach (Region region in Regions.Municipalities)
            Assert.Equal(region.PostalCode, organisations.Single(o => o.Ars == region.Ars).Address!.PostalCode);
    }

    [Fact]
    public async Task Every_identifier_is_well_formed()
    {
        MarketSeed seed = await Seed;

        Assert.All(seed.Organisations, o =>
        {
            Assert.True(o.Ars is null || Ars.IsValid(o.Ars), o.Key);
            Assert.True(o.Ars is null || o.FederalState == o.Ars[..2], o.Key);
            Assert.True(o.LeitwegId is null || LeitwegId.IsValid(o.LeitwegId), o.Key);
            Assert.True(o.Iban is null || Iban.TryParse(o.Iban, out string iban) && iban == o.Iban, o.Key);
            Assert.True(o.VatId is null || VatId.IsValid(o.VatId), o.Key);
            Assert.True(o.PopulationOn is null == o.Population is null, o.Key);
        });
        Assert.All(seed.Services.SelectMany(s => s.LeikaKeys), key => Assert.True(LeikaKey.IsValid(key), key));
        Assert.All(seed.Services.SelectMany(s => s.OzgIds), id => Assert.True(OzgId.IsValid(id), id));
        Assert.All(seed.Offers.SelectMany(o => o.AvailableIn), state => Assert.True(Ars.IsState(state), state));
    }

    [Fact]
    public async Task At_least_thirty_six_services_carry_the_published_keys_and_no_others()
    {
        MarketSeed seed = await Seed;
        HashSet<string> published =
        [
            "99107023037000", "99115005104000", "99050012104000", "99108001001000", "77000000000316", "77000000000317", "99050004005000", "99025002056000",
            "99107022012000", "99102013104000", "99027002012000", "99008001012000", "99049001001000",
        ];

        Assert.InRange(seed.Services.Count, 36, 200);
        Assert.Equal(published.Order(StringComparer.Ordinal), seed.Services.SelectMany(s => s.LeikaKeys).Order(StringComparer.Ordinal));
        Assert.Equal(["10110", "10255", "10257", "10596"], seed.Services.SelectMany(s => s.OzgIds).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Two_sellers_sell_the_same_service_and_all_prices_are_sound()
    {
        MarketSeed seed = await Seed;

        Assert.Contains(seed.Offers.Where(o => o.State == OfferState.Published).GroupBy(o => o.Service), g => g.Select(o => o.Seller).Distinct().Count() == 2);
        Assert.All(seed.Offers, o => Assert.Empty(PriceCheck.Problems(o.Prices)));
        Assert.Equal(seed.Offers.Count, seed.Offers.Select(o => o.Slug).Distinct().Count());
        Assert.All(seed.Offers.Where(o => o.State == OfferState.Published), o => Assert.NotEmpty(o.Prices));
    }

    // A demonstration must not look like fact.
    [Fact]
    public async Task All_organisations_are_marked_as_demonstration_and_reachable_nowhere()
    {
        MarketSeed seed = await Seed;

        Assert.All(seed.Organisations, o => Assert.True(o.IsDemo, o.Key));
        Assert.All(seed.Organisations.SelectMany(o => o.Contacts), c => Assert.EndsWith(".example", c.Email, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sellers_have_all_that_an_invoice_needs_of_them()
    {
        OrganisationSeed[] sellers = [.. (await Seed).Organisations.Where(o => o.Roles.Contains(OrganisationRole.Seller))];

        Assert.Equal(2, sellers.Length);
        Assert.All(sellers, s =>
        {
            Assert.NotNull(s.Selling);
            Assert.NotNull(s.Iban);
            Assert.NotNull(s.Address);
            Assert.True(s.VatId is not null || s.TaxNumber is not null);
        });
        Assert.Equal(2, sellers.Select(s => s.Selling!.NumberPrefix).Distinct().Count());
    }

    [Fact]
    public async Task A_seed_that_refers_to_nothing_names_the_key()
    {
        await using Storage.StoreUnderTest store = await Storage.StoreUnderTest.NewAsync(Marketplace.Storage.StoreKind.Sqlite);
        var seed = new MarketSeed { Organisations = [new("a", "A", OrganisationKind.Other, [])], Ownerships = [new("a", "nobody", OwnershipKind.Share, new DateOnly(2026, 1, 1))] };

        SeedException refusal = await Assert.ThrowsAsync<SeedException>(() => store.Loader.LoadAsync(seed, CancellationToken.None));

        Assert.Equal("no organisation has the key nobody", refusal.Message);
        Assert.True(await store.Loader.IsEmptyAsync(CancellationToken.None));
    }

    private static void AreListed(IReadOnlyList<Region> regions, IEnumerable<OrganisationSeed> organisations)
    {
        OrganisationSeed[] listed = [.. organisations.OrderBy(o => o.Ars, StringComparer.Ordinal)];
        Region[] expected = [.. regions.OrderBy(r => r.Ars, StringComparer.Ordinal)];
        Assert.Equal(expected.Select(r => (r.Ars, r.Population, r.LeitwegId)), listed.Select(o => (o.Ars!, o.Population ?? 0, o.LeitwegId!)));
        // Districts are named with their kind: Kreis Lippe.
        Assert.All(listed.Index(), o => Assert.EndsWith(expected[o.Index].Name, o.Item.Name, StringComparison.Ordinal));
    }
}
