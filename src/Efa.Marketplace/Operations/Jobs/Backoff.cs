namespace Efa.Marketplace.Operations.Jobs;

/// <summary>Pauses that double.</summary>
internal static class Backoff
{
    /// <summary>The shortest after the first failure, twice as long after each further one, and never longer than the longest.</summary>
    public static TimeSpan After(int failures, TimeSpan shortest, TimeSpan longest) =>
        TimeSpan.FromTicks((long)Math.Min(shortest.Ticks * Math.Pow(2, Math.Max(failures - 1, 0)), longest.Ticks));
}
