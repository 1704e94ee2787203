using System.Globalization;

namespace Efa.Graph.Benchmarks;

/// <summary>What three times the sustainable load does to those who are let in, and to memory.</summary>
/// <remarks>Sustainable is the highest rate, in steps of 10 %, at which p99 stays under 250 ms and nothing is refused. The load comes from the same machine, and goes before the server there.</remarks>
internal static class OverloadBenchmark
{
    private const double Step = 1.1;
    private const double LongestP99 = 250;
    private const double MostFactor = 5;
    private const double MostGrowth = 1.5;

    private const string Document = """
        query Page($first: Int!) { offers(first: $first, sort: TITLE) { totalCount nodes { id title seller { name } supplier { name } service { name } prices { text } } pageInfo { endCursor } } }
        """;

    /// <param name="options"><c>--seconds N</c> for each rate, 30 where nothing is said; <c>--from RATE</c> to begin at.</param>
    public static async Task<bool> RunAsync(string[] options)
    {
        TimeSpan length = TimeSpan.FromSeconds(Option(options, "--seconds") ?? 30);
        await using var server = new MeasuredServer { StandsBack = true };
        await server.StartAsync();
        var loop = new OpenLoop(server.Client, n => new { query = Document, variables = new { first = 1 + (n % 20) } });
        if (await loop.RunAsync(50, TimeSpan.FromSeconds(10)) is { Failed: > 0 } bad) throw new InvalidOperationException($"Already while it warms up: {bad}");

        double rate = Option(options, "--from") ?? 50, sustainable = 0;
        while (true)
        {
            LoadResult result = await MeasureAsync("step", rate);
            bool held = result is { Refused: 0, Failed: 0, P99: < LongestP99 };
            if (held) sustainable = rate;
            else if (sustainable > 0) break;
            // Begun too high: down until it holds, and that is the highest.
            rate = held ? rate * Step : rate / Step;
            if (held && result.Rate < (Option(options, "--from") ?? 50)) break;
            if (rate < 1) throw new InvalidOperationException("No rate can be sustained.");
        }

        LoadResult half = await MeasureAsync("half", sustainable / 2);
        double before = server.Memory().Now;
        LoadResult triple = await MeasureAsync("triple", sustainable * 3);
        (double after, double peak) = server.Memory();
        LoadResult again = await MeasureAsync("half again", sustainable / 2);
        Console.WriteLine($"overload: sustainable {sustainable:N0}/s; p99 of accepted {triple.P99:N0} ms at three times that, {half.P99:N0} ms at half ({triple.P99 / half.P99:N1} times), {again.P99:N0} ms at half afterwards; "
            + $"slowest refusal {triple.SlowestRefusal:N0} ms; {before:N0} MiB before, {after:N0} after, {peak:N0} at most");
        return triple.Failed == 0 && triple.P99 < half.P99 * MostFactor && peak < before * MostGrowth;

        async Task<LoadResult> MeasureAsync(string name, double at)
        {
            LoadResult result = await loop.RunAsync(at, length);
            Console.WriteLine($"{name,-10} {result}");
            return result;
        }
    }

    private static double? Option(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and int at && at + 1 < options.Length ? double.Parse(options[at + 1], CultureInfo.InvariantCulture) : null;
}
