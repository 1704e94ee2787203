using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Benchmarks;

/// <summary>How long a search over 20,000 offers takes, seen from outside: a page, its count, its facets.</summary>
internal static class SearchBenchmark
{
    private const int Offers = 20_000;
    private const int Rounds = 30;
    private const int WarmUp = 5;

    private static readonly (string Name, string Field)[] Questions =
    [
        ("rare word, page", Page("leuchtturm", "")),
        ("rare word, page and count", Page("leuchtturm", "", "totalCount")),
        ("frequent word, page", Page("antrag", "")),
        ("frequent word, page and count", Page("antrag", "", "totalCount")),
        ("two words, page and count", Page("wohngeld fischerei", "", "totalCount")),
        ("two letters, page and count", Page("ge", "", "totalCount")),
        ("two words, facets", Page("wohngeld fischerei", "", "facets { kinds { count } availableIn { count } sellers { count } }")),
        ("rare word by relevance", Page("leuchtturm", "sort: RELEVANCE,")),
        ("frequent word by relevance", Page("antrag", "sort: RELEVANCE,")),
        ("two words by relevance", Page("wohngeld fischerei", "sort: RELEVANCE,")),
        ("suggestions", """{ offerSuggestions(search: "fisch") { text } }"""),
    ];

    public static async Task<bool> RunAsync(string[] options)
    {
        StoreKind kind = options is ["--store", var name] ? Enum.Parse<StoreKind>(name) : StoreKind.Sqlite;
        long began = Stopwatch.GetTimestamp();
        await using LargeCatalog catalog = await LargeCatalog.MakeAsync(kind, Offers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"search: {Offers} offers on {kind}, loaded in {Stopwatch.GetElapsedTime(began).TotalSeconds:N1} s"));
        await using var server = new MeasuredServer([.. catalog.Settings]);
        await server.StartAsync();
        foreach ((string question, string document) in Questions) await MeasureAsync(server, question, document);
        return true;
    }

    private static string Page(string search, string sort, string more = "") =>
        $$"""{ offers(filter: {search: "{{search}}"}, {{sort}} first: 20) { nodes { slug } {{more}} } }""";

    private static async Task MeasureAsync(MeasuredServer server, string question, string document)
    {
        var times = new List<double>();
        for (int round = -WarmUp; round < Rounds; round++)
        {
            long began = Stopwatch.GetTimestamp();
            JsonElement data = await server.AskAsync(document);
            if (round >= 0) times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (round == 0 && data.TryGetProperty("offers", out JsonElement offers) && offers.TryGetProperty("totalCount", out JsonElement count)) question += $" ({count} found)";
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {question,-48}{times[Rounds / 2],8:N1} ms median {times[Rounds * 9 / 10],8:N1} ms at nine in ten"));
    }
}
