using System.Text;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Documents;
using GraphQL;

namespace Efa.Graph.Http;

/// <summary>Server-sent events, one operation to a request: the protocol graphql-sse in its distinct connections mode.</summary>
internal sealed class EventStreams(AnswerJson json, OpenStreams open, Limits limits)
{
    private static readonly byte[] Complete = "event: complete\ndata:\n\n"u8.ToArray();
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    /// <summary>A single answer as a stream of one.</summary>
    public async Task WriteAsync(HttpContext context, ExecutionResult result)
    {
        await BeginAsync(context);
        await SendAsync(context, result, null);
        await context.Response.Body.WriteAsync(Complete, context.RequestAborted);
    }

    public async Task WriteAsync(HttpContext context, SubscriptionAnswer subscription, RequestContext request)
    {
        using StreamPlace place = open.Take(context);
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, open.Stopping);
        try
        {
            await BeginAsync(context);
            await context.Response.Body.WriteAsync(Comment, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await PumpAsync(context, subscription, request, ended.Token);
            await context.Response.Body.WriteAsync(Complete, context.RequestAborted);
        }
        // Without "complete" the client knows that there is more, and comes back with the last id.
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
    }

    private async Task PumpAsync(HttpContext context, SubscriptionAnswer subscription, RequestContext request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<EventAnswer> events = subscription.Events.GetAsyncEnumerator(left.Token);
        Task<bool> next = events.MoveNextAsync().AsTask();
        ExecutionResult? last = null;
        try
        {
            while (true)
            {
                using (CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
                {
                    Task first = await Task.WhenAny(next, Task.Delay(TimeSpan.FromSeconds(limits.CommentSeconds), silence.Token));
                    await silence.CancelAsync();
                    if (first != next)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (request.CallerNow() is null)
                        {
                            await SendAsync(context, new ExecutionResult(EventStrategy.AccessEnded()), null);
                            return;
                        }
                        await KeepAliveAsync(context, request.Position);
                        continue;
                    }
                }
                if (!await next)
                {
                    // A source may see before anybody else that its caller has no access any more.
                    if (request.CallerNow() is null && last?.Errors is not { Count: > 0 }) await SendAsync(context, new ExecutionResult(EventStrategy.AccessEnded()), null);
                    return;
                }
                last = events.Current.Result;
                await SendAsync(context, last, events.Current.Position);
                next = events.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // The sequence cannot be left while it is still moving.
            await left.CancelAsync();
            await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private static Task BeginAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.ContentType = Accepted.EventStream + "; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        return response.StartAsync(context.RequestAborted);
    }

    // Who writes is not cancelled by a server that stops: the connection would be reset, and what was sent before could be lost.
    private async Task SendAsync(HttpContext context, ExecutionResult result, string? position)
    {
        (Stream body, CancellationToken cancellationToken) = (context.Response.Body, context.RequestAborted);
        await body.WriteAsync(Encoding.ASCII.GetBytes(position is null ? "event: next\ndata: " : $"id: {position}\nevent: next\ndata: "), cancellationToken);
        await body.WriteAsync(json.Write(result), cancellationToken);
        await body.WriteAsync("\n\n"u8.ToArray(), cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    /// <summary>Who sees no event must not fall behind either: the position goes with the comment.</summary>
    private static async Task KeepAliveAsync(HttpContext context, string? position)
    {
        (Stream body, CancellationToken cancellationToken) = (context.Response.Body, context.RequestAborted);
        if (position is not null) await body.WriteAsync(Encoding.ASCII.GetBytes($"id: {position}\n"), cancellationToken);
        await body.WriteAsync(Comment, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }
}
