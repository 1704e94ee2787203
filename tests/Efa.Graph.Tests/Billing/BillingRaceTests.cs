using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

/// <summary>Runs, and what the fees of their orders come from, at the same time.</summary>
public sealed class BillingRaceTests
{
    private static readonly AgreedFees Fees = new(12_000m, 7_000m, 0m, Prices.Standard);

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_change_of_fees_does_not_slip_into_a_run_that_has_planned(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        (_, RowResult change) = await story.Store.Pause.BetweenAsync(
            () => story.BillAsync(SmallMarket.Govdigital, 2026), (BilledPeriod p) => p.Part == BilledPart.Year, () => ChangeAsync(story, order, 1_000m));

        Assert.Equal("YEAR_BILLED", Assert.Single(change.Refusals).Code.Name);
        Assert.Equal([10_520.55m, 1_800m], Assert.Single(await story.InvoicesAsync()).Lines.Select(l => l.Net));
        Assert.Empty((await story.OrderAsync(order.Id)).Fees);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_bills_the_change_of_fees_that_came_before_it(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        Guid run = await CountedAsync(story, 2026);

        (RowResult change, _) = await story.Store.Pause.BetweenAsync(() => ChangeAsync(story, order, 1_000m), (OrderFees _) => true, () => StepAsync(story, run));

        Assert.Empty(change.Refusals);
        Assert.Equal((BillingRunState.Finished, 1), await story.RunAsync(run) is var ended ? (ended.State, ended.OrdersDone) : default);
        Assert.Equal([1_000m, 1_800m], Assert.Single(await story.InvoicesAsync()).Lines.Select(l => l.Net));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_next_amount_is_used_once_by_runs_of_two_years_at_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2025, 3, 1));
        await story.AgreedAsync(SmallMarket.Aachen, Fees);
        story.Store.Clock.SetUtcNow(At(2026, 2, 15));

        Guid earlier = await CountedAsync(story, 2025), later = await CountedAsync(story, 2026);

        await story.Store.Pause.BetweenAsync(() => StepAsync(story, earlier), (BilledPeriod p) => p.Year == 2025, () => StepAsync(story, later));

        Assert.Equal([7_000m, 12_000m], (await story.InvoicesAsync()).OrderBy(i => i.PeriodFrom).Select(i => i.Net));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_waits_for_a_termination_that_is_being_confirmed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.DoAsync(new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, new DateOnly(2026, 6, 30), "Fusion."), story.As(SmallMarket.Aachen));
        order = await story.OrderAsync(order.Id);
        Guid run = await CountedAsync(story, 2026);

        await story.Store.Pause.BetweenAsync(
            () => story.DoAsync(new ConfirmTermination(), new ConfirmTermination.Input(order.Id, order.Version), story.As(SmallMarket.Govdigital)),
            (LoggedEvent e) => e.SubjectId == order.Id,
            () => StepAsync(story, run));

        // 136 of 365 days, and nothing to be credited.
        Assert.Equal([4_471.23m, 1_800m], Assert.Single(await story.InvoicesAsync()).Lines.Select(l => l.Net));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Whatever_comes_first_each_change_of_fees_is_billed_or_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2025, 3, 1));
        string[] buyers = [SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Brandenburg];
        var orders = new List<Order>();
        for (int i = 0; i < 24; i++) orders.Add(await story.AgreedAsync(buyers[i % 4], Fees));
        story.Store.Clock.SetUtcNow(At(2026, 2, 15));

        // Two years at once, the fees of each order and of all of them, in turn and in no turn.
        Task changes = Task.WhenAll(orders.Chunk(6).Select(some => Task.Run(async () =>
        {
            foreach (Order order in some.Reverse()) await ChangeAsync(story, order, 1_000m);
        })));
        Task batch = Task.Run(() => story.BatchAsync(
            new ChangeFees(), new ChangeFees.Input([.. orders.AsEnumerable().Reverse().Select(o => Row(o, 2_000m))], BatchMode.Partial), story.As(SmallMarket.Supplier)));
        await Task.WhenAll(new[] { 2025, 2026, 2026, 2025 }.Select(year => Task.Run(() => story.BillAsync(SmallMarket.Govdigital, year))));
        await Task.WhenAll(changes, batch);

        ILookup<Guid, InvoiceLine> lines = (await story.InvoicesAsync()).SelectMany(i => i.Lines).ToLookup(l => l.OrderId);
        foreach (Order order in orders)
        {
            Order now = await story.OrderAsync(order.Id);
            decimal changed = now.Fees.Where(f => f.EffectiveYear == 2026).OrderBy(f => f.Number).Select(f => f.AnnualFee).LastOrDefault();
            decimal[] billed = [.. lines[order.Id].OrderBy(l => l.PeriodFrom).Select(l => l.Net)];
            // The next amount belongs to the first bill by its fees, of whichever year; what changed fees bill leaves it alone.
            decimal[][] expected = changed > 0 ? [[7_000m, changed]] : [[7_000m, 12_000m], [12_000m, 7_000m]];
            Assert.Contains(billed, expected);
        }
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A run that has counted: its next step bills.</summary>
    private static async Task<Guid> CountedAsync(MarketStory story, int year)
    {
        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, year);
        await StepAsync(story, run);
        return run;
    }

    private static async Task<Guid> StepAsync(MarketStory story, Guid run) =>
        await story.DoAsync(new AdvanceBillingRun(), new AdvanceBillingRun.Input(run, (await story.RunAsync(run)).Version), Caller.System);

    private static async Task<RowResult> ChangeAsync(MarketStory story, Order order, decimal annual) =>
        Assert.Single(await story.BatchAsync(new ChangeFees(), new ChangeFees.Input([Row(order, annual)], BatchMode.Partial), story.As(SmallMarket.Supplier)));

    private static ChangeFees.Row Row(Order order, decimal annual) => new(order.Id, order.Version, 2026, annual, null, "Mehr Nachnutzer");
}
