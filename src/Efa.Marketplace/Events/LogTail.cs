using System.Diagnostics;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Efa.Marketplace.Events;

/// <summary>An event as the tail of the log holds it: with its note and the organisations that may see it.</summary>
public sealed record TailedEvent(LoggedEvent Event, string? Note, IReadOnlySet<Guid> Parties);

/// <summary>Reads each position of the log once for all readers of this node, and keeps the newest in memory.</summary>
public sealed partial class LogTail(IDbContextFactory<MarketContext> contexts, LogHint hint, TimeProvider clock, ILogger<LogTail> logger) : BackgroundService
{
    private const int Kept = 2_000;
    private const int PageSize = 500;

    // A hint can be lost, and other nodes give none.
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private volatile Window window = new(0, 0, []);
    private long readAt;
    private TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The newest position that readers of this node can see.</summary>
    public long Position => window.Last;

    /// <summary>How long ago the log was last read to its end; null before the first time.</summary>
    public TimeSpan? SinceRead => Volatile.Read(ref readAt) is > 0 and long at ? Stopwatch.GetElapsedTime(at) : null;

    /// <summary>Events after a position, if memory still holds them all; null where the log must be read.</summary>
    public IReadOnlyList<TailedEvent>? After(long position)
    {
        Window now = window;
        return position < now.First - 1 ? null : [.. now.Events.SkipWhile(e => e.Event.Position <= position)];
    }

    /// <summary>Completes when the tail has moved beyond a position.</summary>
    public async Task BeyondAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next = Volatile.Read(ref moved).Task;
            if (Position > position) return;
            await next.WaitAsync(cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Task next = hint.Next;
            try
            {
                while (await AdvanceAsync(stoppingToken))
                {
                }
                Volatile.Write(ref readAt, Stopwatch.GetTimestamp());
                await Task.WhenAny(next, Task.Delay(Poll, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LogReadFailed(failure);
                await Task.Delay(Poll, CancellationToken.None);
            }
        }
    }

    /// <summary>True where there may be more.</summary>
    private async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Window before = window;
        if (before.Last == 0)
        {
            // Readers from before the start read the log itself.
            long head = await context.Set<LogHead>().Select(h => h.Position).SingleAsync(cancellationToken);
            if (head > 0) Publish(new Window(head + 1, head, []));
            before = window;
        }
        IReadOnlyList<TailedEvent> events = await ReadAsync(context, before.Last, PageSize, cancellationToken);
        if (events.Count == 0) return false;
        LogMeter.Record(clock.GetUtcNow() - events[0].Event.At);
        TailedEvent[] kept = [.. before.Events.Concat(events).TakeLast(Kept)];
        Publish(new Window(kept[0].Event.Position, events[^1].Event.Position, kept));
        return events.Count == PageSize;
    }

    private static async Task<IReadOnlyList<TailedEvent>> ReadAsync(MarketContext context, long after, int count, CancellationToken cancellationToken)
    {
        List<LoggedEvent> events = await context.Set<LoggedEvent>().AsNoTracking()
            .Where(e => e.Position > after).OrderBy(e => e.Position).Take(count).ToListAsync(cancellationToken);
        if (events.Count == 0) return [];
        long last = events[^1].Position;
        ILookup<long, Guid> parties = (await context.Set<EventParty>().AsNoTracking()
            .Where(p => p.Position > after && p.Position <= last).ToListAsync(cancellationToken)).ToLookup(p => p.Position, p => p.OrganisationId);
        Dictionary<long, string> notes = await context.Set<EventNote>().AsNoTracking()
            .Where(n => n.Position > after && n.Position <= last).ToDictionaryAsync(n => n.Position, n => n.Text, cancellationToken);
        return [.. events.Select(e => new TailedEvent(e, notes.GetValueOrDefault(e.Position), parties[e.Position].ToHashSet()))];
    }

    private void Publish(Window next)
    {
        window = next;
        Interlocked.Exchange(ref moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    [LoggerMessage(LogLevel.Warning, "The event log could not be read; trying again.")]
    private partial void LogReadFailed(Exception failure);

    /// <param name="First">Position of the oldest event in memory.</param>
    /// <param name="Last">Position up to which the log was read.</param>
    private sealed record Window(long First, long Last, IReadOnlyList<TailedEvent> Events);
}
