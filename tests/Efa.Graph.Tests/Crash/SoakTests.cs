using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server under mixed load for a time, with clients that vanish without a word: no event is lost to those who follow, and memory does not grow.</summary>
[Collection(QuietCollection.Name)]
public sealed class SoakTests
{
    private const int Followers = 3;
    private const int Readers = 3;

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CatchUp = TimeSpan.FromSeconds(60);

    // Before, caches are still filling.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    /// <summary>How long: <c>EFA_GRAPH_SOAK</c> seconds.</summary>
    private static TimeSpan Length => TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("EFA_GRAPH_SOAK") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 5);

    [Fact]
    public async Task Who_follows_misses_nothing_and_memory_stays_while_others_come_and_vanish()
    {
        await using var server = new KilledServer();
        await server.StartAsync();
        await server.AuthoriseAsync(DemoOrders.Municipality);
        Func<string, object> input = await DemoOrders.InputAsync(server);
        string begin = (await server.AskAsync(Repository.Operation("OrderEventsHead"), new { })).GetProperty("orderEvents").GetProperty("head").GetString()!;
        using var end = new CancellationTokenSource(Length);
        var expected = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var memory = new List<double>();

        Task writer = RepeatAsync(end.Token, async n =>
        {
            await DemoOrders.PlaceAsync(server, input, n.ToString(CultureInfo.InvariantCulture));
            await Task.Delay(Between);
        });
        Task[] others =
        [
            writer,
            .. Enumerable.Range(0, Readers).Select(reader => RepeatAsync(end.Token, n => ReadAsync(server, n, vanishes: reader > 0))),
            RepeatAsync(end.Token, async _ =>
            {
                memory.Add(server.Memory);
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }),
        ];
        Task<List<string>>[] followers =
        [
            .. Enumerable.Range(0, Followers).Select(i => Task.Run(() => FollowSocketAsync(server, begin, vanishes: i > 0, expected.Task))),
            .. Enumerable.Range(0, Followers).Select(i => Task.Run(() => FollowStreamAsync(server, begin, vanishes: i > 0, expected.Task))),
        ];
        await Task.WhenAll(others);

        string[] orders = [.. (await DemoOrders.PagesAsync(server, "OrderEvents", "orderEvents")).Select(e => e.GetProperty("order").GetProperty("id").GetString()!)];
        Assert.NotEmpty(orders);
        expected.SetResult(orders.Length);
        foreach (List<string> seen in await Task.WhenAll(followers).WaitAsync(CatchUp)) Assert.Equal(orders, seen);

        double middle = Median(memory, 0.45, 0.55), last = Median(memory, 0.9, 1);
        Figures.Say($"{Length.TotalSeconds:F0} s of mixed load: {orders.Length} orders, nothing missed; memory {middle / 1048576:F0} MiB in the middle, {last / 1048576:F0} MiB at the end");
        Assert.InRange(last, 0, middle * (Length < Settled ? 1.5 : 1.1));
    }

    private static async Task RepeatAsync(CancellationToken end, Func<int, Task> step)
    {
        for (int n = 0; !end.IsCancellationRequested; n++) await step(n);
    }

    private static async Task ReadAsync(KilledServer server, int n, bool vanishes)
    {
        using var patience = new CancellationTokenSource();
        if (vanishes && n % 3 == 0) patience.CancelAfter(Random.Shared.Next(1, 30));
        try
        {
            await server.AskAsync(Repository.Operation("SearchOffers"), new { filter = new { search = "park" }, first = 1 + (n % 20) }, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
        }
    }

    /// <summary>Follows all orders by socket; one that vanishes breaks the connection now and then and comes back with its last cursor.</summary>
    private static async Task<List<string>> FollowSocketAsync(KilledServer server, string cursor, bool vanishes, Task<int> expected)
    {
        var seen = new List<string>();
        while (!IsAll(seen, expected))
        {
            await using OrderSocket socket = await OrderSocket.SubscribeAsync(server.Address, await server.TokenAsync(), Repository.Operation("FollowOrders"), new { after = cursor });
            int most = vanishes ? Random.Shared.Next(1, 40) : int.MaxValue;
            try
            {
                for (int n = 0; n < most && !IsAll(seen, expected); n++)
                {
                    if (await socket.MessageAsync(TimeSpan.FromMilliseconds(500)) is not { } message) continue;
                    // Told that its token has run out, it comes back with a new one.
                    if (message.GetProperty("type").GetString() != "next" || message.GetProperty("payload").TryGetProperty("errors", out _)) break;
                    JsonElement change = message.GetProperty("payload").GetProperty("data").GetProperty("orderStatusChanged");
                    seen.Add(change.GetProperty("order").GetProperty("id").GetString()!);
                    cursor = change.GetProperty("cursor").GetString()!;
                }
            }
            catch (ChannelClosedException)
            {
                // Closed by the server, such as when its token has run out.
            }
        }
        return seen;
    }

    /// <summary>The same by server-sent events and the id of the last one.</summary>
    private static async Task<List<string>> FollowStreamAsync(KilledServer server, string? last, bool vanishes, Task<int> expected)
    {
        var seen = new List<string>();
        using var client = new HttpClient { BaseAddress = server.Address };
        while (!IsAll(seen, expected))
        {
            await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(client, await server.TokenAsync(), Repository.Operation("FollowOrders"), new { }, last);
            int most = vanishes ? Random.Shared.Next(1, 40) : int.MaxValue;
            for (int n = 0; n < most && !IsAll(seen, expected); n++)
            {
                if (await stream.AnswerAsync(TimeSpan.FromMilliseconds(500)) is not { } answer) continue;
                if (answer.TryGetProperty("errors", out _)) break;
                seen.Add(answer.GetProperty("data").GetProperty("orderStatusChanged").GetProperty("order").GetProperty("id").GetString()!);
                last = stream.LastEventId;
            }
        }
        return seen;
    }

    private static bool IsAll(List<string> seen, Task<int> expected) => expected.IsCompletedSuccessfully && seen.Count >= expected.Result;

    private static double Median(List<double> samples, double from, double to)
    {
        double[] part = [.. samples[(int)(samples.Count * from)..(int)Math.Ceiling(samples.Count * to)].Order()];
        return part[part.Length / 2];
    }
}
