using System.Globalization;
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
        // What is publicly known of ownership: who is a member of govdigital, and that the states and the federation bear FITKO.
        Assert.All(seed.Ownerships, o => Assert.Equal(!(o is { Kind: OwnershipKind.Membership, Owned: "govdigital" } or { Kind: OwnershipKind.Share, Owned: "fitko" }), o.IsDemo));
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

    /// <summary>Offer; seller; kind of its yearly price, its amount, its key; what is due once.</summary>
    [Theory]
    [InlineData("einbuergerung-fitko", "fitko", typeof(FlatPrice), "4200.00", null, "1800.00", true)]
    [InlineData("einbuergerung-govdigital", "govdigital", typeof(FlatPrice), "4200.00", null, "1800.00", true)]
    [InlineData("baugenehmigung", "govdigital", typeof(FlatPrice), "12000.00", null, "3500.00", false)]
    [InlineData("ewa-fitko", "fitko", typeof(SharedCostPrice), "480000.00", AllocationKey.Koenigstein, null, true)]
    [InlineData("bewohnerparken", "govdigital", typeof(FlatPrice), "950.00", null, null, false)]
    [InlineData("sozialplattform", "govdigital", typeof(PackagePrice), "1000.00 5000.00 20000.00", null, "500.00", false)]
    [InlineData("wohngeld", "govdigital", typeof(PerInhabitantPrice), "0.0333", null, null, false)]
    public async Task The_prices_that_exercise_the_rules_are_there(string key, string seller, Type kind, string amounts, AllocationKey? allocation, string? once, bool financed)
    {
        OfferSeed offer = (await Seed).Offers.Single(o => o.Key == key);

        PriceComponent yearly = Assert.Single(offer.Prices, p => p.Period == BillingPeriod.Year);
        Assert.Equal((seller, kind, financed), (offer.Seller, yearly.GetType(), offer.EfaFinanced));
        Assert.Equal(amounts, string.Join(' ', Amounts(yearly).Select(a => a.ToString(CultureInfo.InvariantCulture))));
        Assert.Equal(allocation, (yearly as SharedCostPrice)?.Key);
        Assert.Equal(once, (offer.Prices.SingleOrDefault(p => p.Period == BillingPeriod.OneTime) as FlatPrice)?.Amount.ToString(CultureInfo.InvariantCulture));
        Assert.All(offer.Prices, p => Assert.Equal(seller == "fitko" ? TaxTreatment.NotTaxable : TaxTreatment.Standard, Assert.Single(p.Taxes).Treatment));
    }

    [Fact]
    public async Task Two_sellers_do_not_number_alike()
    {
        await using Storage.StoreUnderTest store = await Storage.StoreUnderTest.NewAsync(Marketplace.Storage.StoreKind.Sqlite);
        OrganisationSeed seller = (await Seed).Organisations.First(o => o.Selling is not null);
        var seed = new MarketSeed { Organisations = [seller with { Key = "a" }, seller with { Key = "b" }] };

        SeedException refusal = await Assert.ThrowsAsync<SeedException>(() => store.Loader.LoadAsync(seed, CancellationToken.None));

        Assert.Equal($"the sellers a and b have the same number prefix {seller.Selling!.NumberPrefix}", refusal.Message);
        Assert.True(await store.Loader.IsEmptyAsync(CancellationToken.None));
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

    private static decimal[] Amounts(PriceComponent price) => price switch
    {
        FlatPrice flat => [flat.Amount],
        PerInhabitantPrice each => [each.PerInhabitant],
        SharedCostPrice shared => [shared.TotalCost],
        PackagePrice packages => [.. packages.Packages.Select(p => p.Amount)],
        _ => [],
    };

    private static void AreListed(IReadOnlyList<Region> regions, IEnumerable<OrganisationSeed> organisations)
    {
        OrganisationSeed[] listed = [.. organisations.OrderBy(o => o.Ars, StringComparer.Ordinal)];
        Region[] expected = [.. regions.OrderBy(r => r.Ars, StringComparer.Ordinal)];
        Assert.Equal(expected.Select(r => (r.Ars, r.Population, r.LeitwegId)), listed.Select(o => (o.Ars!, o.Population ?? 0, o.LeitwegId!)));
        // Districts are named with their kind: Kreis Lippe.
        Assert.All(listed.Index(), o => Assert.EndsWith(expected[o.Index].Name, o.Item.Name, StringComparison.Ordinal));
    }
}
