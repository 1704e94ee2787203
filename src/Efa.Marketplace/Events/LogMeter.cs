using System.Diagnostics.Metrics;

namespace Efa.Marketplace.Events;

/// <summary>What operators see of the log: how long a change takes to reach those who follow.</summary>
internal static class LogMeter
{
    /// <summary>Of all that the marketplace measures.</summary>
    public const string Name = "Efa.Marketplace";

    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Lag =
        Meter.CreateHistogram<double>("efa.events.lag", "s", "Time from a change to when this node's subscribers and jobs can see it.");

    public static void Record(TimeSpan lag) => Lag.Record(Math.Max(lag.TotalSeconds, 0));
}
