using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Engine.Documents;

/// <summary>How many documents are executed at once; some more wait, and past those the answer is that the server has too much to do.</summary>
/// <remarks>
/// Many at once are each slower and none sooner done; who would wait longer than a client does is told so at once. Mutations have places of
/// their own: in a store where one transaction writes at a time they wait for each other, and those who only read do not wait with them.
/// Of those who read the newest is next and the oldest is refused: where more come than can be served, each would otherwise be answered as late as
/// the queue is long, and so most of them to clients that have given up. Mutations, once they are known as such, keep their order.
/// </remarks>
internal sealed class ExecutionPlaces(Limits limits)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly PlaceQueue reading = new(limits.Executing, limits.Waiting, newestFirst: true);
    private readonly PlaceQueue changing = new(limits.Changing, limits.Waiting, newestFirst: false);

    /// <summary>How many are executed now.</summary>
    public int Executing => reading.Taken + changing.Taken;

    /// <summary>How many wait now.</summary>
    public int Waiting => reading.Waiting + changing.Waiting;

    /// <summary>A place for a request, given back by disposing.</summary>
    public async ValueTask<ExecutionPlace> TakeAsync(CancellationToken cancellationToken) => new(await OneOfAsync(reading, cancellationToken));

    /// <summary>Changes the place of a request, once it has turned out to be a mutation, for one among those.</summary>
    public async ValueTask MoveToChangesAsync(ExecutionPlace place, CancellationToken cancellationToken)
    {
        place.Dispose();
        place.Take(await OneOfAsync(changing, cancellationToken));
    }

    /// <summary>A place for an event. It waits as long as it takes: its stream was let in, and pulls the next event only after this one.</summary>
    public async ValueTask<ExecutionPlace> TakeForEventAsync(CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        return new ExecutionPlace(reading);
    }

    private async ValueTask<PlaceQueue> OneOfAsync(PlaceQueue places, CancellationToken cancellationToken)
    {
        if (!await places.TryAsync(TimeSpan.FromSeconds(limits.WaitingSeconds), cancellationToken))
            throw new RequestError(RequestErrors.Unavailable, "The server has too much to do.") { RetryAfter = Retry, HttpStatus = RequestErrors.Unavailable.Status };
        await BehindAllAsync();
        return places;
    }

    /// <summary>Lets everything go first that waits for a thread, such as requests that have arrived.</summary>
    /// <remarks>Otherwise a document would be executed by the thread that has read it, and with more of them than threads all others would wait unread, where nobody counts or refuses them.</remarks>
    private static Task BehindAllAsync()
    {
        var turn = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static t => t.SetResult(), turn, preferLocal: false);
        return turn.Task;
    }
}

/// <summary>The place of one document that is executed.</summary>
internal sealed class ExecutionPlace(PlaceQueue of) : IDisposable
{
    private PlaceQueue? of = of;

    public void Take(PlaceQueue other) => of = other;

    public void Dispose() => Interlocked.Exchange(ref of, null)?.Release();
}
