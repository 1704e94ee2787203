using Efa.Graph.Engine;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Http.Sockets;
using GraphQL;

namespace Efa.Graph.Http;

/// <summary>GraphQL at one address: by POST and GET, as server-sent events and as a socket.</summary>
internal sealed class GraphQLEndpoint(DocumentExecution execution, RequestReading reading, HttpAnswers answers, EventStreams streams, SocketEndpoint sockets, RateLimits rates)
{
    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.Vary = "Accept, Accept-Language, Authorization";
        string method = context.Request.Method;
        if (HttpMethods.IsOptions(method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            context.Response.Headers.Allow = "GET, POST";
        }
        else if (context.WebSockets.IsWebSocketRequest) await sockets.HandleAsync(context);
        else await AnswerAsync(context, Accepted.Of(context.Request), HttpMethods.IsGet(method), HttpMethods.IsPost(method));
    }

    private async Task AnswerAsync(HttpContext context, Accepted accepted, bool isGet, bool isPost)
    {
        try
        {
            if (!isGet && !isPost) throw Refusal("Use GET or POST.", StatusCodes.Status405MethodNotAllowed);
            if (accepted.Nothing) throw Refusal($"Answers are {Accepted.ResponseJson}, {Accepted.PlainJson} or {Accepted.EventStream}.", StatusCodes.Status406NotAcceptable);

            DocumentRequest request = await reading.ReadAsync(context);
            SignedIn signedIn = SignedIn.Of(context);
            var requestContext = new RequestContext(signedIn.Caller, AcceptLanguage.Of(context.Request), context.RequestServices)
            {
                CallerNow = signedIn.Now,
                Allowance = rates.Of(context, signedIn),
                IsShared = isGet && request.DocumentId is not null && signedIn.Caller.IsAnonymous,
                ResumeAfter = context.Request.Headers["Last-Event-ID"].FirstOrDefault(),
            };
            OperationKinds allowed = OperationKinds.Query
                | (isPost ? OperationKinds.Mutation : 0)
                | (accepted.Stream ? OperationKinds.Subscription : 0);
            ExecutionResult result = await execution.ExecuteAsync(request, requestContext, allowed, context.RequestAborted);

            if (result is SubscriptionAnswer subscription) await streams.WriteAsync(context, subscription, requestContext);
            else if (accepted.StreamFirst && !IsAboutHttp(result)) await streams.WriteAsync(context, result);
            else await answers.WriteAsync(context, result, accepted, requestContext.IsShared);
        }
        catch (RequestError refusal)
        {
            await answers.WriteAsync(context, refusal, accepted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
    }

    private static bool IsAboutHttp(ExecutionResult result) => !result.Executed && result.Errors?.FirstOrDefault() is RequestError { HttpStatus: not null };

    private static RequestError Refusal(string message, int status) => new(RequestErrors.MalformedRequest, message) { HttpStatus = status };
}
