using System.Net.WebSockets;
using System.Threading.Channels;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Http.Sockets;

/// <summary>What waits to be sent on a socket: bounded, so that a client that stops reading costs no memory and is cut off.</summary>
internal sealed class SocketOutbox(WebSocket socket, Limits limits) : IDisposable
{
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(2);

    // Who does not read learns why it was closed once it reads again.
    private static readonly TimeSpan SlowReaderWithin = TimeSpan.FromSeconds(30);

    private readonly Channel<byte[]> queue = Channel.CreateBounded<byte[]>(limits.SocketQueue);
    private readonly TaskCompletionSource<(SocketCloseCode Code, string Reason)> closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource abort = new();

    private CancellationTokenRegistration aborting;

    public bool IsClosing => closing.Task.IsCompleted;

    /// <summary>False where the socket closes: nothing more will be sent.</summary>
    public async ValueTask<bool> SendAsync(byte[] message)
    {
        if (queue.Writer.TryWrite(message)) return true;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(limits.SlowReaderSeconds));
        try
        {
            await queue.Writer.WriteAsync(message, patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            Close(SocketCloseCode.SlowReader, "You read too slowly; resume with your last cursor.", SlowReaderWithin);
            // It comes again after the resumption; here it would only keep the client from what it is told.
            while (queue.Reader.TryRead(out _))
            {
            }
        }
        catch (ChannelClosedException)
        {
        }
        return false;
    }

    /// <summary>Closes once what waits was sent; a client that takes nothing, or does not answer, is left after two seconds.</summary>
    public void Close(SocketCloseCode code, string reason) => Close(code, reason, CloseWithin);

    private void Close(SocketCloseCode code, string reason, TimeSpan within)
    {
        if (!closing.TrySetResult((code, reason))) return;
        queue.Writer.TryComplete();
        aborting = abort.Token.Register(socket.Abort);
        abort.CancelAfter(within);
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
