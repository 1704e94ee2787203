using System.Diagnostics;
using System.Runtime.CompilerServices;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Errors;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Instrumentation;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Rules;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>The one way in which documents are executed, wherever they come from: limits, rules, execution, errors.</summary>
/// <remarks>HTTP, sockets, event streams and webhooks all come through here, so that no limit holds for one of them only.</remarks>
public sealed class DocumentExecution
{
    private readonly ISchema schema;
    private readonly StoredDocuments stored;
    private readonly Limits limits;
    private readonly Introspection introspection;
    private readonly DocumentReader reader;
    private readonly AnsweredErrors errors;
    private readonly DocumentTelemetry telemetry;
    private readonly DocumentExecuter engine;
    private readonly DocumentValidator validator = new();
    private readonly ExecutionPlaces places;
    private readonly IValidationRule[] rulesOfEachExecution;

    /// <param name="rules">Further rules to ask at each execution: authorisation, cost.</param>
    internal DocumentExecution(
        ISchema schema, StoredDocuments stored, Limits limits, IEnumerable<IValidationRule> rules, IHostEnvironment environment, AnsweredErrors errors, DocumentTelemetry telemetry)
    {
        this.schema = schema;
        this.stored = stored;
        this.limits = limits;
        introspection = limits.Introspection ?? (environment.IsDevelopment() ? Introspection.Everyone : Introspection.Authenticated);
        this.errors = errors;
        this.telemetry = telemetry;
        var builder = new GuardedDocumentBuilder(limits);
        reader = new DocumentReader(schema, builder, limits);
        rulesOfEachExecution = [new PageSizes(limits), FieldArgumentsAreValidRule.Instance, .. rules];
        places = new ExecutionPlaces(limits);
        telemetry.Watch(places);
        var strategies = new DefaultExecutionStrategySelector(
            [new(new MutationStrategy(), OperationType.Mutation), new(new EventStrategy(Timeout, places), OperationType.Subscription)]);
        engine = new DocumentExecuter(builder, validator, strategies, []);
    }

    private TimeSpan Timeout => TimeSpan.FromSeconds(limits.ExecutionSeconds);

    /// <summary>Executes one operation. A subscription is answered with a <see cref="SubscriptionAnswer"/>, all else at once.</summary>
    public async Task<ExecutionResult> ExecuteAsync(DocumentRequest request, RequestContext context, OperationKinds allowed, CancellationToken cancellationToken)
    {
        GraphQLDocument? document = null;
        GraphQLOperationDefinition? operation = null;
        ExecutionResult result;
        long began = Stopwatch.GetTimestamp();
        using Activity? trace = DocumentTelemetry.Begin();
        try
        {
            context.Allowance?.Pay(Allowance.Least);
            using ExecutionPlace place = await places.TakeAsync(cancellationToken);
            bool dryRun = CostRule.IsDryRun(request.Extensions);
            string text = stored.TextOf(request);
            (document, IReadOnlyList<ValidationError> problems) = await reader.ReadAsync(text, cancellationToken);
            if (problems.Count > 0)
            {
                result = new ExecutionResult { Errors = [] };
                result.Errors.AddRange(problems);
            }
            else
            {
                operation = Selected(document, request.OperationName);
                if (operation is not null) Allow(operation, document, context, allowed);
                if (operation?.Operation == OperationType.Mutation && !dryRun) await places.MoveToChangesAsync(place, cancellationToken);
                result = dryRun && operation is not null
                    ? await PriceAsync(request, context, document, operation, cancellationToken)
                    : await engine.ExecuteAsync(Options(request, context, document, operation, cancellationToken));
            }
        }
        catch (ExecutionError refusal)
        {
            result = new ExecutionResult(refusal);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            result = new ExecutionResult(errors.Hidden(failure, null));
        }

        Finish(result);
        telemetry.End(trace, began, operation, context, result);
        if (result is SubscriptionAnswer subscription) subscription.Events = FinishedAsync(subscription.Events, CancellationToken.None);
        return result;

        void Finish(ExecutionResult answer)
        {
            errors.Rewrite(answer, schema, document, operation, MayIntrospect(context));
            NothingLeft(answer);
            if (context.Cost is { } cost)
                (answer.Extensions ??= [])["cost"] = new Dictionary<string, object?> { ["requested"] = cost.Requested, ["limit"] = cost.Limit, ["budget"] = context.IsShared ? null : context.Allowance?.Left };
        }

        async IAsyncEnumerable<EventAnswer> FinishedAsync(IAsyncEnumerable<EventAnswer> events, [EnumeratorCancellation] CancellationToken token = default)
        {
            await foreach (EventAnswer answer in events.WithCancellation(token))
            {
                errors.Rewrite(answer.Result, schema, document, operation, MayIntrospect(context));
                yield return answer;
            }
        }
    }

    private ExecutionOptions Options(
        DocumentRequest request, RequestContext context, GraphQLDocument document, GraphQLOperationDefinition? operation, CancellationToken cancellationToken) => new()
        {
            Schema = schema,
            Document = document,
            OperationName = request.OperationName,
            Variables = request.Variables,
            Extensions = request.Extensions,
            ValidationRules = rulesOfEachExecution,
            UserContext = context.AsUserContext(),
            RequestServices = context.Services,
            UnhandledExceptionDelegate = errors.HideAsync,
            // A subscription has no end; its events have one each.
            Timeout = operation?.Operation == OperationType.Subscription ? System.Threading.Timeout.InfiniteTimeSpan : Timeout,
            TimeoutAction = TimeoutAction.ReturnTimeoutError,
            CancellationToken = cancellationToken,
        };

    /// <summary>All that is checked before an execution, and no execution.</summary>
    private async Task<ExecutionResult> PriceAsync(
        DocumentRequest request, RequestContext context, GraphQLDocument document, GraphQLOperationDefinition operation, CancellationToken cancellationToken)
    {
        var options = new ValidationOptions
        {
            Schema = schema,
            Document = document,
            Rules = rulesOfEachExecution,
            Metrics = Metrics.None,
            UserContext = context.AsUserContext(),
            Variables = request.Variables,
            Extensions = request.Extensions,
            Operation = operation,
            RequestServices = context.Services,
            CancellationToken = cancellationToken,
        };
        IValidationResult checks = await validator.ValidateAsync(in options);
        var result = new ExecutionResult { Executed = checks.IsValid };
        if (!checks.IsValid) (result.Errors = []).AddRange(checks.Errors);
        return result;
    }

    /// <summary>The operation that will be executed; null where the name fits none, which the engine then says.</summary>
    private static GraphQLOperationDefinition? Selected(GraphQLDocument document, string? name)
    {
        GraphQLOperationDefinition[] operations = [.. document.Definitions.OfType<GraphQLOperationDefinition>()];
        return string.IsNullOrEmpty(name)
            ? operations is [var only] ? only : null
            : Array.Find(operations, o => o.Name is { } own && own.Value == name);
    }

    private void Allow(GraphQLOperationDefinition operation, GraphQLDocument document, RequestContext context, OperationKinds allowed)
    {
        OperationKinds kind = operation.Operation switch
        {
            OperationType.Mutation => OperationKinds.Mutation,
            OperationType.Subscription => OperationKinds.Subscription,
            _ => OperationKinds.Query,
        };
        if (!allowed.HasFlag(kind))
            throw kind == OperationKinds.Subscription
                ? new RequestError(RequestErrors.MalformedRequest, "Subscriptions are answered on a socket, or with Accept: text/event-stream.") { HttpStatus = 406 }
                : new RequestError(RequestErrors.MalformedRequest, $"A {operation.Operation.ToString().ToLowerInvariant()} is not answered this way; use POST.") { HttpStatus = 405 };

        if (!MayIntrospect(context) && DocumentSize.Introspects(document))
            throw context.Caller.IsAnonymous && introspection == Introspection.Authenticated
                ? new RequestError(RequestErrors.Unauthenticated, "The schema is told to authenticated callers; it is also served as a file.")
                : new RequestError(RequestErrors.Forbidden, "The schema is served as a file only.");
    }

    private bool MayIntrospect(RequestContext context) => introspection switch
    {
        Introspection.Everyone => true,
        Introspection.Authenticated => !context.Caller.IsAnonymous,
        _ => false,
    };

    /// <summary>Where each root field failed for a reason that concerns the whole request, the whole is null, and a transport can say so by its status.</summary>
    private static void NothingLeft(ExecutionResult result)
    {
        if (result.Data is not RootExecutionNode { SubFields: { Length: > 0 } fields } || result.Errors is not { Count: > 0 } failures) return;
        HashSet<string> failed = [];
        foreach (ExecutionError error in failures)
        {
            if (error is not RequestError { Kind.Status: 401 or 403 or 429 or >= 500 }) return;
            if (error.Path?.FirstOrDefault() is string root) failed.Add(root);
        }
        if (fields.All(f => failed.Contains(f.Name!) && f.ToValue() is null)) result.Data = null;
    }
}
