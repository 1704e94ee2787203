using System.Net.WebSockets;
using System.Text;

namespace Efa.Graph.Tests.Engine;

/// <summary>A client that speaks <c>graphql-transport-ws</c> word by word.</summary>
internal sealed class ToyshopSocket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket socket = new();

    public static async Task<ToyshopSocket> OpenAsync(ToyshopHost host, string protocol = "graphql-transport-ws", params (string Name, string Value)[] headers)
    {
        var opened = new ToyshopSocket();
        opened.socket.Options.AddSubProtocol(protocol);
        opened.socket.Options.CollectHttpResponseDetails = true;
        foreach ((string name, string value) in headers) opened.socket.Options.SetRequestHeader(name, value);
        try
        {
            await opened.socket.ConnectAsync(host.Socket, default).WaitAsync(Patience);
        }
        catch (WebSocketException)
        {
            // What the server said instead is in Refused.
        }
        return opened;
    }

    /// <summary>Opened and acknowledged.</summary>
    public static async Task<ToyshopSocket> ReadyAsync(ToyshopHost host, string payload = "{}", params (string Name, string Value)[] headers)
    {
        ToyshopSocket socket = await OpenAsync(host, headers: headers);
        await socket.SendAsync($$"""{"type":"connection_init","payload":{{payload}}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await socket.NextAsync());
        return socket;
    }

    /// <summary>The status with which the server refused to open.</summary>
    public int Refused => (int)socket.HttpStatusCode;

    public Task SendAsync(string message, bool end = true) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, end, default);

    /// <summary>The next message.</summary>
    public async Task<string> NextAsync()
    {
        var message = new MemoryStream();
        byte[] part = new byte[4096];
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(part, default).WaitAsync(Patience);
            if (received.MessageType == WebSocketMessageType.Close) return "closed " + (int)socket.CloseStatus!;
            message.Write(part, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return Encoding.UTF8.GetString(message.ToArray());
    }

    /// <summary>The code with which the server closes, whatever it sends before.</summary>
    public async Task<int> ClosedAsync()
    {
        while (true)
            if (await NextAsync() is { } message && message.StartsWith("closed ", StringComparison.Ordinal))
                return int.Parse(message["closed ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task CloseAsync() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).WaitAsync(Patience);

    public void Abort() => socket.Abort();

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
