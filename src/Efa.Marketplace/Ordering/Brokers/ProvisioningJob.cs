using System.Globalization;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Asks the supplier's broker for what an order wants of it, one request at a time. What came of it is kept before the next one.</summary>
/// <remarks>The broker is asked outside of transactions. Killed in between, it asks again under the same instance id, which the broker answers with what is there.</remarks>
public sealed class ProvisioningJob(
    OperationRunner runner, IDbContextFactory<MarketContext> contexts, StoreDialect dialect, BrokerClient client, BrokerTurns turns, BrokerOptions options, Secrets secrets, TimeProvider clock) : JobHandler
{
    public const string JobKind = "provisioning";

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UntilATurn = TimeSpan.FromSeconds(1);

    // Until people do something, which wakes the job; one that had ended would be pruned.
    private static readonly DateTimeOffset Woken = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Kind => JobKind;

    // A broker that hangs must not keep others waiting.
    public override string Lane => "brokers";

    public override int LaneWidth => 8;

    // Failures of the broker are counted with the provisioning; these are the store's, which comes back.
    public override int MostAttempts => int.MaxValue;

    public override TimeSpan DelayAfter(int attempt) => Backoff.After(attempt, ShortestDelay, LongestDelay);

    public override IQueryable<Job> Ready(MarketContext context, IQueryable<Job> waiting)
    {
        Guid[] busy = turns.Busy;
        return busy.Length == 0 ? waiting : waiting.Where(j => !context.Set<Provisioning>().Any(p => p.OrderId == j.SubjectId && busy.Contains(p.SupplierId)));
    }

    /// <summary>The job of an order at the provisioning's time.</summary>
    internal static async Task ScheduleAsync(Work work, Provisioning provisioning, CancellationToken cancellationToken) =>
        Schedule(work, await HoldAsync(work, provisioning.OrderId, cancellationToken), provisioning);

    /// <param name="job">Held; null where there is none yet.</param>
    internal static void Schedule(Work work, Job? job, Provisioning provisioning)
    {
        DateTimeOffset at = provisioning.NextAttemptAt ?? Woken;
        if (provisioning.Step == BrokerStep.None) job?.End(work.Now);
        else if (job is not null) job.Again(at);
        else work.Context.Add(Job.Of(JobKind, provisioning.OrderId, work.Now, at));
    }

    /// <summary>The job of an order, held until the transaction ends. Everybody takes it before the head of the log, so that nobody waits in a circle.</summary>
    internal static async Task<Job?> HoldAsync(Work work, Guid orderId, CancellationToken cancellationToken)
    {
        string key = KeyOf(orderId);
        IQueryable<Job> jobs = work.Context.Set<Job>().Where(j => j.Kind == JobKind && j.Key == key);
        await work.Dialect.HoldAsync<Job>(work.Context, await jobs.Select(j => j.Id).ToListAsync(cancellationToken), cancellationToken);
        return await jobs.SingleOrDefaultAsync(cancellationToken);
    }

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        long? held = null;
        while (await ReadAsync(subjectId, cancellationToken) is { } waiting)
        {
            // What was taken down has scheduled the job anew. An answer that did not count, because somebody who holds the job no more was between, leaves it held: it is asked again.
            if (waiting.Job.Fence != (held ??= waiting.Job.Fence)) return;
            DateTimeOffset now = clock.GetUtcNow();
            DateTimeOffset? later = waiting.NotBefore(now);
            if (later is null && waiting.WithoutAsking is { } known)
            {
                await AdvanceAsync(waiting, known, cancellationToken);
                continue;
            }
            using IDisposable? turn = later is null ? turns.Take(waiting.Provisioning.SupplierId) : null;
            if (turn is not null) await AskAsync(waiting, cancellationToken);
            else if (await PutOffAsync(waiting, later ?? now + UntilATurn, cancellationToken)) return;
        }
    }

    private async Task AskAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        if (waiting.Provisioning.Step == BrokerStep.Provision)
        {
            int begun = waiting.Provisioning.Revision + 1;
            if (!await AdvanceAsync(waiting, new BrokerAnswer(BrokerAnswerKind.Begun, BrokerRefusals.Asked.Name), cancellationToken)) return;
            // Who has changed meanwhile what is wanted has scheduled the job anew, or does it.
            if (await ReadAsync(waiting.Order.Id, cancellationToken) is not { } marked || marked.Provisioning.Revision != begun || marked.Provisioning.Step != BrokerStep.Provision) return;
            waiting = marked;
        }
        BrokerAnswer answer = await client.AskAsync(waiting.Broker!.Access(secrets), waiting.Provisioning, waiting.Order, clock.GetUtcNow(), cancellationToken);
        await AdvanceAsync(waiting, answer, cancellationToken);
    }

    /// <summary>False where another node has taken down another answer; then that one counts.</summary>
    private async Task<bool> AdvanceAsync(Waiting waiting, BrokerAnswer answer, CancellationToken cancellationToken)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{waiting.Order.Id:N}/broker/{waiting.Provisioning.Revision}");
        var input = new AdvanceProvisioning.Input(waiting.Order.Id, waiting.Provisioning.Revision, answer with { BrokerSetAt = waiting.Broker?.SetAt });
        return (await runner.RunAsync(new AdvanceProvisioning(options), input, Caller.System, key, cancellationToken)).Refusals.Count == 0;
    }

    /// <summary>Lets go of the job until later, without a trace: many wait for a broker that rests. False where the broker was set anew meanwhile.</summary>
    private async Task<bool> PutOffAsync(Waiting waiting, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        int held = await context.Set<Job>().Where(j => j.Id == waiting.Job.Id && j.Fence == waiting.Job.Fence && j.State == JobState.Waiting)
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.NotBefore, until).SetProperty(x => x.Attempts, 0).SetProperty(x => x.Fence, x => x.Fence + 1), cancellationToken);
        // As in taking an answer down, the broker is looked at once the job is held.
        DateTimeOffset? setAt = await context.Set<ServiceBroker>().Where(b => b.SupplierId == waiting.Provisioning.SupplierId).Select(b => (DateTimeOffset?)b.SetAt).SingleOrDefaultAsync(cancellationToken);
        if (held > 0 && setAt != waiting.Broker?.SetAt) return false;
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Null where nothing is left to do.</summary>
    private async Task<Waiting?> ReadAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        string key = KeyOf(orderId);
        // Before everything else: what is decided for this fence is decided on what is no older.
        Job job = await context.Set<Job>().AsNoTracking().SingleAsync(j => j.Kind == JobKind && j.Key == key, cancellationToken);
        Provisioning provisioning = await context.Set<Provisioning>().AsNoTracking().SingleAsync(p => p.OrderId == orderId, cancellationToken);
        if (provisioning.Step == BrokerStep.None) return null;
        ServiceBroker? broker = await context.Set<ServiceBroker>().AsNoTracking().SingleOrDefaultAsync(b => b.SupplierId == provisioning.SupplierId, cancellationToken);
        return new Waiting(job, provisioning, await context.OrdersVisibleTo(Caller.System).SingleAsync(o => o.Id == orderId, cancellationToken), broker);
    }

    private static string KeyOf(Guid orderId) => orderId.ToString("N", CultureInfo.InvariantCulture);

    private sealed record Waiting(Job Job, Provisioning Provisioning, Order Order, ServiceBroker? Broker)
    {
        /// <summary>What is to be taken down without asking the broker; null where that is asked.</summary>
        public BrokerAnswer? WithoutAsking =>
            IsNotWanted ? new BrokerAnswer(BrokerAnswerKind.NotWanted)
            : Broker is null ? BrokerAnswer.Of(BrokerAnswerKind.Missing, BrokerRefusals.Missing)
            : null;

        private bool IsNotWanted => Provisioning.Step == BrokerStep.Provision && !Provisioning.IsWantedBy(Order);

        /// <summary>Until when there is nothing to do; null where there is.</summary>
        public DateTimeOffset? NotBefore(DateTimeOffset now)
        {
            if (Provisioning.NotBefore > now) return Provisioning.NotBefore;
            if (IsNotWanted) return null;
            if (Broker?.IsResting(now) == true) return Broker.RestsUntil;
            if (Provisioning.IsNewTo(Broker)) return null;
            DateTimeOffset next = Provisioning.NextAttemptAt ?? Woken;
            return next > now ? next : null;
        }
    }
}
