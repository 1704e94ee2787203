using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

/// <summary>An order whose service is taxable from a day on gets two invoices, because what is not taxable stands alone.</summary>
public sealed class RegimeChangeTests
{
    private const string Changing = "changing";

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Within_a_year_the_days_are_divided(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2026, 1, 1), CarryOver.None, From(new(2026, 7, 1)));
        await story.ActiveAsync(Changing, SmallMarket.Aachen);

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal((1, 0), (run.OrdersDone, run.Blocked.Count));
        // 184 of 365 days of 12,000.00 taxed, 181 before them not.
        Assert.Equal(
            [(TaxTreatment.Standard, 6_049.32m, 1_149.37m, new DateOnly(2026, 7, 1), new DateOnly(2026, 12, 31)), (TaxTreatment.NotTaxable, 5_950.68m, 0m, new DateOnly(2026, 1, 1), new DateOnly(2026, 6, 30))],
            await ShownAsync(story));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_was_carried_over_is_taxed_as_it_was_supplied(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2026, 11, 15), CarryOver.Q4, From(new(2027, 1, 1)));
        await story.ActiveAsync(Changing, SmallMarket.Aachen);
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2027, 2, 15, 9, 0, 0, TimeSpan.Zero));

        await story.BillAsync(SmallMarket.Govdigital, 2027);

        Assert.Equal(
            [(TaxTreatment.Standard, 12_000m, 2_280m, new DateOnly(2027, 1, 1), new DateOnly(2027, 12, 31)), (TaxTreatment.NotTaxable, 1_545.21m, 0m, new DateOnly(2026, 11, 15), new DateOnly(2026, 12, 31))],
            await ShownAsync(story));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_agreed_sum_that_was_carried_over_is_divided_by_days(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2026, 11, 15), CarryOver.Q4, From(new(2027, 1, 1)));
        await story.AgreedAsync(SmallMarket.Aachen, new AgreedFees(12_000m, 13_545.21m, 0m, From(new(2027, 1, 1))));
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2027, 2, 15, 9, 0, 0, TimeSpan.Zero));

        await story.BillAsync(SmallMarket.Govdigital, 2027);

        // 47 of 412 days, and the rest.
        Assert.Equal(
            [(TaxTreatment.Standard, 12_000m, 2_280m, new DateOnly(2027, 1, 1), new DateOnly(2027, 12, 31)), (TaxTreatment.NotTaxable, 1_545.21m, 0m, new DateOnly(2026, 11, 15), new DateOnly(2026, 12, 31))],
            await ShownAsync(story));
    }

    private static TaxRegime[] From(DateOnly day) => [new(TaxTreatment.NotTaxable, ValidTo: day.AddDays(-1)), new(TaxTreatment.Standard, ValidFrom: day)];

    private static Task<MarketStory> BeginAsync(StoreKind kind, DateOnly today, CarryOver carryOver, TaxRegime[] taxes)
    {
        MarketSeed seed = SmallMarket.Seed(carryOver);
        seed = seed with { Offers = [.. seed.Offers, SmallMarket.Offer(Changing, SmallMarket.Govdigital, Prices.Flat(12_000m, BillingPeriod.Year, taxes))] };
        return MarketStory.BeginAsync(kind, BerlinCalendar.StartOf(today), carryOver, seed);
    }

    /// <summary>The invoices by number, each of one line.</summary>
    private static async Task<IEnumerable<(TaxTreatment, decimal Net, decimal Tax, DateOnly, DateOnly)>> ShownAsync(MarketStory story) =>
        (await story.InvoicesAsync()).Select(i => (Assert.Single(i.Lines).TaxTreatment, i.Net, i.Tax, i.PeriodFrom, i.PeriodTo));
}
