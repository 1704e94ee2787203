using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Engine.Cost;

/// <summary>Points that one caller may spend: refilled with time, up to a burst.</summary>
public sealed class Allowance(double perSecond, int burst, TimeProvider clock)
{
    /// <summary>What each request costs, whatever comes of it.</summary>
    public const int Least = 1;

    private readonly Lock gate = new();
    private double points = burst;
    private long refilledAt = clock.GetTimestamp();

    /// <summary>Whole points that are left.</summary>
    public int Left
    {
        get
        {
            lock (gate)
            {
                Refill();
                return (int)points;
            }
        }
    }

    /// <summary>Spends points, or refuses with the time after which they will be there.</summary>
    public void Pay(long cost, int paid = 0)
    {
        if (TrySpend(cost, paid) is { } wait)
            throw new RequestError(RequestErrors.RateLimited) { RetryAfter = wait, HttpStatus = RequestErrors.RateLimited.Status };
    }

    /// <summary>Null where the points were there and are spent; else how long it takes until they are.</summary>
    /// <param name="cost">What is dearer than the burst is paid with all of it.</param>
    /// <param name="paid">Points of it that were paid before; they are lost to who is refused, so that the wait is for the whole again.</param>
    public TimeSpan? TrySpend(long cost, int paid = 0)
    {
        long whole = Math.Min(cost, burst);
        long due = Math.Max(whole - paid, 0);
        lock (gate)
        {
            Refill();
            if (due > points) return TimeSpan.FromSeconds((whole - points) / perSecond);
            points -= due;
            return null;
        }
    }

    private void Refill()
    {
        long now = clock.GetTimestamp();
        points = Math.Min(burst, points + (clock.GetElapsedTime(refilledAt, now).TotalSeconds * perSecond));
        refilledAt = now;
    }
}

/// <summary>The allowances of many callers; the least recently seen are forgotten, so that inventing callers costs no memory.</summary>
/// <param name="perSecond">0 for no limit.</param>
internal sealed class Allowances(double perSecond, int burst, TimeProvider clock)
{
    private const int Most = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Caller, Allowance Allowance)>> byCaller = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Caller, Allowance Allowance)> byUse = new();

    /// <summary>Null where there is no limit.</summary>
    public Allowance? Of(string caller)
    {
        if (perSecond <= 0) return null;
        lock (gate)
        {
            if (byCaller.TryGetValue(caller, out LinkedListNode<(string Caller, Allowance Allowance)>? node)) byUse.Remove(node);
            else byCaller[caller] = node = new((caller, new Allowance(perSecond, burst, clock)));
            byUse.AddFirst(node);
            if (byUse.Count > Most)
            {
                byCaller.Remove(byUse.Last!.Value.Caller);
                byUse.RemoveLast();
            }
            return node.Value.Allowance;
        }
    }
}
