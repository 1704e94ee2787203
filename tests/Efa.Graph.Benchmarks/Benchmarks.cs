namespace Efa.Graph.Benchmarks;

/// <summary>What can be measured; each by its name, none in the normal test run.</summary>
internal static class Benchmarks
{
    private const int Misused = 2;

    private static readonly Benchmark[] All =
    [
        new("start", "How long the server takes to be ready on a filled SQLite store, and what memory it has then.", StartBenchmark.RunAsync),
        new("search", "How long a search over 20,000 offers takes, by the list without one: pages, by relevance, counts, facets, suggestions.", SearchBenchmark.RunAsync),
        new("catalog", "Whether a reader who pages through 5,000 offers sees each once, and misses none, while eight writers publish.", CatalogBenchmark.RunAsync),
        new("overload", "What three times the sustainable load does to those who are let in, and to memory: [--seconds N] [--from RATE].", OverloadBenchmark.RunAsync),
        new("ordering", "Placing an order on PostgreSQL against a transaction written by hand that writes the same rows: [--seconds N].", OrderingBenchmark.RunAsync),
        new("billing", "How long a run takes that bills 10,000 contracts, each of a buyer of its own, and by how much the server's memory grows.", BillingBenchmark.RunAsync),
        new("imports", "How long 100,000 offers from one file take to be planned, applied and switched, what orders wait meanwhile, and by how much memory grows: [--rows N].", ImportBenchmark.RunAsync),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var name, .. var rest] || All.FirstOrDefault(b => b.Name == name) is not { } benchmark)
        {
            Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/Efa.Graph.Benchmarks -- NAME [OPTION ...]");
            foreach (Benchmark each in All) Console.Error.WriteLine($"  {each.Name,-12}{each.Summary}");
            Console.Error.WriteLine("On PostgreSQL where EFA_GRAPH_TEST_POSTGRES names a server and --store PostgreSql is given.");
            return Misused;
        }
        return await benchmark.Run(rest) ? 0 : 1;
    }

    /// <param name="Run">Prints what it measured; false where a limit was not kept.</param>
    private sealed record Benchmark(string Name, string Summary, Func<string[], Task<bool>> Run);
}
