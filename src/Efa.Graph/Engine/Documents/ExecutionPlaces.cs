using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Engine.Documents;

/// <summary>How many documents are executed at once; some more wait, and past those the answer is that the server has too much to do.</summary>
/// <remarks>
/// Many at once are each slower and none sooner done; who would wait longer than a client does is told so at once. Mutations have as many places of
/// their own: in a store where one transaction writes at a time they wait for each other, and those who only read do not wait with them.
/// </remarks>
internal sealed class ExecutionPlaces(Limits limits)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim free = new(limits.Executing);
    private readonly SemaphoreSlim freeToChange = new(limits.Executing);
    private int waiting;

    /// <summary>How many are executed now.</summary>
    public int Executing => (2 * limits.Executing) - free.CurrentCount - freeToChange.CurrentCount;

    /// <summary>How many wait now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>A place for a request, given back by disposing.</summary>
    public async ValueTask<ExecutionPlace> TakeAsync(CancellationToken cancellationToken) => new(await OneOfAsync(free, cancellationToken));

    /// <summary>Changes the place of a request, once it has turned out to be a mutation, for one among those.</summary>
    public async ValueTask MoveToChangesAsync(ExecutionPlace place, CancellationToken cancellationToken)
    {
        place.Dispose();
        place.Take(await OneOfAsync(freeToChange, cancellationToken));
    }

    /// <summary>A place for an event. It waits as long as it takes: its stream was let in, and pulls the next event only after this one.</summary>
    public async ValueTask<ExecutionPlace> TakeForEventAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        return new ExecutionPlace(free);
    }

    private async ValueTask<SemaphoreSlim> OneOfAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        if (await places.WaitAsync(0, CancellationToken.None)) return places;
        try
        {
            if (Interlocked.Increment(ref waiting) > limits.Waiting || !await places.WaitAsync(TimeSpan.FromSeconds(limits.WaitingSeconds), cancellationToken))
                throw new RequestError(RequestErrors.Unavailable, "The server has too much to do.") { RetryAfter = Retry, HttpStatus = RequestErrors.Unavailable.Status };
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        return places;
    }
}

/// <summary>The place of one document that is executed.</summary>
internal sealed class ExecutionPlace(SemaphoreSlim of) : IDisposable
{
    private SemaphoreSlim? of = of;

    public void Take(SemaphoreSlim other) => of = other;

    public void Dispose() => Interlocked.Exchange(ref of, null)?.Release();
}
