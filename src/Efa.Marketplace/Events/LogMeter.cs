using System.Diagnostics.Metrics;

namespace Efa.Marketplace.Events;

/// <summary>What operators see of the log: how long a change takes to reach those who follow.</summary>
internal static class LogMeter
{
    // Shared with the room of operations, which this one does not know.
    private static readonly Meter Meter = new("Efa.Marketplace");

    private static readonly Histogram<double> Lag =
        Meter.CreateHistogram<double>("efa.events.lag", "s", "Time from a change to when this node's subscribers and jobs can see it.");

    public static void Record(TimeSpan lag) => Lag.Record(Math.Max(lag.TotalSeconds, 0));
}
