namespace Efa.Marketplace.Events;

/// <summary>Tells readers of the log on this node that there may be something new. Only a hint to look: the log is the truth.</summary>
public sealed class LogHint
{
    private TaskCompletionSource next = Signal();

    /// <summary>Completes at the next move of the head on this node.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Called after a commit.</summary>
    public void Moved() => Interlocked.Exchange(ref next, Signal()).TrySetResult();

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
