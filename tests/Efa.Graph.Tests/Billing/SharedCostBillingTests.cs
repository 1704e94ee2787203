using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

/// <summary>A yearly cost divided by each key, ordered by an aggregator for all who share it and billed by a run: a line for each.</summary>
public sealed class SharedCostBillingTests
{
    private const string Shared = "shared";

    // Brandenburg, Hamburg, North Rhine-Westphalia, Rhineland-Palatinate, Saxony.
    private static readonly string[] Five = ["12", "02", "05", "07", "14"];

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task All_states_by_the_Koenigstein_key(StoreKind kind) => await DividesAsync(
        kind, 480_000m, AllocationKey.Koenigstein, null, 25, [.. FederalStates.All.Select(s => s.Code)],
        [
            4_086.94m, 3_124.12m, 11_274.40m, 1_144.55m, 25_291.10m, 8_924.51m, 5_782.18m, 15_648.73m,
            18_672.86m, 1_437.92m, 6_227.94m, 3_635.84m, 2_376.54m, 5_978.50m, 3_235.34m, 3_158.53m,
        ]);

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Five_states_by_the_adjusted_Koenigstein_key(StoreKind kind) =>
        await DividesAsync(kind, 480_000m, AllocationKey.AdjustedKoenigstein, null, 50, Five, [19_917.09m, 17_113.86m, 138_544.27m, 31_674.67m, 32_750.11m]);

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Five_states_by_inhabitants(StoreKind kind) => await DividesAsync(
        kind, 480_000m, AllocationKey.Population, [.. Five.Select(code => new AllocationWeight(code, FederalStates.Of(code)!.Population))], 50, Five,
        [19_855.96m, 14_544.23m, 141_306.31m, 32_233.09m, 32_060.41m]);

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Five_states_by_actual_use(StoreKind kind) => await DividesAsync(
        kind, 480_000m, AllocationKey.ActualUse, Prices.Weights(("12", 1_200), ("02", 5_400), ("05", 21_000), ("07", 3_100), ("14", 2_300)), 50, Five,
        [8_727.27m, 39_272.73m, 152_727.27m, 22_545.46m, 16_727.27m]);

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Three_equal_parts_of_a_hundred(StoreKind kind)
    {
        IReadOnlyList<AllocationWeight> equal = Prices.Weights(("01", 1), ("02", 1), ("03", 1));
        foreach (AllocationKey key in new[] { AllocationKey.Flat, AllocationKey.NumberOfBodies, AllocationKey.TargetGroup })
            await DividesAsync(kind, 100m, key, equal, 100, ["01", "02", "03"], [33.34m, 33.33m, 33.33m]);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Bavaria_up_to_the_full_euro(StoreKind kind)
    {
        IReadOnlyList<AllocationWeight> weights = Prices.Weights(("095770168168", 1_748), ("09", 13_124_737 - 1_748));
        await DividesAsync(kind, 10_000_000m, AllocationKey.Population, weights, 30, ["095770168168"], [400m], AllocationRounding.UpToEuro);
        weights = Prices.Weights(("091620000000", 1_484_226), ("09", 13_124_737 - 1_484_226));
        await DividesAsync(kind, 10_000_000m, AllocationKey.Population, weights, 47.5m, ["091620000000"], [537_160m], AllocationRounding.UpToEuro);
    }

    private static async Task DividesAsync(
        StoreKind kind, decimal cost, AllocationKey key, IReadOnlyList<AllocationWeight>? weights, decimal percent, string[] bodies, decimal[] expected, AllocationRounding rounding = AllocationRounding.LargestRemainder)
    {
        MarketSeed seed = SmallMarket.Seed();
        seed = seed with
        {
            Organisations = [.. seed.Organisations, .. bodies.Select(ars => new OrganisationSeed(ars, $"Stelle {ars}", OrganisationKind.State, [OrganisationRole.Client]) { Ars = ars, FederalState = ars[..2] })],
            Clients = [.. seed.Clients, .. bodies.Select(ars => new ClientSeed(SmallMarket.Aggregator, ars, new(2020, 1, 1)))],
            Offers = [.. seed.Offers, SmallMarket.Offer(Shared, SmallMarket.Govdigital, Prices.Shared(cost, key, weights, percent, rounding))],
        };
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero), seed: seed);
        await story.ActiveAsync(Shared, SmallMarket.Aggregator, change: i => i with { UsedByIds = [.. bodies.Select(story.Organisation)] });

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal(bodies.Zip(expected), invoice.Lines.Select(l => bodies.Single(b => story.Organisation(b) == l.UsedById)).Zip(invoice.Lines.Select(l => l.Net)));
        Assert.Equal((expected.Sum(), Cents.Round(expected.Sum() * 0.19m)), (invoice.Net, invoice.Tax));
    }
}
