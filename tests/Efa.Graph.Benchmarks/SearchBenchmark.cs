using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Efa.Graph.Benchmarks;

/// <summary>How long a search over 20,000 offers takes, seen from outside, and how many times that is of the list without a search.</summary>
internal static class SearchBenchmark
{
    private const int Offers = 20_000;
    private const int Rounds = 30;
    private const int WarmUp = 5;

    private const string Page = "nodes { slug }";
    private const string Count = "nodes { slug } totalCount";
    private const string Facets = "facets { kinds { count } availableIn { count } sellers { count } }";

    private static readonly string[] Searches = [LargeCatalog.RareWord, "wohngeld fischerei", "antrag", LargeCatalog.CommonWord, "ge"];

    public static async Task<bool> RunAsync(string[] options)
    {
        await using MeasuredStore store = await MeasuredStore.MakeAsync(options);
        await using var server = new MeasuredServer([.. store.Settings, "--Demo:Load=false"]);
        long began = Stopwatch.GetTimestamp();
        await store.LoadAsync(server.StoreFile, LargeCatalog.Of(Offers));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search on {store.Kind}: {Offers} offers, loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s; milliseconds at the median and at nine in ten, and the median in times of the list's"));
        await server.StartAsync();
        foreach (string asked in new[] { Page, Count, Facets })
        {
            double list = await MeasureAsync(server, $"{{ offers(first: 20) {{ {asked} }} }}", $"no search: {asked}", list: null);
            foreach (string search in Searches)
            {
                await MeasureAsync(server, $$"""{ offers(filter: {search: "{{search}}"}, first: 20) { {{asked}} } }""", search, list);
                if (asked == Page) await MeasureAsync(server, $$"""{ offers(filter: {search: "{{search}}"}, sort: RELEVANCE, first: 20) { {{asked}} } }""", search + ", by relevance", list);
            }
            if (asked == Page) await MeasureAsync(server, """{ offerSuggestions(search: "fisch") { text } }""", "suggestions for fisch", list);
        }
        return true;
    }

    /// <summary>The median.</summary>
    private static async Task<double> MeasureAsync(MeasuredServer server, string document, string question, double? list)
    {
        var times = new List<double>();
        for (int round = -WarmUp; round < Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            JsonElement data = await server.AskAsync(document);
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (round == 0 && data.TryGetProperty("offers", out JsonElement offers) && offers.TryGetProperty("totalCount", out JsonElement count)) question += $" (found: {count})";
        }
        times.Sort();
        double median = times[Rounds / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {question,-50}{median,8:N1}{times[Rounds * 9 / 10],8:N1}{(list is { } of ? $"   x {median / of:N1}" : "")}"));
        return median;
    }
}
