namespace Efa.Marketplace.Ordering.Brokers;

/// <summary>Which suppliers' brokers this node has requests under way at: few for each, so that one that hangs keeps no other waiting.</summary>
public sealed class BrokerTurns
{
    private const int AtOnce = 2;

    private readonly Lock changing = new();
    private readonly Dictionary<Guid, int> taken = [];

    /// <summary>Suppliers at whose broker there is no turn to be had.</summary>
    public Guid[] Busy
    {
        get { lock (changing) return [.. taken.Where(t => t.Value >= AtOnce).Select(t => t.Key)]; }
    }

    /// <summary>A turn that is given back by disposing of it; null where there is none.</summary>
    public IDisposable? Take(Guid supplierId)
    {
        lock (changing)
        {
            int now = taken.GetValueOrDefault(supplierId);
            if (now >= AtOnce) return null;
            taken[supplierId] = now + 1;
            return new Turn(this, supplierId);
        }
    }

    private void GiveBack(Guid supplierId)
    {
        lock (changing)
            if (--taken[supplierId] == 0)
                taken.Remove(supplierId);
    }

    private sealed class Turn(BrokerTurns turns, Guid supplierId) : IDisposable
    {
        private BrokerTurns? turns = turns;

        public void Dispose() => Interlocked.Exchange(ref turns, null)?.GiveBack(supplierId);
    }
}
