using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Wakes all that sleeps for a supplier's broker once that is set anew.</summary>
/// <remarks>
/// After the commit and not within it. An answer is taken down with its job held and the broker read after that: where it still reads the broker
/// that was, the job is asleep, or held, before this looks; where it reads the new one it wakes the job itself. So no wake-up is lost.
/// </remarks>
public sealed class BrokerSetJob(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock) : JobHandler
{
    public const string JobKind = "broker-set";

    public override string Kind => JobKind;

    // Brokers that hang must not keep it waiting.
    public override string Lane => JobKind;

    public override int MostAttempts => int.MaxValue;

    public override TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(attempt, 60));

    internal static async Task ScheduleAsync(Work work, Guid supplierId, CancellationToken cancellationToken)
    {
        string key = supplierId.ToString("N", CultureInfo.InvariantCulture);
        if (await work.Context.Set<Job>().SingleOrDefaultAsync(j => j.Kind == JobKind && j.Key == key, cancellationToken) is { } job) job.Again(work.Now);
        else work.Context.Add(Job.Of(JobKind, supplierId, work.Now));
    }

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        // One that is being done has counted an attempt. It looks at the broker itself, and is left to whoever does it; but it is written like the others,
        // which waits for an answer that is just being taken down and sees how that left it.
        await context.Set<Job>()
            .Where(j => j.Kind == ProvisioningJob.JobKind
                && context.Set<Provisioning>().Any(p => p.OrderId == j.SubjectId && p.SupplierId == subjectId && p.Step != BrokerStep.None && p.NotBefore <= now))
            .ExecuteUpdateAsync(
                j => j.SetProperty(x => x.State, JobState.Waiting)
                    .SetProperty(x => x.NotBefore, x => x.State == JobState.Waiting && x.Attempts > 0 ? x.NotBefore : now)
                    .SetProperty(x => x.Fence, x => x.State == JobState.Waiting && x.Attempts > 0 ? x.Fence : x.Fence + 1)
                    .SetProperty(x => x.FinishedAt, x => null)
                    .SetProperty(x => x.Attempts, x => x.State == JobState.Waiting ? x.Attempts : 0),
                cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
