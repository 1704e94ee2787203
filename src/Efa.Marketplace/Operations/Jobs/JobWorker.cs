using System.Diagnostics;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Operations.Jobs;

/// <summary>Takes waiting jobs, in each lane one after the other or some at once, holds each by a renewed lease, and tries again after failures.</summary>
/// <remarks>Jobs of a kind that nobody handles here wait for a node, or a setting, that does.</remarks>
public sealed partial class JobWorker(
    IDbContextFactory<MarketContext> contexts, StoreDialect dialect, IEnumerable<JobHandler> handlers, JobSignal signal, JobOptions options, TimeProvider clock, ILogger<JobWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, JobHandler> handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(handlers.Values.GroupBy(h => h.Lane, StringComparer.Ordinal)
            .SelectMany(lane => Enumerable.Range(0, lane.Max(h => h.LaneWidth)).Select(_ => WorkAsync([.. lane.Select(h => h.Kind)], stoppingToken))));

    private async Task WorkAsync(string[] kinds, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task enqueued = signal.Enqueued;
            try
            {
                if (await TakeAsync(kinds, stoppingToken) is { } job) await WorkAsync(job, stoppingToken);
                // Real time: a test that stops the market's clock still wants its jobs done.
                else await Task.WhenAny(enqueued, Task.Delay(Poll, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogTakeFailed(failure);
                await Task.Delay(Poll, CancellationToken.None);
            }
        }
    }

    private async Task<Job?> TakeAsync(string[] kinds, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            DateTimeOffset now = clock.GetUtcNow();
            IQueryable<Job> waiting = context.Set<Job>().AsNoTracking().Where(j => j.State == JobState.Waiting && j.NotBefore <= now && kinds.Contains(j.Kind));
            Job? job = await kinds.Aggregate(waiting, (jobs, kind) => handlers[kind].Ready(context, jobs))
                .OrderBy(j => j.NotBefore).ThenBy(j => j.Id).FirstOrDefaultAsync(cancellationToken);
            if (job is null) return null;
            // Guarded by the fence that was seen: of two who want it one gets it, and the other looks for the next.
            int taken = await WriteAsync(
                jobs => jobs.Where(j => j.Id == job.Id && j.Fence == job.Fence && j.State == JobState.Waiting)
                    .ExecuteUpdateAsync(j => j.SetProperty(x => x.Fence, job.Fence + 1).SetProperty(x => x.Attempts, job.Attempts + 1).SetProperty(x => x.NotBefore, now + options.Lease), cancellationToken),
                cancellationToken);
            if (taken == 0) continue;
            job.Fence++;
            job.Attempts++;
            return job;
        }
    }

    private async Task WorkAsync(Job job, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task renewal = RenewAsync(job, lost);
        long began = Stopwatch.GetTimestamp();
        try
        {
            await handlers[job.Kind].RunAsync(job.SubjectId, lost.Token);
            MarketMeter.Record(job.Kind, done: true, Stopwatch.GetElapsedTime(began));
            await EndAsync(job, JobState.Done, failure: null, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            MarketMeter.Record(job.Kind, done: false, Stopwatch.GetElapsedTime(began));
            bool last = job.Attempts >= handlers[job.Kind].MostAttempts;
            LogJobFailed(last ? LogLevel.Error : LogLevel.Warning, failure, job.Kind, job.SubjectId, job.Attempts);
            if (last) await handlers[job.Kind].GiveUpAsync(job.SubjectId, cancellationToken);
            await EndAsync(job, last ? JobState.Failed : JobState.Waiting, failure.Message, cancellationToken);
        }
        finally
        {
            await lost.CancelAsync();
            await renewal;
        }
        signal.Finished(job.SubjectId);
    }

    private async Task EndAsync(Job job, JobState state, string? failure, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? finished = state == JobState.Waiting ? null : now;
        DateTimeOffset next = state == JobState.Waiting ? now + handlers[job.Kind].DelayAfter(job.Attempts) : now;
        string? text = failure is { Length: > 2000 } ? failure[..2000] : failure;
        await WriteAsync(
            jobs => jobs.Where(j => j.Id == job.Id && j.Fence == job.Fence)
                .ExecuteUpdateAsync(j => j.SetProperty(x => x.State, state).SetProperty(x => x.FinishedAt, finished).SetProperty(x => x.NotBefore, next).SetProperty(x => x.Failure, text), cancellationToken),
            cancellationToken);
    }

    private async Task RenewAsync(Job job, CancellationTokenSource lost)
    {
        DateTimeOffset last = clock.GetUtcNow() + options.Lease;
        while (!lost.IsCancellationRequested)
        {
            await Task.Delay(options.Renewal, lost.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (lost.IsCancellationRequested) return;
            DateTimeOffset until = clock.GetUtcNow() + options.Lease;
            try
            {
                int held = await WriteAsync(
                    jobs => jobs.Where(j => j.Id == job.Id && j.Fence == job.Fence).ExecuteUpdateAsync(j => j.SetProperty(x => x.NotBefore, until), CancellationToken.None),
                    CancellationToken.None);
                if (held == 0) await lost.CancelAsync();
                last = until;
            }
            catch (Exception failure)
            {
                LogRenewalFailed(failure, job.Kind, job.SubjectId);
                // Somebody else may have it now.
                if (clock.GetUtcNow() >= last) await lost.CancelAsync();
            }
        }
    }

    /// <summary>In its turn: on SQLite who writes beside a transaction waits in the file's lock, and may fail.</summary>
    private async Task<int> WriteAsync(Func<IQueryable<Job>, Task<int>> write, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        int rows = await write(context.Set<Job>());
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    [LoggerMessage(LogLevel.Warning, "Jobs could not be read; trying again.")]
    private partial void LogTakeFailed(Exception failure);

    [LoggerMessage(LogLevel.Warning, "The lease of job {Kind} of {SubjectId} could not be renewed; trying again.")]
    private partial void LogRenewalFailed(Exception failure, string kind, Guid subjectId);

    [LoggerMessage(Message = "Job {Kind} of {SubjectId} failed in attempt {Attempt}.")]
    private partial void LogJobFailed(LogLevel level, Exception failure, string kind, Guid subjectId, int attempt);
}
