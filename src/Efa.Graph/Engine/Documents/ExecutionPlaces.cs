using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Engine.Documents;

/// <summary>How many documents are executed at once; some more wait, and past those the answer is that the server has too much to do.</summary>
/// <remarks>Many at once are each slower and none sooner done; who would wait longer than a client does is told so at once.</remarks>
internal sealed class ExecutionPlaces(Limits limits)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim free = new(limits.Executing);
    private int waiting;

    /// <summary>How many are executed now.</summary>
    public int Executing => limits.Executing - free.CurrentCount;

    /// <summary>How many wait now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>A place for a request, given back by disposing.</summary>
    public async ValueTask<ExecutionPlace> TakeAsync(CancellationToken cancellationToken)
    {
        if (await free.WaitAsync(0, CancellationToken.None)) return new ExecutionPlace(free);
        try
        {
            if (Interlocked.Increment(ref waiting) > limits.Waiting || !await free.WaitAsync(TimeSpan.FromSeconds(limits.WaitingSeconds), cancellationToken))
                throw new RequestError(RequestErrors.Unavailable, "The server has too much to do.") { RetryAfter = Retry, HttpStatus = RequestErrors.Unavailable.Status };
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        return new ExecutionPlace(free);
    }

    /// <summary>A place for an event. It waits as long as it takes: its stream was let in, and pulls the next event only after this one.</summary>
    public async ValueTask<ExecutionPlace> TakeForEventAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        return new ExecutionPlace(free);
    }
}

/// <summary>The place of one document that is executed.</summary>
internal sealed class ExecutionPlace(SemaphoreSlim free) : IDisposable
{
    public void Dispose() => free.Release();
}
