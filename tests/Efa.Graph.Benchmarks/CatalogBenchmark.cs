using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Efa.Graph.Benchmarks;

/// <summary>Eight writers publish versions while a reader pages through everything: no row may come twice, and none be missed that was there throughout.</summary>
internal static class CatalogBenchmark
{
    private const int Offers = 5_000;
    private const int Writers = 8;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    private const string Page = """
        query($after: Cursor) { offers(first: 100, after: $after) { nodes { id externalId title service { id } seller { id } supplier { id } } pageInfo { hasNextPage endCursor } } }
        """;

    private const string Upload = "mutation($input: UploadOffersInput!) { uploadOffers(input: $input) { results { offer { id version } errors { code } } errors { code } } }";
    private const string Publish = "mutation($input: PublishOfferInput!) { publishOffer(input: $input) { errors { code } } }";

    public static async Task<bool> RunAsync(string[] options)
    {
        await using MeasuredStore store = await MeasuredStore.MakeAsync(options);
        await using var server = new MeasuredServer([.. store.Settings, "--Demo:Load=false"]);
        await store.LoadAsync(server.StoreFile, LargeCatalog.Of(Offers));
        await server.StartAsync();
        AuthenticationHeaderValue supplier = await server.TokenAsync("supplier"), seller = await server.TokenAsync("seller");
        IReadOnlyList<JsonElement> throughout = await WalkAsync(server, []);

        long began = Stopwatch.GetTimestamp();
        Task<int>[] writing = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(server, writer, throughout, supplier, seller)))];
        var times = new List<double>();
        int walks = 0, twice = 0, missed = 0;
        for (bool last = false; !last; walks++)
        {
            last = writing.All(w => w.IsCompleted);
            IReadOnlyList<JsonElement> offers = await WalkAsync(server, times);
            HashSet<string> seen = [.. offers.Select(Id)];
            twice += offers.Count - seen.Count;
            missed += throughout.Count(o => !seen.Contains(Id(o)));
        }
        int published = (await Task.WhenAll(writing)).Sum();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        int count = (await server.AskAsync("{ offers { totalCount } }")).GetProperty("offers").GetProperty("totalCount").GetInt32();

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"catalog on {store.Kind}: {published} versions published by {Writers} writers in {seconds:N1} s; {walks} walks over {Offers} to {count} offers, {times.Count} pages of 100, {times[times.Count / 2]:N1} ms median, {times[times.Count * 99 / 100]:N1} ms at 99 in 100; {twice} rows twice, {missed} missed"));
        return twice == 0 && missed == 0 && count == Offers + (published / 2);
    }

    /// <summary>Changes offers of its own and makes one new for each, and answers with the number of versions it has published.</summary>
    private static async Task<int> WriteAsync(MeasuredServer server, int writer, IReadOnlyList<JsonElement> offers, AuthenticationHeaderValue supplier, AuthenticationHeaderValue seller)
    {
        long began = Stopwatch.GetTimestamp();
        int published = 0;
        for (int i = writer; Stopwatch.GetElapsedTime(began) < Length; i += Writers)
        {
            JsonElement offer = offers[i % offers.Count];
            string added = string.Create(CultureInfo.InvariantCulture, $"N-{i}");
            var input = new { supplierId = Id(offer.GetProperty("supplier")), mode = "ATOMIC", submit = true, idempotencyKey = Guid.NewGuid(), offers = new[] { Row(offer, Text(offer, "externalId"), i), Row(offer, added, i) } };
            JsonElement uploaded = (await server.AskAsync(Upload, new { input }, supplier)).GetProperty("uploadOffers");
            foreach (JsonElement row in uploaded.GetProperty("results").EnumerateArray())
            {
                Expect(row);
                JsonElement draft = row.GetProperty("offer");
                var step = new { offerId = Id(draft), expectedVersion = draft.GetProperty("version").GetInt32(), idempotencyKey = Guid.NewGuid() };
                Expect((await server.AskAsync(Publish, new { input = step }, seller)).GetProperty("publishOffer"));
                published++;
            }
        }
        return published;
    }

    // The title stays: by it the list is sorted, and who moves in a list may be passed by.
    private static object Row(JsonElement offer, string externalId, int round) => new
    {
        externalId,
        service = new { id = Id(offer.GetProperty("service")) },
        sellerId = Id(offer.GetProperty("seller")),
        title = Text(offer, "title"),
        summary = string.Create(CultureInfo.InvariantCulture, $"Fassung {round}"),
        orderingMode = "DIRECT",
        prices = new[] { new { flat = new { code = "flat", label = "Pauschale", period = "YEAR", taxes = new[] { new { treatment = "STANDARD" } }, amount = "120.00" } } },
    };

    /// <summary>All offers as the pages tell them.</summary>
    /// <param name="times">Takes the milliseconds of each page.</param>
    private static async Task<IReadOnlyList<JsonElement>> WalkAsync(MeasuredServer server, List<double> times)
    {
        var offers = new List<JsonElement>();
        string? after = null;
        do
        {
            long began = Stopwatch.GetTimestamp();
            JsonElement page = (await server.AskAsync(Page, new { after })).GetProperty("offers");
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            offers.AddRange(page.GetProperty("nodes").EnumerateArray());
            JsonElement info = page.GetProperty("pageInfo");
            after = info.GetProperty("hasNextPage").GetBoolean() ? Text(info, "endCursor") : null;
        }
        while (after is not null);
        return offers;
    }

    private static void Expect(JsonElement answer)
    {
        if (answer.GetProperty("errors").GetArrayLength() > 0) throw new InvalidOperationException(answer.GetRawText());
    }

    private static string Id(JsonElement thing) => Text(thing, "id");

    private static string Text(JsonElement thing, string field) => thing.GetProperty(field).GetString()!;
}
