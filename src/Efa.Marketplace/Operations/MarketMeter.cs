using System.Diagnostics.Metrics;
using Efa.Marketplace.Events;

namespace Efa.Marketplace.Operations;

/// <summary>What operators see of the marketplace's own work: operations by outcome, and jobs.</summary>
public static class MarketMeter
{
    public const string Name = LogMeter.Name;

    private const string Done = "DONE";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Operations =
        Meter.CreateCounter<long>("efa.operations", "{operation}", "Operations by name and outcome: DONE, or the code of the first refusal.");

    private static readonly Histogram<double> Jobs = Meter.CreateHistogram<double>("efa.jobs.duration", "s", "How long attempts of jobs took, by kind and outcome.");

    internal static void Count(string operation, OperationResult result) =>
        Operations.Add(1, new("operation", operation), new("outcome", result.Refusals is [var refusal, ..] ? refusal.Code.Name : Done));

    internal static void Record(string kind, bool done, TimeSpan taken) =>
        Jobs.Record(taken.TotalSeconds, new("kind", kind), new("outcome", done ? Done : "FAILED"));
}
