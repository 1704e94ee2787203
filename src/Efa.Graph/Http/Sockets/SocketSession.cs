using System.Net.WebSockets;
using System.Text.Json;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using Efa.Marketplace;

namespace Efa.Graph.Http.Sockets;

/// <summary>One socket that speaks <c>graphql-transport-ws</c>, from its first message to its closing.</summary>
internal sealed class SocketSession(
    WebSocket socket, HttpContext context, StreamPlace place, SocketOperations operations, SocketOutbox outbox, RequestJson json, SocketAuthentication authentication, Limits limits)
{
    private const int LongestId = 128;

    private readonly SocketInbox inbox = new(socket, limits);
    private readonly Language language = AcceptLanguage.Of(context.Request);
    private readonly TaskCompletionSource initialised = new();
    private SignedIn? signedIn;
    private long heardAt = Environment.TickCount64;

    public async Task RunAsync(CancellationToken stopping)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task sending = outbox.RunAsync();
        Task watching = WatchAsync(over.Token);
        await using (stopping.Register(() => _ = RestartAsync()))
        {
            await ReceiveAsync(context.RequestAborted);
            await over.CancelAsync();
            await operations.StopAllAsync();
        }
        if (!outbox.IsClosing) outbox.Close(SocketCloseCode.Normal, "");
        await sending;
        await inbox.DrainAsync(context.RequestAborted);
        await watching;
    }

    /// <summary>What has one answer still gets it; a subscription goes on elsewhere.</summary>
    private async Task RestartAsync()
    {
        await operations.AnsweredAsync();
        outbox.Close(SocketCloseCode.Restart, "The server restarts; connect again and resume.");
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (!outbox.IsClosing && await inbox.NextAsync(outbox, cancellationToken) is { } message)
        {
            heardAt = Environment.TickCount64;
            try
            {
                using JsonDocument document = RequestJson.Parse(message);
                await HandleAsync(document.RootElement, cancellationToken);
            }
            catch (RequestError refusal) when (refusal.Kind == RequestErrors.Unavailable)
            {
                outbox.Close(SocketCloseCode.TryLater, refusal.Message);
            }
            catch (RequestError refusal)
            {
                outbox.Close(SocketCloseCode.Malformed, refusal.Message);
            }
        }
    }

    private async Task HandleAsync(JsonElement message, CancellationToken cancellationToken)
    {
        string? type = message.ValueKind == JsonValueKind.Object ? Text(message, "type") : null;
        switch (type)
        {
            case "connection_init" when signedIn is not null:
                outbox.Close(SocketCloseCode.TooManyRequests, "Too many initialisation requests");
                break;
            case "connection_init":
                await InitialiseAsync(Payload(message), cancellationToken);
                break;
            case "ping":
                await outbox.SendAsync(SocketMessages.Pong);
                break;
            case "pong":
                break;
            case "subscribe" when signedIn is null:
                outbox.Close(SocketCloseCode.NotInitialised, "Unauthorized");
                break;
            case "subscribe":
                await SubscribeAsync(IdOf(message), Payload(message) ?? throw Malformed("'subscribe' needs a payload."));
                break;
            case "complete":
                operations.Stop(IdOf(message));
                break;
            default:
                throw Malformed("The type of the message is unknown.");
        }
    }

    private async Task InitialiseAsync(JsonElement? payload, CancellationToken cancellationToken)
    {
        SignedIn? accepted = TokenOf(payload) is { } token
            ? await authentication.CheckAsync(context, token, cancellationToken)
            : SignedIn.Of(context);
        if (accepted is null)
        {
            outbox.Close(SocketCloseCode.Forbidden, "The access token is not accepted.");
            return;
        }
        if (!place.MoveTo(context, accepted))
        {
            outbox.Close(SocketCloseCode.TooManySockets, $"A client has at most {limits.StreamsPerClient} streams.");
            return;
        }
        signedIn = accepted;
        initialised.TrySetResult();
        await outbox.SendAsync(SocketMessages.Acknowledged);
    }

    private async Task SubscribeAsync(string id, JsonElement payload)
    {
        DocumentRequest request = json.Read(payload);
        if (signedIn!.Now() is null) outbox.Close(SocketCloseCode.Forbidden, "Access has been withdrawn or has run out.");
        else if (!await operations.StartAsync(id, request, signedIn, language))
            outbox.Close(SocketCloseCode.IdInUse, $"Subscriber for {id} already exists");
    }

    /// <summary>Watches over time: initialisation, withdrawn access, idleness, and a ping so that both sides know the other is there.</summary>
    private async Task WatchAsync(CancellationToken over)
    {
        try
        {
            await Task.WhenAny(initialised.Task, Task.Delay(TimeSpan.FromSeconds(limits.SocketInitSeconds), over));
            over.ThrowIfCancellationRequested();
            if (signedIn is null)
            {
                outbox.Close(SocketCloseCode.InitTimeout, "Connection initialisation timeout");
                return;
            }
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(limits.PingSeconds));
            while (await timer.WaitForNextTickAsync(over))
            {
                if (signedIn.Now() is null) outbox.Close(SocketCloseCode.Forbidden, "Access has been withdrawn or has run out.");
                else if (operations.None && Environment.TickCount64 - heardAt > limits.SocketIdleSeconds * 1000) outbox.Close(SocketCloseCode.Idle, "Nothing was asked for a long time.");
                else await outbox.SendAsync(SocketMessages.Ping(operations.Positions));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static string? TokenOf(JsonElement? payload)
    {
        if (payload is not { } members) return null;
        if (Text(members, "accessToken") is { } token) return token;
        string? header = Text(members, "Authorization") ?? Text(members, "authorization");
        return header is null ? null : header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : header;
    }

    private static JsonElement? Payload(JsonElement message)
    {
        if (!message.TryGetProperty("payload", out JsonElement payload) || payload.ValueKind == JsonValueKind.Null) return null;
        return payload.ValueKind == JsonValueKind.Object ? payload : throw Malformed("A payload is an object.");
    }

    private static string IdOf(JsonElement message) =>
        Text(message, "id") is { Length: > 0 and <= LongestId } id ? id : throw Malformed($"The message needs an id of 1 to {LongestId} characters.");

    private static string? Text(JsonElement json, string name) => RequestJson.Text(json, name);

    private static RequestError Malformed(string message) => new(RequestErrors.MalformedRequest, message);
}
