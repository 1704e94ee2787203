using Efa.Marketplace.Ordering.Brokers;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>How long a broker is left in peace, and how many requests it has at once.</summary>
public sealed class BrokerRestTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 15, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rests_double_up_to_five_minutes_until_it_answers()
    {
        var broker = new ServiceBroker { SupplierId = Guid.NewGuid() };
        DateTimeOffset at = Now;
        foreach (int seconds in new[] { 10, 20, 40, 80, 160, 300, 300 })
        {
            broker.Rest(wanted: null, at);
            Assert.Equal(at.AddSeconds(seconds), broker.RestsUntil);
            Assert.Equal((true, false), (broker.IsResting(at.AddSeconds(seconds - 1)), broker.IsResting(at.AddSeconds(seconds))));
            at = at.AddSeconds(seconds);
        }

        broker.Answered(at);
        Assert.Null(broker.RestsUntil);
        broker.Rest(wanted: null, at);
        Assert.Equal(at.AddSeconds(10), broker.RestsUntil);
    }

    [Fact]
    public void It_rests_longer_where_it_wants_to()
    {
        var broker = new ServiceBroker { SupplierId = Guid.NewGuid() };
        broker.Rest(Now.AddSeconds(77), Now);
        Assert.Equal(Now.AddSeconds(77), broker.RestsUntil);
        broker.Rest(Now.AddSeconds(5), Now);
        // To a request from before.
        broker.Answered(Now.AddSeconds(1));
        Assert.Equal(Now.AddSeconds(77), broker.RestsUntil);
    }

    [Fact]
    public void Each_supplier_has_two_turns_at_once()
    {
        var turns = new BrokerTurns();
        Guid one = Guid.NewGuid(), other = Guid.NewGuid();
        using IDisposable? first = turns.Take(one);
        using IDisposable? second = turns.Take(one);
        Assert.Equal([one], turns.Busy);
        Assert.Null(turns.Take(one));
        Assert.NotNull(turns.Take(other));

        first!.Dispose();
        first.Dispose();
        Assert.Empty(turns.Busy);
        using IDisposable? third = turns.Take(one);
        Assert.NotNull(third);
        Assert.Null(turns.Take(one));
    }
}
