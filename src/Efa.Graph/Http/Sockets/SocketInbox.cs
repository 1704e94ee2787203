using System.Buffers;
using System.Net.WebSockets;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Http.Sockets;

/// <summary>Reads whole messages from a socket, within size, time and number.</summary>
internal sealed class SocketInbox(WebSocket socket, Limits limits)
{
    private const int Burst = 3;

    private double allowance = limits.SocketMessagesPerSecond * Burst;
    private long allowedAt = Environment.TickCount64;

    /// <summary>The next message; null when the client closed or is gone, or has broken a rule, which the outbox then tells.</summary>
    public async Task<ReadOnlyMemory<byte>?> NextAsync(SocketOutbox outbox, CancellationToken cancellationToken)
    {
        byte[] part = ArrayPool<byte>.Shared.Rent(4096);
        CancellationTokenSource? limited = null;
        try
        {
            var message = new ArrayBufferWriter<byte>();
            while (true)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(part.AsMemory(), limited?.Token ?? cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close) return null;
                if (received.MessageType == WebSocketMessageType.Binary) return Refuse(outbox, SocketCloseCode.BinaryMessage, "Messages are text.");
                if (message.WrittenCount + received.Count > limits.SocketMessageBytes) return Refuse(outbox, SocketCloseCode.TooLarge, $"A message has at most {limits.SocketMessageBytes} bytes.");
                message.Write(part.AsSpan(0, received.Count));
                if (received.EndOfMessage) return IsFlood() ? Refuse(outbox, SocketCloseCode.TooManyRequests, "Too many messages in too short a time.") : message.WrittenMemory;
                if (limited is null)
                {
                    limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    limited.CancelAfter(TimeSpan.FromSeconds(limits.SocketInitSeconds));
                }
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            limited?.Dispose();
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    /// <summary>Reads on without looking until the client has answered the closing, so that its last word is not a broken connection.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        byte[] part = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
                if ((await socket.ReceiveAsync(part.AsMemory(), cancellationToken)).MessageType == WebSocketMessageType.Close) return;
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(part);
        }
    }

    private static ReadOnlyMemory<byte>? Refuse(SocketOutbox outbox, SocketCloseCode code, string reason)
    {
        outbox.Close(code, reason);
        return null;
    }

    private bool IsFlood()
    {
        long now = Environment.TickCount64;
        allowance = Math.Min(limits.SocketMessagesPerSecond * Burst, allowance + (now - allowedAt) * limits.SocketMessagesPerSecond / 1000.0);
        allowedAt = now;
        return --allowance < 0;
    }
}
