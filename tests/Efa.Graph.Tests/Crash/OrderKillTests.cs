using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed while it takes orders has each acknowledged order once, with its events, and nothing half.</summary>
public sealed class OrderKillTests
{
    private const int Writers = 6;

    [Fact]
    [Trait("attack", "B04")]
    public async Task Each_acknowledged_order_survives_once_and_whole()
    {
        await using var server = new KilledServer();
        var acknowledged = new ConcurrentDictionary<string, string>();
        await server.StartAsync();
        await server.AuthoriseAsync(DemoOrders.Municipality);
        Func<string, object> input = await DemoOrders.InputAsync(server);

        for (int kill = 0; kill < KilledServer.Kills; kill++)
        {
            var unanswered = new ConcurrentBag<string>();
            Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => OrderUntilKilledAsync(server, input, $"{kill}-{writer}", acknowledged, unanswered)))];
            // Not before orders are under way, and then at any moment.
            await Task.Delay(200 + Random.Shared.Next(1_500));
            await server.KillAsync();
            await Task.WhenAll(writers);
            Assert.Equal(Writers, unanswered.Count);

            await server.StartAsync();
            await server.AuthoriseAsync(DemoOrders.Municipality);
            long before = await server.CountAsync("Orders");
            Assert.InRange(before, acknowledged.Count, acknowledged.Count + Writers);

            // What was not answered is asked again: it was done or it was not, and now it is there once.
            foreach (string key in unanswered) Keep(acknowledged, key, await DemoOrders.PlaceAsync(server, input, key));
            foreach ((string key, string order) in acknowledged.Take(5)) Assert.Equal(order, await DemoOrders.PlaceAsync(server, input, key));
            await EverythingIsThereOnceAsync(server, [.. acknowledged.Values.Order(StringComparer.Ordinal)]);
        }
        await EverythingIsSeenOnceAsync(server, [.. acknowledged.Values.Order(StringComparer.Ordinal)]);
        Assert.InRange(acknowledged.Count, KilledServer.Kills * Writers, int.MaxValue);
        Figures.Say($"{KilledServer.Kills} kills while orders are placed: {acknowledged.Count} acknowledged, each there once");
    }

    /// <summary>As the municipality sees it.</summary>
    private static async Task EverythingIsSeenOnceAsync(KilledServer server, IReadOnlyList<string> expected)
    {
        Assert.Equal(expected, (await DemoOrders.PagesAsync(server, "Orders", "orders")).Select(o => o.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        JsonElement[] events = [.. await DemoOrders.PagesAsync(server, "OrderEvents", "orderEvents")];
        Assert.Equal(expected, events.Select(e => e.GetProperty("order").GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(events, e => Assert.Equal(("order.placed", 1), (e.GetProperty("type").GetString(), e.GetProperty("version").GetInt32())));
    }

    /// <summary>As it stands in the file.</summary>
    private static async Task EverythingIsThereOnceAsync(KilledServer server, IReadOnlyList<string> expected)
    {
        int count = expected.Count;
        IReadOnlyList<byte[]> ids = await server.ReadAsync<byte[]>("SELECT Id FROM Orders");
        Assert.Equal(expected, ids.Select(id => TypeId.Encode(IdPrefix.Order, new Guid(id, bigEndian: true))).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, count).Select(n => n.ToString("000000", CultureInfo.InvariantCulture)), await server.ReadAsync<string>("SELECT substr(Number, -6) FROM Orders ORDER BY Number"));
        Assert.Equal([(long)count], await server.ReadAsync<long>("SELECT Value FROM Counters"));
        IReadOnlyList<long> positions = await server.ReadAsync<long>("SELECT Position FROM Events ORDER BY Position");
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(n => (long)n), positions);
        Assert.Equal([(long)positions.Count], await server.ReadAsync<long>("SELECT Position FROM LogHead"));
        Assert.Equal(count, await server.CountAsync("Events WHERE SubjectKind = 'order' AND SubjectId IN (SELECT Id FROM Orders)"));
        Assert.Equal(positions.Count, await server.CountAsync("(SELECT DISTINCT Position FROM EventParties)"));
        Assert.Equal(count, await server.CountAsync("Calls"));
        Assert.Equal(count, await server.CountAsync("Calls WHERE SubjectId IN (SELECT Id FROM Orders)"));
        Assert.Equal(count, await server.CountAsync("(SELECT DISTINCT OrderId FROM OrderUsers)"));
        Assert.Equal(count * 2, await server.CountAsync("TermsAcceptances"));
        await server.IsSoundAsync();
    }

    private static async Task OrderUntilKilledAsync(
        KilledServer server, Func<string, object> input, string writer, ConcurrentDictionary<string, string> acknowledged, ConcurrentBag<string> unanswered)
    {
        for (int n = 0; ; n++)
        {
            string key = $"{writer}-{n}";
            try
            {
                Keep(acknowledged, key, await DemoOrders.PlaceAsync(server, input, key));
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                unanswered.Add(key);
                return;
            }
        }
    }

    private static void Keep(ConcurrentDictionary<string, string> acknowledged, string key, string order) => Assert.True(acknowledged.TryAdd(key, order), key);
}
