namespace Efa.Graph.Engine.Documents;

/// <summary>Places for some at once, and those who wait for one.</summary>
/// <param name="newestFirst">Who came last is next, and with one more than may wait the oldest is refused; otherwise they keep their order, and the newest is.</param>
internal sealed class PlaceQueue(int places, int mostWaiting, bool newestFirst)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource<bool>> waiting = [];

    // Those who wait as long as it takes, in their order.
    private readonly LinkedList<TaskCompletionSource<bool>> patient = [];
    private int taken;
    private bool patientNext;

    public int Taken => Volatile.Read(ref taken);

    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count + patient.Count;
        }
    }

    /// <summary>Whether there was a place, or became one in time; false where too many wait.</summary>
    public async Task<bool> TryAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            if (TakeFree()) return true;
            if (waiting.Count >= mostWaiting)
            {
                if (!newestFirst || mostWaiting == 0) return false;
                waiting.First!.Value.SetResult(false);
                waiting.RemoveFirst();
            }
            turn = Join(waiting);
        }
        try
        {
            return await turn.Task.WaitAsync(longest, cancellationToken);
        }
        catch (TimeoutException)
        {
            return !Leave(waiting, turn) && await turn.Task;
        }
        catch
        {
            if (!Leave(waiting, turn) && await turn.Task) Release();
            throw;
        }
    }

    /// <summary>Waits for a place as long as it takes.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> turn;
        lock (gate)
        {
            if (TakeFree()) return;
            turn = Join(patient);
        }
        try
        {
            await turn.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (!Leave(patient, turn)) Release();
            throw;
        }
    }

    /// <summary>Gives a place back, to the next who waits.</summary>
    public void Release()
    {
        lock (gate)
        {
            // In turns, so that neither keeps the other from being served.
            LinkedList<TaskCompletionSource<bool>> next = patient.Count > 0 && (patientNext || waiting.Count == 0) ? patient : waiting;
            patientNext = next == waiting;
            if (next.Count == 0)
            {
                taken--;
                return;
            }
            LinkedListNode<TaskCompletionSource<bool>> turn = next == waiting && newestFirst ? next.Last! : next.First!;
            next.Remove(turn);
            turn.Value.SetResult(true);
        }
    }

    private bool TakeFree()
    {
        if (taken == places) return false;
        taken++;
        return true;
    }

    private static TaskCompletionSource<bool> Join(LinkedList<TaskCompletionSource<bool>> queue) =>
        queue.AddLast(new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Value;

    /// <summary>False where its turn has come, one way or the other, before it left.</summary>
    private bool Leave(LinkedList<TaskCompletionSource<bool>> queue, TaskCompletionSource<bool> turn)
    {
        lock (gate) return queue.Remove(turn);
    }
}
