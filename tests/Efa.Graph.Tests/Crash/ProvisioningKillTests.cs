using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering.Brokers;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed while it takes orders and has them provisioned: each acknowledged order is there once and has one instance at the broker, and no instance is there without an order.</summary>
public sealed class ProvisioningKillTests
{
    private const int Writers = 3;

    // What a killed server had begun is taken up when its lease has run out.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static readonly string[] Steps = ["order.placed", "order.accepted", "order.provisioning", "order.activated"];

    [Fact]
    public async Task Each_accepted_order_is_provisioned_once_and_nothing_else_is()
    {
        // The answers take their time, so that servers die between a request and its answer.
        await using BrokerHost broker = await BrokerHost.StartAsync(answersAfter: () => TimeSpan.FromMilliseconds(Random.Shared.Next(100)));
        await using var server = new KilledServer();
        var accepted = new ConcurrentDictionary<string, string>();
        await server.StartAsync();
        await server.AuthoriseAsync(DemoOrders.Municipality);
        Func<string, object> input = await DemoOrders.InputAsync(server, DemoOrders.Automatic);
        await SetBrokerAsync(server, broker.Url);

        for (int kill = 0; kill < KilledServer.Kills; kill++)
        {
            var unanswered = new ConcurrentBag<string>();
            Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => OrderUntilKilledAsync(server, input, $"{kill}-{writer}", accepted, unanswered)))];
            await Task.Delay(200 + Random.Shared.Next(1_500));
            await server.KillAsync();
            await Task.WhenAll(writers);
            Assert.Equal(Writers, unanswered.Count);

            await server.StartAsync();
            await server.AuthoriseAsync(DemoOrders.Municipality);
            // What was not answered is asked again: it was done or it was not, and now it is there once.
            foreach (string key in unanswered) Keep(accepted, key, await OrderAsync(server, input, key));
            Assert.Empty(broker.Instances.All.Keys.Except(InstancesOf(await AcceptedAsync(server))));
        }
        await EndAsync(server);

        await EverythingIsThereOnceAsync(server, [.. accepted.Values.Order(StringComparer.Ordinal)], broker);
        Figures.Say($"{KilledServer.Kills} kills while orders are provisioned: {accepted.Count} accepted, each with one instance at the broker");
    }

    private static async Task EverythingIsThereOnceAsync(KilledServer server, IReadOnlyList<string> expected, BrokerHost broker)
    {
        Assert.InRange(expected.Count, KilledServer.Kills * Writers, int.MaxValue);
        Assert.Equal(expected, (await DemoOrders.PagesAsync(server, "Orders", "orders")).Select(o => o.GetProperty("id").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(InstancesOf(expected).Order(StringComparer.Ordinal), broker.Instances.All.Keys.Order(StringComparer.Ordinal));
        Assert.All(broker.Instances.Made, made => Assert.Equal(1, made.Value));

        Assert.Equal(expected.Count, await server.CountAsync("Orders WHERE State = 'Active'"));
        Assert.Equal(expected.Count, await server.CountAsync("Provisionings WHERE State = 'Succeeded'"));
        Assert.Equal(expected.Count, await server.CountAsync("Receipts"));
        foreach (string step in Steps) Assert.Equal(expected.Count, await server.CountAsync($"(SELECT DISTINCT SubjectId FROM Events WHERE Type = '{step}')"));
        Assert.Equal(expected.Count * Steps.Length, await server.CountAsync("Events WHERE SubjectKind = 'order'"));
        Assert.Equal(expected.Count * Steps.Length, await server.CountAsync("AuditEntries WHERE SubjectKind = 'order'"));
        await server.IsSoundAsync();
    }

    private static async Task SetBrokerAsync(KilledServer server, string url)
    {
        string supplier = (await server.AskAsync("query($slug: String!) { offer(by: { slug: $slug }) { supplier { id } } }", new { slug = DemoOrders.Automatic }))
            .GetProperty("offer").GetProperty("supplier").GetProperty("id").GetString()!;
        object set = new { supplierId = supplier, url, username = Efa.Samples.Broker.BrokerApp.Username, password = Efa.Samples.Broker.BrokerApp.Password, idempotencyKey = "broker" };
        IsDone(await server.AskAsync(Repository.Operation("SetServiceBroker"), new { input = set }, clientId: "demo-supplier"));
    }

    private static async Task OrderUntilKilledAsync(
        KilledServer server, Func<string, object> input, string writer, ConcurrentDictionary<string, string> accepted, ConcurrentBag<string> unanswered)
    {
        for (int n = 0; ; n++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{writer}-{n}");
            try
            {
                Keep(accepted, key, await OrderAsync(server, input, key));
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                unanswered.Add(key);
                return;
            }
        }
    }

    /// <summary>Places an order and has the seller accept it.</summary>
    private static async Task<string> OrderAsync(KilledServer server, Func<string, object> input, string key)
    {
        string order = await DemoOrders.PlaceAsync(server, input, key);
        IsDone(await server.AskAsync(Repository.Operation("AcceptOrder"), new { input = new { orderId = order, expectedVersion = 1, idempotencyKey = $"accept-{key}" } }, clientId: "demo-seller"));
        return order;
    }

    private static async Task<IEnumerable<string>> AcceptedAsync(KilledServer server) =>
        (await server.ReadAsync<byte[]>("SELECT OrderId FROM Provisionings")).Select(id => TypeId.Encode(IdPrefix.Order, new Guid(id, bigEndian: true)));

    private static async Task EndAsync(KilledServer server)
    {
        using var limit = new CancellationTokenSource(Longest);
        const string waiting = "{ orders(filter: { states: [PLACED, ACCEPTED, PROVISIONING] }, first: 1) { totalCount } }";
        while ((await server.AskAsync(waiting, new { }, limit.Token)).GetProperty("orders").GetProperty("totalCount").GetInt32() > 0) await Task.Delay(500, limit.Token);
    }

    private static IEnumerable<string> InstancesOf(IEnumerable<string> orders) =>
        orders.Select(order => TypeId.TryDecode(order, IdPrefix.Order, out Guid id) ? id.ToString("D", CultureInfo.InvariantCulture) : throw new ArgumentException(order, nameof(orders)));

    private static void IsDone(JsonElement data) => Assert.Equal("[]", data.EnumerateObject().Single().Value.GetProperty("errors").GetRawText());

    private static void Keep(ConcurrentDictionary<string, string> accepted, string key, string order) => Assert.True(accepted.TryAdd(key, order), key);
}
