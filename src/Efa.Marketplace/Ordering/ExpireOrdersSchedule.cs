using System.Globalization;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Ordering;

/// <summary>Has orders that waited too long expire once a day, on whichever node comes first.</summary>
public sealed partial class ExpireOrdersSchedule(
    IDbContextFactory<MarketContext> contexts, StoreDialect dialect, JobSignal signal, TimeProvider clock, ILogger<ExpireOrdersSchedule> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await EnqueueAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogEnqueueFailed(failure);
            }
            await Task.Delay(Interval, clock, stoppingToken);
        }
    }

    /// <summary>Enqueues the job of today, unless it was.</summary>
    public async Task EnqueueAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string day = clock.Today().ToString("O", CultureInfo.InvariantCulture);
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Set<Job>().AnyAsync(j => j.Kind == ExpireOrdersJob.JobKind && j.Key == day, cancellationToken)) return;
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        context.Add(Job.Of(ExpireOrdersJob.JobKind, Guid.CreateVersion7(now), now, key: day));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        // Another node was first.
        catch (DbUpdateException failure) when (dialect.IsUniqueViolation(failure))
        {
            return;
        }
        signal.Wake();
    }

    [LoggerMessage(LogLevel.Warning, "The job that has orders expire could not be enqueued; trying again in an hour.")]
    private partial void LogEnqueueFailed(Exception failure);
}
