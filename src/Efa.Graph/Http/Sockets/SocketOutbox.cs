using System.Net.WebSockets;
using System.Threading.Channels;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Http.Sockets;

/// <summary>What waits to be sent on a socket: bounded, so that a client that stops reading costs no memory and is cut off.</summary>
internal sealed class SocketOutbox(WebSocket socket, Limits limits) : IDisposable
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    private readonly Channel<byte[]> queue = Channel.CreateBounded<byte[]>(limits.SocketQueue);
    private readonly TaskCompletionSource<(SocketCloseCode Code, string Reason)> closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource abort = new();

    private CancellationTokenRegistration aborting;

    public bool IsClosing => closing.Task.IsCompleted;

    public async ValueTask SendAsync(byte[] message)
    {
        if (queue.Writer.TryWrite(message)) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(limits.SlowReaderSeconds));
        try
        {
            await queue.Writer.WriteAsync(message, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Close(SocketCloseCode.SlowReader, "You read too slowly; resume with your last cursor.");
        }
        catch (ChannelClosedException)
        {
        }
    }

    /// <summary>Closes once what waits was sent; a client that takes nothing, or does not answer, is left after two seconds.</summary>
    public void Close(SocketCloseCode code, string reason)
    {
        if (!closing.TrySetResult((code, reason))) return;
        queue.Writer.TryComplete();
        aborting = abort.Token.Register(socket.Abort);
        abort.CancelAfter(CloseWithin);
    }

    /// <summary>Sends until the outbox is closed, and says so to the client.</summary>
    public async Task RunAsync()
    {
        try
        {
            await foreach (byte[] message in queue.Reader.ReadAllAsync(abort.Token))
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, abort.Token);
            (SocketCloseCode code, string reason) = await closing.Task;
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, reason, abort.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            closing.TrySetResult((SocketCloseCode.Normal, ""));
            queue.Writer.TryComplete();
            socket.Abort();
        }
    }

    public void Dispose()
    {
        aborting.Dispose();
        abort.Dispose();
    }
}
