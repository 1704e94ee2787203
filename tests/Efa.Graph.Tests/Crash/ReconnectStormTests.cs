using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Crash;

/// <summary>All clients of a node lose it at once and come back at once.</summary>
[Collection(QuietCollection.Name)]
public sealed class ReconnectStormTests
{
    private const int OrdersOfEachPart = 3;

    private static readonly TimeSpan AllAreBack = TimeSpan.FromSeconds(60);

    // As official clients do: not at once, and not all at the same moment.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>How many: <c>EFA_GRAPH_STORM</c>.</summary>
    private static int Clients => Environment.GetEnvironmentVariable("EFA_GRAPH_STORM") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 30;

    [Fact]
    [Trait("attack", "S20")]
    public async Task All_come_back_within_a_minute_and_miss_nothing_and_others_are_answered_meanwhile()
    {
        await using var server = new KilledServer(settings: ["--Limits:StreamsPerClient=100000"]);
        await server.StartAsync();
        await server.AuthoriseAsync(DemoOrders.Municipality);
        Func<string, object> input = await DemoOrders.InputAsync(server);
        string begin = (await server.AskAsync(Repository.Operation("OrderEventsHead"), new { })).GetProperty("orderEvents").GetProperty("head").GetString()!;
        // Good for ten minutes, also after a restart.
        string token = await server.TokenAsync();
        using var end = new CancellationTokenSource();
        Follower[] followers = [.. Enumerable.Range(0, Clients).Select(_ => new Follower(server, token, begin))];
        Task[] following = [.. followers.Select(follower => Task.Run(() => follower.FollowAsync(end.Token)))];
        var orders = new List<string>();

        await OrderAsync("before");
        await UntilAsync(() => followers.All(f => f.Seen.Count == orders.Count));
        await server.KillAsync();
        await UntilAsync(() => followers.All(f => !f.IsConnected));
        await server.StartAsync();
        await server.AuthoriseAsync(DemoOrders.Municipality);

        using var storm = new CancellationTokenSource();
        Task<List<TimeSpan>> queries = Task.Run(() => AskAllTheTimeAsync(server, storm.Token));
        await OrderAsync("after");
        await UntilAsync(() => followers.All(f => f.IsConnected && f.Seen.Count == orders.Count));
        await storm.CancelAsync();
        await end.CancelAsync();
        await Task.WhenAll(following);

        Assert.All(followers, f => Assert.Equal(orders, f.Seen));
        TimeSpan[] times = [.. (await queries).Order()];
        Figures.Say($"{Clients} clients lose the server and come back: nothing missed; p99 of queries meanwhile {times[(int)(times.Length * 0.99)].TotalMilliseconds:F0} ms");
        Assert.InRange(times[(int)(times.Length * 0.99)], TimeSpan.Zero, TimeSpan.FromSeconds(1));

        async Task OrderAsync(string part)
        {
            for (int i = 0; i < OrdersOfEachPart; i++) orders.Add(await DemoOrders.PlaceAsync(server, input, $"{part}-{i}"));
        }
    }

    /// <summary>How long each query took; at least a hundred of them, so that the first one of a fresh server is one of a hundred.</summary>
    private static async Task<List<TimeSpan>> AskAllTheTimeAsync(KilledServer server, CancellationToken over)
    {
        var times = new List<TimeSpan>();
        while (!over.IsCancellationRequested || times.Count < 101)
        {
            long began = Stopwatch.GetTimestamp();
            await server.AskAsync(Repository.Operation("SearchOffers"), new { filter = new { search = "park" }, first = 20 }, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(began));
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
        return times;
    }

    private static async Task UntilAsync(Func<bool> comes)
    {
        long began = Stopwatch.GetTimestamp();
        while (!comes())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < AllAreBack, "Not all are back.");
            await Task.Delay(50);
        }
    }

    /// <summary>One client: connects again whenever it has lost the server, with the cursor of the last event that it has seen.</summary>
    private sealed class Follower(KilledServer server, string token, string cursor)
    {
        public List<string> Seen { get; } = [];

        public bool IsConnected { get; private set; }

        public async Task FollowAsync(CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                try
                {
                    await using OrderSocket socket = await OrderSocket.SubscribeAsync(server.Address, token, Repository.Operation("FollowOrders"), new { after = cursor });
                    IsConnected = true;
                    while (!socket.IsOver && !end.IsCancellationRequested)
                    {
                        if (await socket.MessageAsync(TimeSpan.FromMilliseconds(500)) is not { } message) continue;
                        JsonElement change = message.GetProperty("payload").GetProperty("data").GetProperty("orderStatusChanged");
                        Seen.Add(change.GetProperty("order").GetProperty("id").GetString()!);
                        cursor = change.GetProperty("cursor").GetString()!;
                    }
                }
                catch (Exception lost) when (lost is WebSocketException or ChannelClosedException)
                {
                }
                IsConnected = false;
                await Task.Delay(Random.Shared.Next((int)LongestPause.TotalMilliseconds), CancellationToken.None);
            }
        }
    }
}
