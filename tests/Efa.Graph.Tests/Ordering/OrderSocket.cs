using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Efa.Graph.Tests.Ordering;

/// <summary>A client of the socket protocol graphql-transport-ws with one subscription.</summary>
internal sealed class OrderSocket : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();

    // Read all the time: a read that is given up would break the connection.
    private readonly Channel<JsonElement> messages = Channel.CreateUnbounded<JsonElement>();
    private Task reading = Task.CompletedTask;

    public static async Task<OrderSocket> SubscribeAsync(Uri server, string token, string query, object? variables)
    {
        var client = new OrderSocket();
        client.socket.Options.AddSubProtocol("graphql-transport-ws");
        var address = new UriBuilder(server) { Scheme = "ws", Path = "/graphql" };
        await client.socket.ConnectAsync(address.Uri, CancellationToken.None);
        client.reading = client.ReadAllAsync();
        await client.SendAsync(new { type = "connection_init", payload = new { authorization = "Bearer " + token } });
        Assert.Equal("connection_ack", (await client.MessageAsync(Longest))?.GetProperty("type").GetString());
        await client.SendAsync(new { id = "1", type = "subscribe", payload = new { query, variables } });
        return client;
    }

    /// <summary>Whether neither side has closed the connection.</summary>
    public bool IsOpen => !reading.IsCompleted;

    /// <summary>The next event of the subscription.</summary>
    public async Task<JsonElement> NextAsync()
    {
        JsonElement message = await MessageAsync(Longest) ?? throw new TimeoutException("No event came.");
        Assert.True(message.GetProperty("type").GetString() == "next" && !message.GetProperty("payload").TryGetProperty("errors", out _), message.ToString());
        return message.GetProperty("payload").GetProperty("data").GetProperty("orderStatusChanged");
    }

    /// <summary>The next message but pings; null where none comes in time, or the server has closed the connection.</summary>
    public async Task<JsonElement?> MessageAsync(TimeSpan longest)
    {
        using var limit = new CancellationTokenSource(longest);
        try
        {
            return await messages.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ChannelClosedException closed) when (closed.InnerException is null)
        {
            return null;
        }
    }

    /// <summary>By which code the server closes the connection, once it does.</summary>
    public async Task<int?> CloseCodeAsync()
    {
        await reading.WaitAsync(Longest);
        return (int?)socket.CloseStatus;
    }

    /// <summary>Breaks the connection without a word.</summary>
    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private Task SendAsync(object message) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task ReadAllAsync()
    {
        byte[] buffer = new byte[4096];
        using var text = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) break;
                text.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                JsonElement message = JsonDocument.Parse(text.ToArray()).RootElement;
                text.SetLength(0);
                if (message.GetProperty("type").GetString() == "ping") await SendAsync(new { type = "pong" });
                else messages.Writer.TryWrite(message);
            }
            messages.Writer.Complete();
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            messages.Writer.Complete(broken);
        }
    }
}
