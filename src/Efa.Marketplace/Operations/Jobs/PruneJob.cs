using System.Globalization;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Operations.Jobs;

/// <summary>Deletes rows whose time is over, a thousand at a time: who writes meanwhile waits for one such step at most.</summary>
public sealed class PruneJob(IEnumerable<Expiry> expiries, IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock) : JobHandler
{
    public const string JobKind = "prune";

    private const int Step = 1_000;

    public override string Kind => JobKind;

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (Expiry expiry in expiries)
            while (await StepAsync(expiry, now, cancellationToken) >= Step)
            {
            }
    }

    private async Task<int> StepAsync(Expiry expiry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        int deleted = await expiry.DeleteAsync(context, now, Step, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return deleted;
    }
}

/// <summary>Enqueues the pruning of each day; of several nodes one does it.</summary>
public sealed partial class DailyPruning(
    IDbContextFactory<MarketContext> contexts, StoreDialect dialect, JobSignal signal, TimeProvider clock, ILogger<DailyPruning> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        do
        {
            try
            {
                await EnqueueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogEnqueueFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Enqueues today's pruning where nobody has yet.</summary>
    public async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        string today = clock.Today().ToString("O", CultureInfo.InvariantCulture);
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Set<Job>().AnyAsync(j => j.Kind == PruneJob.JobKind && j.Key == today, cancellationToken)) return;
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        context.Add(Job.Of(PruneJob.JobKind, Guid.CreateVersion7(now), now, key: today));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            signal.Wake();
        }
        catch (DbUpdateException taken) when (dialect.IsUniqueViolation(taken))
        {
            // Another node was quicker.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Today's pruning could not be enqueued; trying again in an hour.")]
    private partial void LogEnqueueFailed(Exception failure);
}
