using System.Runtime.CompilerServices;
using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Operations;
using GraphQL;
using GraphQL.Execution;
using EngineContext = GraphQL.Execution.ExecutionContext;

namespace Efa.Graph.Engine.Documents;

/// <summary>One answer of a subscription, and where the log stands after it.</summary>
public sealed record EventAnswer(ExecutionResult Result, string? Position);

/// <summary>The answer to a subscription: its events, each executed when it is pulled.</summary>
public sealed class SubscriptionAnswer(IAsyncEnumerable<EventAnswer> events) : ExecutionResult
{
    public IAsyncEnumerable<EventAnswer> Events { get; internal set; } = events;
}

/// <summary>Executes subscriptions: each event in a service scope and request context of its own, with the rights its reader has then.</summary>
internal sealed class EventStrategy(TimeSpan timeout, ExecutionPlaces places) : SubscriptionExecutionStrategy
{
    /// <summary>What a stream is told whose caller has lost access or whose token has run out: come back with a new one, and resume.</summary>
    public static RequestError AccessEnded() => new(RequestErrors.Unauthenticated, "Access has been withdrawn or has run out.");

    public override Task<ExecutionResult> ExecuteAsync(EngineContext context)
    {
        ExecutionNode node = BuildExecutionRootNode(context, GetOperationRootType(context)).SubFields!.Single();
        if (node.FieldDefinition.StreamResolver is not EventSource source)
            throw new InvalidOperationException($"The field '{node.FieldDefinition.Name}' has no event source.");
        // The engine clears its context when this method is done; the stream goes on.
        EngineContext kept = CloneExecutionContext(context, CancellationToken.None);
        return Task.FromResult<ExecutionResult>(new SubscriptionAnswer(AnswersAsync(kept, node, source)) { Executed = true });
    }

    private async IAsyncEnumerable<EventAnswer> AnswersAsync(EngineContext kept, ExecutionNode node, EventSource source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        RequestContext request = RequestContext.Of(kept.UserContext);
        IServiceScopeFactory scopes = request.Services.GetRequiredService<IServiceScopeFactory>();
        kept.CancellationToken = cancellationToken;
        var resolving = new ReadonlyResolveFieldContext(node, kept);

        await using IAsyncEnumerator<object?> events = source.Open(resolving, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            EventAnswer? failed = null;
            try
            {
                if (!await events.MoveNextAsync()) yield break;
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                failed = await FailedAsync(kept, node, failure);
            }
            if (failed is not null)
            {
                yield return failed;
                yield break;
            }
            if (request.CallerNow() is not { } caller)
            {
                yield return new(new ExecutionResult(AccessEnded()), null);
                yield break;
            }
            string? position = source.PositionOf(events.Current);
            yield return new(await AnswerAsync(kept, node, events.Current, request, caller, scopes, cancellationToken), position ?? request.Position);
            // Only now: who is told the position meanwhile, beside a ping, must not be led past an answer that was not sent.
            request.Position = position ?? request.Position;
        }
    }

    private async Task<ExecutionResult> AnswerAsync(
        EngineContext kept, ExecutionNode node, object? value, RequestContext request, Caller caller, IServiceScopeFactory scopes, CancellationToken cancellationToken)
    {
        // Held for this event only: a stream that waits costs nothing.
        using ExecutionPlace place = await places.TakeForEventAsync(cancellationToken);
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(timeout);
        using EngineContext context = CloneExecutionContext(kept, limited.Token);
        context.RequestServices = scope.ServiceProvider;
        context.UserContext = request.ForEvent(caller, scope.ServiceProvider).AsUserContext();
        ExecutionResult result = await ProcessDataAsync(context, node, value);
        cancellationToken.ThrowIfCancellationRequested();
        return limited.IsCancellationRequested ? new ExecutionResult(new RequestError(RequestErrors.Timeout)) : result;
    }

    private async Task<EventAnswer> FailedAsync(EngineContext kept, ExecutionNode node, Exception failure)
    {
        ExecutionError error = failure as ExecutionError ?? await HandleExceptionAsync(kept, node, failure, "");
        error.Path ??= node.ResponsePath;
        return new(new ExecutionResult(error), null);
    }
}
