using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Operations;

public sealed class PruneJobTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    [Trait("attack", "B05")]
    public async Task Keys_and_ended_jobs_go_after_90_days_a_thousand_at_a_time_and_nothing_else_does(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind, new FakeTimeProvider(Now));
        await store.AddAsync(Enumerable.Range(0, 2_500).Select(i => Call($"old-{i}", Now.AddDays(-91).AddSeconds(i))));
        await store.AddAsync([Call("kept", Now.AddDays(-90)), Call("new", Now)]);
        await store.AddAsync(
            [Job("done", JobState.Done, -91), Job("failed", JobState.Failed, -91), Job("waiting", JobState.Waiting, -91), Job("recent", JobState.Done, -90)]);
        var steps = new Steps(new CallExpiry());

        await new PruneJob([steps, new JobExpiry()], store.Contexts, store.Dialect, store.Clock).RunAsync(Guid.Empty, CancellationToken.None);

        Assert.Equal([1_000, 1_000, 500], steps.Deleted);
        await using MarketContext context = store.Context();
        Assert.Equal(["kept", "new"], await context.Set<Call>().OrderBy(c => c.Key).Select(c => c.Key).ToListAsync());
        Assert.Equal(["recent", "waiting"], await context.Set<Job>().OrderBy(j => j.Key).Select(j => j.Key).ToListAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Each_day_is_pruned_once_however_many_nodes_there_are(StoreKind kind)
    {
        var clock = new FakeTimeProvider(Now);
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind, clock);
        DailyPruning[] nodes = [.. Enumerable.Range(0, 4).Select(_ => new DailyPruning(store.Contexts, store.Dialect, new JobSignal(), store.Clock, NullLogger<DailyPruning>.Instance))];

        await Task.WhenAll(nodes.Select(node => node.EnqueueAsync(CancellationToken.None)));
        clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(nodes.Select(node => node.EnqueueAsync(CancellationToken.None)));

        await using MarketContext context = store.Context();
        Assert.Equal(["2026-06-01", "2026-06-02"], await context.Set<Job>().Where(j => j.Kind == PruneJob.JobKind).OrderBy(j => j.Key).Select(j => j.Key).ToListAsync());
    }

    private static Call Call(string key, DateTimeOffset at) => new() { CallerId = "caller", Key = key, Operation = "placeOrder", InputHash = "hash", At = at, SubjectId = Guid.NewGuid() };

    private static Job Job(string key, JobState state, int days) => new()
    {
        Id = Guid.CreateVersion7(Now),
        Kind = "kind",
        Key = key,
        SubjectId = Guid.NewGuid(),
        State = state,
        NotBefore = Now.AddDays(days),
        CreatedAt = Now.AddDays(days),
    };

    /// <summary>Notes how much each step has deleted.</summary>
    private sealed class Steps(Expiry expiry) : Expiry
    {
        public List<int> Deleted { get; } = [];

        public override async Task<int> DeleteAsync(MarketContext context, DateTimeOffset now, int most, CancellationToken cancellationToken)
        {
            Deleted.Add(await expiry.DeleteAsync(context, now, most, cancellationToken));
            return Deleted[^1];
        }
    }
}
