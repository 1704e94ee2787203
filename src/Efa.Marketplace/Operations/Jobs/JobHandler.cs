using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Operations.Jobs;

/// <summary>Does the jobs of one kind. It may be called again for the same job at any point: steps are idempotent.</summary>
public abstract class JobHandler
{
    public abstract string Kind { get; }

    /// <summary>Jobs of one lane are done one after the other, or some at once; lanes do not wait for each other.</summary>
    public virtual string Lane => "work";

    /// <summary>How many jobs of its lane a node does at once.</summary>
    public virtual int LaneWidth => 1;

    public virtual int MostAttempts => 5;

    /// <summary>How long a job waits after its nth failure.</summary>
    public virtual TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(1) * Math.Pow(4, attempt - 1);

    /// <summary>Of its lane's waiting jobs those that this node could begin with now.</summary>
    public virtual IQueryable<Job> Ready(MarketContext context, IQueryable<Job> waiting) => waiting;

    public abstract Task RunAsync(Guid subjectId, CancellationToken cancellationToken);

    /// <summary>Called when the last attempt has failed.</summary>
    public virtual Task GiveUpAsync(Guid subjectId, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Lets a job that this node has just enqueued begin at once, and lets a caller wait a moment for its end.</summary>
public sealed class JobSignal
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, TaskCompletionSource> waiting = new();
    private TaskCompletionSource enqueued = Signal();

    public Task Enqueued => Volatile.Read(ref enqueued).Task;

    public void Wake() => Interlocked.Exchange(ref enqueued, Signal()).TrySetResult();

    public void Finished(Guid subjectId)
    {
        if (waiting.TryRemove(subjectId, out TaskCompletionSource? waiter)) waiter.TrySetResult();
    }

    /// <summary>Wakes the workers and waits for the subject's job on this node, at most so long.</summary>
    public async Task WaitAsync(Guid subjectId, TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        Task finished = waiting.GetOrAdd(subjectId, _ => Signal()).Task;
        Wake();
        try
        {
            await finished.WaitAsync(longest, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            waiting.TryRemove(subjectId, out _);
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
