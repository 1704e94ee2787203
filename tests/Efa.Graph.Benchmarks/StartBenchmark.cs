using System.Diagnostics;

namespace Efa.Graph.Benchmarks;

/// <summary>The time from the start of the process to its readiness, with the demo market in the store, and its memory then.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 5;

    public static async Task<bool> RunAsync(string[] options)
    {
        var times = new List<double>();
        double memory = 0;
        for (int round = 0; round < Rounds; round++)
        {
            await using var server = new MeasuredServer();
            long began = Stopwatch.GetTimestamp();
            await server.StartAsync();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            memory = Math.Max(memory, server.Memory().Now);
        }
        times.Sort();
        Console.WriteLine($"start: ready after {times[Rounds / 2]:N0} ms (median of {Rounds}, first start with migration and demo market), {memory:N0} MiB resident");
        return true;
    }
}
