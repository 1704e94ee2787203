using System.Collections.Concurrent;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using Efa.Marketplace;
using GraphQL;

namespace Efa.Graph.Http.Sockets;

/// <summary>The operations that run on one socket, by the ids that the client gave them.</summary>
internal sealed class SocketOperations(
    DocumentExecution execution, AnswerJson json, SocketOutbox outbox, IServiceScopeFactory scopes, Func<SignedIn, Allowance?> allowance, Limits limits)
{
    private readonly ConcurrentDictionary<string, Running> running = new();

    public bool None => running.IsEmpty;

    /// <summary>How far each stream has read.</summary>
    public Dictionary<string, string> Positions => running
        .Where(r => r.Value.Request?.Position is not null)
        .ToDictionary(r => r.Key, r => r.Value.Request!.Position!);

    /// <summary>Completes when all that have one answer were answered; subscriptions have no end.</summary>
    public Task AnsweredAsync() => Task.WhenAll(running.Values.Select(operation => operation.Answered.Task));

    /// <summary>False where the id is in use.</summary>
    public async Task<bool> StartAsync(string id, DocumentRequest document, SignedIn signedIn, Language language)
    {
        var operation = new Running();
        if (!running.TryAdd(id, operation)) return false;
        if (running.Count > limits.SocketOperations)
        {
            running.TryRemove(id, out _);
            await FailAsync(id, [new RequestError(RequestErrors.LimitExceeded, $"A socket runs at most {limits.SocketOperations} operations at a time.")]);
            return true;
        }
        operation.Task = Task.Run(() => RunAsync(id, operation, document, signedIn, language));
        return true;
    }

    public void Stop(string id)
    {
        if (running.TryRemove(id, out Running? operation)) operation.Stopped.Cancel();
    }

    /// <summary>Stops all and waits until they have ended.</summary>
    public async Task StopAllAsync()
    {
        Running[] operations = [.. running.Values];
        running.Clear();
        foreach (Running operation in operations) await operation.Stopped.CancelAsync();
        await Task.WhenAll(operations.Select(o => o.Task));
    }

    private async Task RunAsync(string id, Running operation, DocumentRequest document, SignedIn signedIn, Language language)
    {
        CancellationToken stopped = operation.Stopped.Token;
        try
        {
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            operation.Request = new RequestContext(signedIn.Now() ?? signedIn.Caller, language, scope.ServiceProvider) { CallerNow = signedIn.Now, Allowance = allowance(signedIn) };
            ExecutionResult result = await execution.ExecuteAsync(document, operation.Request, OperationKinds.All, stopped);
            if (result is SubscriptionAnswer subscription)
            {
                operation.Answered.TrySetResult();
                await foreach (EventAnswer answer in subscription.Events.WithCancellation(stopped))
                    if (!await SendAsync(id, operation, answer.Result))
                        return;
            }
            else if (!await SendAsync(id, operation, result)) return;

            // Free before it is told: the client may use the id again at once.
            if (running.TryRemove(new(id, operation))) await outbox.SendAsync(SocketMessages.Complete(id));
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
        }
        finally
        {
            operation.Answered.TrySetResult();
            running.TryRemove(new(id, operation));
        }
    }

    /// <summary>False where the operation is over: stopped, or failed as a whole.</summary>
    private async Task<bool> SendAsync(string id, Running operation, ExecutionResult result)
    {
        if (result.Executed)
        {
            byte[] message = SocketMessages.Next(id, json.Write(result));
            if (operation.Stopped.IsCancellationRequested) return false;
            return await outbox.SendAsync(message);
        }
        if (running.TryRemove(new(id, operation))) await FailAsync(id, result.Errors ?? []);
        return false;
    }

    private ValueTask<bool> FailAsync(string id, ExecutionErrors errors) => outbox.SendAsync(SocketMessages.Error(id, json.Write(errors)));

    private sealed class Running
    {
        public CancellationTokenSource Stopped { get; } = new();

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RequestContext? Request { get; set; }

        public Task Task { get; set; } = Task.CompletedTask;
    }
}
