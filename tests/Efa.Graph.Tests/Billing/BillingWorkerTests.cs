using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Efa.Graph.Tests.Billing;

/// <summary>Who works on runs: no node, two, one that has lost its lease, and one that begins them by itself.</summary>
public sealed class BillingWorkerTests
{
    // A worker looks after its lease each ten seconds.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [Fact]
    public async Task Without_a_worker_the_caller_waits_three_seconds_and_the_run_is_running()
    {
        await using TradeHost trade = await TradeHost.StartAsync(services: services =>
        {
            foreach (ServiceDescriptor worker in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(JobWorker)).ToArray()) services.Remove(worker);
        });
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        var input = new { sellerId = trade.Organisation(SmallMarket.Govdigital), year = 2026, issueOn = trade.Today, dueOn = trade.Today, idempotencyKey = trade.NewKey() };

        long start = Stopwatch.GetTimestamp();
        JsonElement run = (await trade.RunAsync("ExecuteBillingRun", new { input }, SmallMarket.Govdigital)).Data.At("executeBillingRun", "run");

        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9));
        Assert.Equal(("RUNNING", 0), (run.GetProperty("state").GetString(), run.GetProperty("ordersDone").GetInt32()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Two_workers_do_each_of_many_runs_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2023, 1, 1, 9, 0, 0, TimeSpan.Zero));
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe }) await story.ActiveAsync(SmallMarket.Portal, buyer);
        story.Store.Clock.SetUtcNow(MarketStore.FifteenthOfFebruary);
        for (int year = 2023; year <= 2026; year++) await story.BeginRunAsync(SmallMarket.Govdigital, year);
        using JobWorker one = Worker(story.Store, story.Store.Get<BillingRunJob>()), other = Worker(story.Store, story.Store.Get<BillingRunJob>());

        await Task.WhenAll(one.StartAsync(CancellationToken.None), other.StartAsync(CancellationToken.None));
        Job[] jobs = await EndAsync(story.Store);
        await Task.WhenAll(one.StopAsync(CancellationToken.None), other.StopAsync(CancellationToken.None));

        Assert.Equal([1, 1, 1, 1], jobs.Select(j => j.Attempts));
        Assert.Equal([1L, 1L, 1L, 1L], jobs.Select(j => j.Fence));
        Assert.Equal(8, (await story.InvoicesAsync()).Select(i => (i.BuyerId, i.PeriodTo.Year)).Distinct().Count());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Who_has_lost_the_lease_stops_and_says_no_more_of_the_job(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        var stuck = new StuckJob();
        using JobWorker one = Worker(story.Store, stuck), other = Worker(story.Store, story.Store.Get<BillingRunJob>());
        await one.StartAsync(CancellationToken.None);
        Assert.Equal(run, await stuck.Begun.Task.WaitAsync(Longest));

        // As if it had not renewed its lease in time.
        await story.Store.ChangeAsync(context => context.Set<Job>().ExecuteUpdateAsync(j => j.SetProperty(x => x.NotBefore, story.Store.Clock.GetUtcNow())));
        await other.StartAsync(CancellationToken.None);
        Job job = Assert.Single(await EndAsync(story.Store));
        await stuck.Stopped.Task.WaitAsync(Longest);
        await Task.WhenAll(one.StopAsync(CancellationToken.None), other.StopAsync(CancellationToken.None));

        Job after = Assert.Single(await EndAsync(story.Store));
        Assert.Equal((JobState.Done, 2, 2L, null), (after.State, after.Attempts, after.Fence, after.Failure));
        Assert.Equal(job.FinishedAt, after.FinishedAt);
        Assert.Equal(BillingRunState.Finished, (await story.RunAsync(run)).State);
        Assert.Single(await story.InvoicesAsync());
    }

    [Fact]
    public async Task A_host_with_a_schedule_bills_by_itself()
    {
        string today = TradeHost.Now.ToString("MM-dd", CultureInfo.InvariantCulture);
        await using TestDatabase database = await TestDatabase.MakeAsync(StoreKind.Sqlite);
        await using (TradeHost trade = await TradeHost.StartAsync(database: database)) await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions
        {
            Database = database,
            Demo = false,
            Clock = new(TradeHost.Now.AddHours(1)),
            Settings = new Dictionary<string, string> { ["Billing:Schedule:0"] = today },
        });
        List<BillingRun> runs = [];
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Longest && (runs.Count < 4 || runs.Exists(r => r.State == BillingRunState.Running)); await Task.Delay(50))
            runs = await ReadAsync(context => context.Set<BillingRun>().AsNoTracking().ToListAsync());

        // Two sellers, and of each this year and the one before.
        Assert.Equal(4, runs.Count);
        Assert.All(runs, r => Assert.Equal(BillingRunState.Finished, r.State));
        Assert.Equal([2026], (await ReadAsync(context => context.Set<Invoice>().AsNoTracking().ToListAsync())).Select(i => i.PeriodTo.Year));

        async Task<T> ReadAsync<T>(Func<MarketContext, Task<T>> read)
        {
            await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
            return await read(context);
        }
    }

    private static JobWorker Worker(MarketStore store, JobHandler handler) =>
        new(store.Contexts, store.Get<StoreDialect>(), [handler], new JobSignal(), new JobOptions(), store.Get<TimeProvider>(), NullLogger<JobWorker>.Instance);

    /// <summary>Waits until all jobs are done.</summary>
    private static async Task<Job[]> EndAsync(MarketStore store)
    {
        for (long start = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
        {
            Job[] jobs = await store.ReadAsync(context => context.Set<Job>().AsNoTracking().Where(j => j.Kind == BillingRunJob.JobKind).ToArrayAsync());
            if (jobs.All(j => j.State == JobState.Done)) return jobs;
            Assert.True(Stopwatch.GetElapsedTime(start) < Longest, "The runs do not end.");
        }
    }

    /// <summary>A node that takes runs and gets no further.</summary>
    private sealed class StuckJob : JobHandler
    {
        public override string Kind => BillingRunJob.JobKind;

        public TaskCompletionSource<Guid> Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
        {
            Begun.TrySetResult(subjectId);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                Stopped.TrySetResult();
            }
        }
    }
}
