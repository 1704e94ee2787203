using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Ordering;

/// <summary>A reader that takes its events too slowly, over a network that holds little.</summary>
public sealed class SlowReaderTests
{
    private const int Orders = 12;
    private const int Buffer = 4 * 1024;

    // Some 60,000 characters for each rejection.
    private static readonly string Follow =
        $"subscription($after: Cursor) {{ orderStatusChanged(after: $after) {{ cursor version order {{ id }} {string.Concat(Enumerable.Range(0, 29).Select(i => $"n{i}: note "))} }} }}";

    [Fact]
    [Trait("attack", "S14")]
    public async Task Who_reads_too_slowly_is_cut_off_with_a_code_and_goes_on_after_its_last_event()
    {
        await using TradeHost market = await TradeHost.StartAsync(
            settings: new Dictionary<string, string> { ["Limits:SocketQueue"] = "1", ["Limits:SlowReaderSeconds"] = "0.3" },
            services: services => services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = SmallListener));
        string begin = (await market.RunAsync("OrderEventsHead", client: SmallMarket.Aachen)).Data.At("orderEvents", "head").GetString()!;
        for (int i = 0; i < Orders; i++)
        {
            string id = (await market.PlaceAsync(SmallMarket.Free, SmallMarket.Aachen)).GetProperty("id").GetString()!;
            await market.RunAsync("RejectOrder", new { input = new { orderId = id, expectedVersion = 1, reason = new string('x', 2_000), idempotencyKey = market.NewKey() } }, SmallMarket.Govdigital);
        }
        string[] expected = [.. (await market.RunAsync("OrderEvents", new { first = 100 }, SmallMarket.Aachen)).Data.At("orderEvents", "nodes").EnumerateArray().Select(CursorOf)];
        Assert.Equal(2 * Orders, expected.Length);
        string token = await market.TokenAsync(SmallMarket.Aachen);

        using ClientWebSocket slow = await SubscribeAsync(market.Host.Address, token, begin);
        await Task.Delay(TimeSpan.FromSeconds(3));
        List<string> seen = await ReadToEndAsync(slow);
        Assert.Equal(1013, (int)slow.CloseStatus!);
        Assert.InRange(seen.Count, 1, expected.Length - 1);

        await using OrderSocket again = await OrderSocket.SubscribeAsync(market.Host.Address, token, Follow, new { after = seen[^1] });
        while (seen.Count < expected.Length) seen.Add(CursorOf(await again.NextAsync()));
        Assert.Equal(expected, seen);
    }

    private static string CursorOf(JsonElement change) => change.GetProperty("cursor").GetString()!;

    private static Socket SmallListener(EndPoint endPoint)
    {
        Socket listener = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        listener.SendBufferSize = Buffer;
        return listener;
    }

    /// <summary>Subscribes and reads no further than the acknowledgement.</summary>
    private static async Task<ClientWebSocket> SubscribeAsync(Uri server, string token, string after)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                var connection = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = Buffer };
                await connection.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        });
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/graphql" }.Uri, invoker, CancellationToken.None);
        await SendAsync(new { type = "connection_init", payload = new { accessToken = token } });
        await socket.ReceiveAsync(new byte[64], CancellationToken.None);
        await SendAsync(new { id = "1", type = "subscribe", payload = new { query = Follow, variables = new { after } } });
        return socket;

        Task SendAsync(object message) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    /// <summary>The cursors of all events until the server closes.</summary>
    private static async Task<List<string>> ReadToEndAsync(ClientWebSocket socket)
    {
        var seen = new List<string>();
        byte[] part = new byte[4096];
        using var message = new MemoryStream();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await socket.ReceiveAsync(part, limit.Token) is { MessageType: not WebSocketMessageType.Close } received)
        {
            message.Write(part, 0, received.Count);
            if (!received.EndOfMessage) continue;
            JsonElement json = JsonDocument.Parse(message.ToArray()).RootElement;
            message.SetLength(0);
            if (json.GetProperty("type").GetString() == "next") seen.Add(CursorOf(json.GetProperty("payload").GetProperty("data").GetProperty("orderStatusChanged")));
        }
        return seen;
    }
}
