using System.Diagnostics;
using System.Diagnostics.Metrics;
using GraphQL;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>What operators see of documents: a trace for each, how long they take, what they cost, why they are refused, how many run and wait.</summary>
/// <remarks>Documents, variables and answers are seen by nobody; of a document no more than the name of its operation.</remarks>
public sealed class DocumentTelemetry
{
    /// <summary>Name of the source of traces and of the meter.</summary>
    public const string Name = "Efa.Graph";

    private const int LongestName = 80;
    private const string Nothing = "none";

    private static readonly ActivitySource Source = new(Name);

    private readonly Meter meter;
    private readonly Histogram<double> duration;
    private readonly Histogram<long> cost;
    private readonly Counter<long> errors;

    public DocumentTelemetry(IMeterFactory meters)
    {
        meter = meters.Create(Name);
        duration = meter.CreateHistogram<double>("efa.documents.duration", "s", "Time from a document's arrival to its answer, waiting included.");
        cost = meter.CreateHistogram<long>("efa.documents.cost", "{point}", "Points that documents cost.");
        errors = meter.CreateCounter<long>("efa.documents.errors", "{error}", "Errors beside data, by code.");
    }

    internal void Watch(ExecutionPlaces places)
    {
        meter.CreateObservableGauge("efa.documents.executing", () => places.Executing, "{document}", "Documents that are executed now.");
        meter.CreateObservableGauge("efa.documents.waiting", () => places.Waiting, "{document}", "Documents that wait for others to end.");
    }

    internal void WatchStreams(Func<int> open) =>
        meter.CreateObservableGauge("efa.streams.open", open, "{stream}", "Sockets and event streams that are open.");

    internal static Activity? Begin() => Source.StartActivity("graphql", ActivityKind.Internal);

    internal void End(Activity? trace, long began, GraphQLOperationDefinition? operation, RequestContext context, ExecutionResult result)
    {
        string type = operation?.Operation.ToString().ToLowerInvariant() ?? Nothing;
        duration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("graphql.operation.type", type));
        if (context.Cost is { } price) cost.Record(price.Requested, new KeyValuePair<string, object?>("graphql.operation.type", type));
        foreach (RequestError error in result.Errors?.OfType<RequestError>() ?? [])
            errors.Add(1, new KeyValuePair<string, object?>("code", error.Kind.Name));
        if (trace is null) return;

        string? name = operation?.Name?.Value.ToString() is { } whole ? whole[..Math.Min(whole.Length, LongestName)] : null;
        trace.DisplayName = name is null ? type : $"{type} {name}";
        trace.SetTag("graphql.operation.type", type).SetTag("graphql.operation.name", name).SetTag("efa.cost", context.Cost?.Requested);
        if (result.Errors?.OfType<RequestError>().FirstOrDefault() is not { } first) return;
        trace.SetTag("error.type", first.Kind.Name);
        if (first.Status >= 500) trace.SetStatus(ActivityStatusCode.Error);
    }
}
