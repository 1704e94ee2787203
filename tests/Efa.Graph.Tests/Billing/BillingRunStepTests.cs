using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Efa.Graph.Tests.Billing;

public sealed class BillingRunStepTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_goes_on_where_it_was_cut_off(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Brandenburg })
            await story.ActiveAsync(SmallMarket.Portal, buyer);
        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        await StepAsync(story, run, pageSize: 1);
        await StepAsync(story, run, pageSize: 1);
        BillingRun half = await story.RunAsync(run);
        Assert.Equal((BillingRunState.Running, 4, 1), (half.State, half.OrdersTotal, half.OrdersDone));
        Assert.Single(await story.InvoicesAsync());

        await story.Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None);
        await story.Store.UnchangedAsync(async () =>
        {
            await story.Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None);
            return true;
        });

        BillingRun whole = await story.RunAsync(run);
        Assert.Equal((BillingRunState.Finished, 4, 4), (whole.State, whole.OrdersTotal, whole.OrdersDone));
        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 4);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_step_that_fails_leaves_nothing_and_is_done_by_its_repetition(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Order lippe = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        await StepAsync(story, run);
        await SetPricingAsync(story, lippe.Id, "{}");

        await story.Store.UnchangedAsync(async () => await Assert.ThrowsAnyAsync<Exception>(() => story.Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None)));
        await SetPricingAsync(story, lippe.Id, lippe.PricingJson!);
        await story.Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None);

        Assert.Equal((BillingRunState.Finished, 2), await story.RunAsync(run) is var whole ? (whole.State, whole.OrdersDone) : default);
        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 2);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_that_is_given_up_leaves_the_rest_to_the_next(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        await StepAsync(story, run, pageSize: 1);
        await StepAsync(story, run, pageSize: 1);

        await story.Store.Get<BillingRunJob>().GiveUpAsync(run, CancellationToken.None);
        BillingRun next = await story.BillAsync(SmallMarket.Govdigital, 2026);

        BillingRun failed = await story.RunAsync(run);
        Assert.Equal((BillingRunState.Failed, 1, story.Store.Clock.GetUtcNow()), (failed.State, failed.OrdersDone, failed.FinishedAt));
        Assert.Equal((BillingRunState.Finished, 1), (next.State, next.OrdersDone));
        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 2);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_buyer_with_more_orders_than_a_page_gets_more_invoices(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        for (int i = 0; i < 5; i++) await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        for (int i = 0; i < 3; i++) await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Unreachable);
        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);

        for (int step = 0; step < 20 && (await story.RunAsync(run)).State == BillingRunState.Running; step++) await StepAsync(story, run, pageSize: 2);

        BillingRun whole = await story.RunAsync(run);
        Assert.Equal((BillingRunState.Finished, 9, 9), (whole.State, whole.OrdersTotal, whole.OrdersDone));
        Assert.Equal(3, Assert.Single(whole.Blocked).OrderIds.Distinct().Count());
        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal([1, 2, 2], invoices.Where(i => i.BuyerId == story.Organisation(SmallMarket.Aachen)).Select(i => i.Lines.Select(l => l.OrderId).Distinct().Count()).Order());
        Assert.Equal(6, invoices.SelectMany(i => i.Lines).Select(l => l.OrderId).Distinct().Count());
        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 4);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Two_runs_and_two_workers_at_once_bill_each_order_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Brandenburg })
            await story.ActiveAsync(SmallMarket.Portal, buyer);
        Guid one = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        Guid other = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);

        await Task.WhenAll(new[] { one, one, other, other }.Select(run => Task.Run(() => story.Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None))));

        BillingRun[] runs = [await story.RunAsync(one), await story.RunAsync(other)];
        Assert.All(runs, r => Assert.Equal(BillingRunState.Finished, r.State));
        Assert.Equal(4, runs.Sum(r => r.OrdersDone));
        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 4);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Eight_runs_at_once_leave_no_gap_in_any_series(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2023, 1, 1, 9, 0, 0, TimeSpan.Zero));
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe }) await story.ActiveAsync(SmallMarket.Portal, buyer);
        await story.ActiveAsync(SmallMarket.Residence, SmallMarket.Brandenburg);
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));

        await Task.WhenAll(
            from seller in new[] { SmallMarket.Govdigital, SmallMarket.Fitko }
            from year in Enumerable.Range(2023, 4)
            select Task.Run(() => story.BillAsync(seller, year)));

        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 8);
        await AssertConsecutiveAsync(story, SmallMarket.Fitko, 4);
        // What is due once is on one invoice of each order, whichever run came first.
        Assert.Equal(2, (await story.InvoicesAsync()).SelectMany(i => i.Lines).Count(l => l.Net == 1_800m));
        List<long> positions = await story.Store.ReadAsync(context => context.Set<LoggedEvent>().OrderBy(e => e.Position).Select(e => e.Position).ToListAsync());
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(p => (long)p), positions);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Thirty_two_runs_at_once_leave_no_gap_and_no_duplicate(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2020, 1, 1, 9, 0, 0, TimeSpan.Zero));
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator, SmallMarket.Brandenburg }) await story.ActiveAsync(SmallMarket.Portal, buyer);
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));

        // Seven years of four buyers, each asked for by four or five runs.
        var begun = new List<Guid>();
        for (int i = 0; i < 32; i++) begun.Add(await story.BeginRunAsync(SmallMarket.Govdigital, 2020 + (i % 7)));
        await Task.WhenAll(begun.Select(run => Task.Run(() => WorkAsync(run))));
        List<BillingRun> runs = await story.Store.ReadAsync(context => context.BillingRunsVisibleTo(Caller.System).ToListAsync());

        // As the worker: a job that found no free connection is tried again.
        async Task WorkAsync(Guid run)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    await story.Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None);
                    return;
                }
                catch (Exception failure) when (attempt < 5 && IsPoolExhausted(failure))
                {
                }
            }
        }

        Assert.All(runs, r => Assert.Equal(BillingRunState.Finished, r.State));
        Assert.Equal(28, runs.Sum(r => r.OrdersDone));
        await AssertConsecutiveAsync(story, SmallMarket.Govdigital, 28);
        Assert.Equal(28, (await story.InvoicesAsync()).Select(i => (i.BuyerId, i.PeriodTo.Year)).Distinct().Count());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_worker_does_a_run_while_the_caller_waits(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        JobWorker worker = story.Store.Get<JobWorker>();
        await worker.StartAsync(CancellationToken.None);

        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        for (int i = 0; i < 10 && (await story.RunAsync(run)).State == BillingRunState.Running; i++)
            await story.Store.Get<BillingRunEnd>().WaitAsync(run, CancellationToken.None);
        await story.Store.Get<BillingRunEnd>().WaitAsync(run, CancellationToken.None);
        await worker.StopAsync(CancellationToken.None);

        Assert.Equal(BillingRunState.Finished, (await story.RunAsync(run)).State);
        Assert.Single(await story.InvoicesAsync());
        Job job = await story.Store.ReadAsync(context => context.Set<Job>().SingleAsync(j => j.Kind == BillingRunJob.JobKind));
        Assert.Equal((BillingRunJob.JobKind, run, 1), (job.Kind, job.SubjectId, job.Attempts));
    }

    private static bool IsPoolExhausted(Exception? failure) =>
        failure is not null && ((failure is NpgsqlException && failure.Message.Contains("pool has been exhausted", StringComparison.Ordinal)) || IsPoolExhausted(failure.InnerException));

    private static async Task StepAsync(MarketStory story, Guid run, int pageSize = BillingPlan.PageSize)
    {
        int version = (await story.RunAsync(run)).Version;
        await story.DoAsync(new AdvanceBillingRun(pageSize), new AdvanceBillingRun.Input(run, version), Caller.System);
    }

    private static Task SetPricingAsync(MarketStory story, Guid order, string json) => story.Store.ChangeAsync(context =>
        context.Set<Order>().Where(o => o.Id == order).ExecuteUpdateAsync(o => o.SetProperty(x => x.PricingJson, json)));

    private static async Task AssertConsecutiveAsync(MarketStory story, string seller, int count)
    {
        Guid id = story.Organisation(seller);
        Organisation organisation = await story.Store.ReadAsync(context => context.Set<Organisation>().SingleAsync(o => o.Id == id));
        Assert.Equal(
            Enumerable.Range(1, count).Select(n => $"{organisation.Selling!.NumberPrefix}-R-2026-{n:D6}"),
            (await story.InvoicesAsync()).Where(i => i.SellerId == id).Select(i => i.Number).Order(StringComparer.Ordinal));
    }
}
