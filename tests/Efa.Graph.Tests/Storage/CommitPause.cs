using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Efa.Graph.Tests.Storage;

/// <summary>Stops a flow when it has decided and before it commits, so that another can come between; the others pass.</summary>
public sealed class CommitPause : SaveChangesInterceptor
{
    // Long enough for the other to read what it decides on, where nothing holds it off.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly AsyncLocal<Stop?> current = new();

    /// <summary>Does one thing up to the commit of some row, then another until it ends or has had its time, then the rest of both.</summary>
    public async Task<(TFirst First, TSecond Second)> BetweenAsync<TFirst, TSecond, TRow>(Func<Task<TFirst>> first, Func<TRow, bool> stopsAt, Func<Task<TSecond>> second)
        where TRow : class
    {
        var stop = new Stop(context => context.ChangeTracker.Entries<TRow>().Any(e => e.State == EntityState.Added && stopsAt(e.Entity)));
        current.Value = stop;
        Task<TFirst> stopped = Task.Run(first);
        current.Value = null;
        await Task.WhenAny(stop.Reached.Task, stopped);
        Assert.False(stopped.IsCompleted);
        Task<TSecond> between = Task.Run(second);
        await Task.WhenAny(between, Task.Delay(Between));
        stop.GoOn.SetResult();
        return (await stopped, await between);
    }

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (current.Value is { } stop && stop.At(eventData.Context!))
        {
            stop.Reached.TrySetResult();
            await stop.GoOn.Task.WaitAsync(cancellationToken);
        }
        return result;
    }

    private sealed record Stop(Func<DbContext, bool> At)
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
