using System.Net.WebSockets;
using System.Text.Json;

namespace Efa.Graph.Tests.Ordering;

/// <summary>A client of the socket protocol graphql-transport-ws with one subscription.</summary>
internal sealed class OrderSocket : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket socket = new();

    public static async Task<OrderSocket> SubscribeAsync(Uri server, string token, string query, object? variables)
    {
        var client = new OrderSocket();
        client.socket.Options.AddSubProtocol("graphql-transport-ws");
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/graphql" };
        await client.socket.ConnectAsync(address.Uri, CancellationToken.None);
        await client.SendAsync(new { type = "connection_init", payload = new { authorization = "Bearer " + token } });
        Assert.Equal("connection_ack", (await client.ReadAsync(Longest))!.Value.GetProperty("type").GetString());
        await client.SendAsync(new { id = "1", type = "subscribe", payload = new { query, variables } });
        return client;
    }

    /// <summary>The next event of the subscription.</summary>
    public async Task<JsonElement> NextAsync()
    {
        JsonElement message = (await MessageAsync(Longest))!.Value;
        Assert.True(message.GetProperty("type").GetString() == "next" && !message.GetProperty("payload").TryGetProperty("errors", out _), message.ToString());
        return message.GetProperty("payload").GetProperty("data").GetProperty("orderStatusChanged");
    }

    /// <summary>The next message but pings; null where none comes in time.</summary>
    public async Task<JsonElement?> MessageAsync(TimeSpan longest)
    {
        while (await ReadAsync(longest) is { } message)
        {
            if (message.GetProperty("type").GetString() != "ping") return message;
            await SendAsync(new { type = "pong" });
        }
        return null;
    }

    /// <summary>Breaks the connection without a word.</summary>
    public ValueTask DisposeAsync()
    {
        socket.Abort();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task SendAsync(object message) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<JsonElement?> ReadAsync(TimeSpan longest)
    {
        using var limit = new CancellationTokenSource(longest);
        using var text = new MemoryStream();
        byte[] buffer = new byte[4096];
        try
        {
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, limit.Token);
                Assert.True(part.MessageType == WebSocketMessageType.Text, $"{part.CloseStatus} {part.CloseStatusDescription}");
                text.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        return JsonDocument.Parse(text.ToArray()).RootElement;
    }
}
