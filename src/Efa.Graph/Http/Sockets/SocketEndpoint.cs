using System.Net.WebSockets;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Http.Sockets;

/// <summary>Accepts sockets of the protocol <c>graphql-transport-ws</c>, and of no other.</summary>
internal sealed class SocketEndpoint(
    DocumentExecution execution, RequestJson requestJson, AnswerJson answerJson, HttpAnswers answers, OpenStreams open,
    SocketAuthentication authentication, AllowedOrigins origins, IServiceScopeFactory scopes, RateLimits rates, Limits limits)
{
    private const string Protocol = "graphql-transport-ws";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            using StreamPlace place = Admit(context);
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(Protocol);
            using var outbox = new SocketOutbox(socket, limits);
            var operations = new SocketOperations(execution, answerJson, outbox, scopes, signedIn => rates.Of(context, signedIn), limits);
            await new SocketSession(socket, context, place, operations, outbox, requestJson, authentication, limits).RunAsync(open.Stopping);
        }
        catch (RequestError refusal) when (!context.Response.HasStarted)
        {
            await answers.WriteAsync(context, refusal, new Accepted(Accepted.PlainJson, false, false));
        }
    }

    private StreamPlace Admit(HttpContext context)
    {
        if (!origins.AllowsSocket(context.Request)) throw new RequestError(RequestErrors.Forbidden, "Pages of this origin may not open sockets here.");
        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol)) throw new RequestError(RequestErrors.MalformedRequest, $"The protocol of sockets is {Protocol}.");
        return open.Take(context);
    }
}
