using System.Diagnostics;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Crash;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>How long an answer takes tells a stranger no more than the answer itself.</summary>
[Collection(QuietCollection.Name)]
public sealed class TimingTests
{
    // Too little to be told apart over a network.
    private static readonly TimeSpan Difference = TimeSpan.FromMilliseconds(5);

    [Fact]
    [Trait("attack", "I13"), Trait("attack", "Z01")]
    public async Task A_foreign_order_takes_as_long_as_an_unknown_one()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string foreign = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        const string query = "query($id: ID!) { order(by: {id: $id}) { id number } node(id: $id) { id } }";

        await AreAlikeAsync(
            () => trade.AskAsync(query, new { id = foreign }, SmallMarket.Wismar),
            () => trade.AskAsync(query, new { id = GlobalIds.Of(IdPrefix.Order, Guid.CreateVersion7()) }, SmallMarket.Wismar));
    }

    [Fact]
    [Trait("attack", "A30")]
    public async Task A_wrong_secret_takes_as_long_as_an_unknown_client()
    {
        await using TradeHost trade = await TradeHost.StartAsync();

        await AreAlikeAsync(
            async () => (await trade.Host.TokenResponseAsync(SmallMarket.Aachen, "guessed")).Dispose(),
            async () => (await trade.Host.TokenResponseAsync("nobody", "guessed")).Dispose());
    }

    /// <summary>Asks in turn, so that whatever else the machine does meets both alike, and compares the medians.</summary>
    private static async Task AreAlikeAsync(Func<Task> one, Func<Task> other)
    {
        const int warm = 50, counted = 200;
        var times = new List<(TimeSpan One, TimeSpan Other)>();
        for (int i = 0; i < warm + counted; i++) times.Add((await TimeAsync(one), await TimeAsync(other)));
        times.RemoveRange(0, warm);

        TimeSpan difference = times.Select(t => t.One).Order().ElementAt(counted / 2) - times.Select(t => t.Other).Order().ElementAt(counted / 2);
        Assert.InRange(difference, -Difference, Difference);
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> ask)
    {
        long began = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(began);
    }
}
