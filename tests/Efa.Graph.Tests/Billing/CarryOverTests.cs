using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

public sealed class CarryOverTests
{
    private static readonly DateTimeOffset February = new(2026, 2, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset August = new(2026, 8, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset November = new(2026, 11, 15, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NextFebruary = new(2027, 2, 15, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<StoreKind, CarryOver> Settings
    {
        get
        {
            var settings = new TheoryData<StoreKind, CarryOver>();
            foreach (StoreKind kind in Enum.GetValues<StoreKind>())
                foreach (CarryOver carryOver in Enum.GetValues<CarryOver>())
                    settings.Add(kind, carryOver);
            return settings;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Settings))]
    public async Task What_is_active_in_February_is_billed_by_the_years_own_run(StoreKind kind, CarryOver carryOver)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, February, carryOver);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        // 320 of 365 days, and once.
        Assert.Equal([10_520.55m, 1_800m], Assert.Single(await story.InvoicesAsync()).Lines.Select(l => l.Net));
    }

    [SkippableTheory]
    [MemberData(nameof(Settings))]
    public async Task What_is_active_in_August_waits_only_where_the_third_quarter_does(StoreKind kind, CarryOver carryOver)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, August, carryOver);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        await story.BillAsync(SmallMarket.Govdigital, 2026);
        story.Store.Clock.SetUtcNow(NextFebruary);
        await story.BillAsync(SmallMarket.Govdigital, 2027);

        // 139 of 365 days.
        decimal[][] lines = [.. (await story.InvoicesAsync()).OrderBy(i => i.Number, StringComparer.Ordinal).Select(i => i.Lines.Select(l => l.Net).ToArray())];
        Assert.Equal(carryOver == CarryOver.Q3AndQ4 ? [[4_569.86m, 12_000m, 1_800m]] : [[4_569.86m, 1_800m], [12_000m]], lines);
    }

    [SkippableTheory]
    [MemberData(nameof(Settings))]
    public async Task What_is_active_in_November_is_billed_as_the_seller_has_set(StoreKind kind, CarryOver carryOver)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, November, carryOver);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);
        List<Invoice> sameYear = await story.InvoicesAsync();
        story.Store.Clock.SetUtcNow(NextFebruary);
        BillingRun late = await story.BillAsync(SmallMarket.Govdigital, 2026);
        await story.BillAsync(SmallMarket.Govdigital, 2027);
        List<Invoice> all = await story.InvoicesAsync();

        Assert.Equal(0, late.OrdersDone);
        if (carryOver == CarryOver.None)
        {
            Assert.Equal(1, run.OrdersDone);
            Assert.Equal([1_545.21m, 1_800m], Assert.Single(sameYear).Lines.Select(l => l.Net));
            Assert.Equal([12_000m], all.Single(i => i.Number == "GD-R-2027-000001").Lines.Select(l => l.Net));
        }
        else
        {
            Assert.Equal(0, run.OrdersDone);
            Assert.Empty(sameYear);
            Invoice only = Assert.Single(all);
            Assert.Equal([1_545.21m, 12_000m, 1_800m], only.Lines.Select(l => l.Net));
            Assert.Equal((15_345.21m, 2_915.59m, new DateOnly(2026, 11, 15), new DateOnly(2027, 12, 31)), (only.Net, only.Tax, only.PeriodFrom, only.PeriodTo));
        }
    }
}
