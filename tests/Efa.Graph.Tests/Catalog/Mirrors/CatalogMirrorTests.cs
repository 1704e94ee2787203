using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog.Mirrors;

public sealed class CatalogMirrorTests
{
    private const int Writers = 8;

    // So many that two meet on one now and then, but nobody loses every attempt.
    private const int Offers = 40;

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task File_and_feed_together_are_the_catalogue_whatever_eight_writers_do(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var writers = new CatalogWriters(trade);
        await writers.WriteAsync(seed: 99, steps: 40, offers: Offers);

        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(seed => Task.Run(() => writers.WriteAsync(seed, steps: 15, offers: Offers))));
        var mirror = new CatalogMirror(trade);
        await mirror.BeginAsync();
        while (!writing.IsCompleted) await mirror.FollowAsync();
        await writing;
        while (await mirror.FollowAsync())
        {
        }

        var anew = new CatalogMirror(trade);
        await anew.BeginAsync();
        Assert.Equal(anew.Offers.OrderBy(o => o.Key, StringComparer.Ordinal), mirror.Offers.OrderBy(o => o.Key, StringComparer.Ordinal));
        Assert.Equal((await trade.AskAsync("{ offers { totalCount } }")).Data.At("offers", "totalCount").GetInt32(), mirror.Offers.Count);
        Assert.True(mirror.Offers.Count > 8, "The writers have published something.");
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_reader_who_pages_while_eight_writers_publish_sees_no_row_twice_and_misses_none(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var writers = new CatalogWriters(trade);
        await writers.UploadAsync([.. Enumerable.Range(0, 40).Select(i => writers.Row($"M-{i}", $"Titel {i:00}"))]);
        for (int i = 0; i < 40; i++) await writers.PublishAsync((await writers.FindAsync($"M-{i}"))!.Id);
        HashSet<string> throughout = await PageAsync(trade);
        Assert.Equal(49, throughout.Count);

        Task writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 5; i++)
            {
                string standing = $"M-{(writer * 5) + i}", added = $"N-{writer}-{i}";
                await writers.UploadAsync(writers.Row(standing, $"Titel {(writer * 5) + i:00}") with { Summary = "Neue Fassung." }, writers.Row(added, $"Titel {i}{writer} neu"));
                await writers.PublishAsync((await writers.FindAsync(standing))!.Id);
                await writers.PublishAsync((await writers.FindAsync(added))!.Id);
            }
        })));
        int walks = 0;
        for (bool last = false; !last; walks++)
        {
            last = writing.IsCompleted;
            Assert.Subset(await PageAsync(trade), throughout);
        }
        await writing;
        Assert.True(walks > 1, "Nobody wrote while somebody read.");
        Assert.Equal(89, (await PageAsync(trade)).Count);
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task The_file_is_told_by_its_tag_and_begins_with_its_cursor(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var writers = new CatalogWriters(trade);
        using HttpResponseMessage first = await GetAsync(trade, null);
        JsonElement[] lines = CatalogMirror.Lines(await first.Content.ReadAsStringAsync());
        Assert.Equal("application/x-ndjson", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["catalog", .. Enumerable.Repeat("offer", 9), "end"], lines.Select(l => l.GetProperty("type").GetString()));
        JsonElement portal = lines.Single(l => l.GetProperty("type").GetString() == "offer" && l.At("offer", "slug").GetString() == SmallMarket.Portal).GetProperty("offer");
        Assert.Equal("""[{"type":"flat","amount":"12000","code":"year","label":"Jahresentgelt","period":"YEAR","taxes":[{"treatment":"STANDARD"}]},{"type":"flat","amount":"1800","code":"onboarding","label":"Anbindung","period":"ONE_TIME","taxes":[{"treatment":"STANDARD"}]}]""",
            portal.GetProperty("prices").GetRawText());
        Assert.Equal([trade.Terms("general"), trade.Terms("level")], portal.GetProperty("terms").Texts("id"));

        // A draft is nobody's business, and orders are none of the catalogue's.
        await writers.UploadAsync(writers.Row("M-1", "Entwurf"));
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        using HttpResponseMessage same = await GetAsync(trade, first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, ""), (same.StatusCode, await same.Content.ReadAsStringAsync()));
        Answer nothing = await trade.RunAsync("CatalogChanges", new { after = lines[0].GetProperty("cursor").GetString() });
        Assert.Empty(nothing.Data.At("catalogChanges", "nodes").EnumerateArray());

        Offer offer = (await writers.FindAsync("M-1"))!;
        await writers.PublishAsync(offer.Id);
        using HttpResponseMessage changed = await GetAsync(trade, first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(first.Headers.ETag, changed.Headers.ETag);
        JsonElement feed = (await trade.RunAsync("CatalogChanges", new { after = lines[0].GetProperty("cursor").GetString() })).Data.At("catalogChanges", "nodes");
        Assert.Equal("Entwurf", Assert.Single(feed.EnumerateArray()).At("offer", "title").GetString());
    }

    [Fact]
    public async Task What_goes_out_leaves_a_tombstone_also_for_its_parties()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var writers = new CatalogWriters(trade);
        await writers.UploadAsync(writers.Row("M-1", "Eins"), writers.Row("M-2", "Zwei"));
        Offer one = (await writers.FindAsync("M-1"))!, two = (await writers.FindAsync("M-2"))!;
        await writers.PublishAsync(one.Id);
        await writers.StepAsync((await writers.FindAsync("M-1"))!, 1);
        // Never published: nobody learns that it was there.
        await writers.StepAsync(two, 0);

        foreach (string? client in new[] { null, SmallMarket.Govdigital })
        {
            JsonElement[] changes = [.. (await trade.RunAsync("CatalogChanges", null, client)).Data.At("catalogChanges", "nodes").EnumerateArray()];
            Assert.Equal(2, changes.Length);
            Assert.All(changes, c => Assert.Equal((GlobalId(one.Id), true, JsonValueKind.Null), (c.GetProperty("offerId").GetString(), c.GetProperty("removed").GetBoolean(), c.GetProperty("offer").ValueKind)));
        }
        Answer foreign = await trade.RunAsync("CatalogChanges", new { after = (await trade.RunAsync("OrderEventsHead", null, SmallMarket.Aachen)).Data.At("orderEvents", "head").GetString() });
        Assert.Equal("CURSOR_OTHER_LOG", foreign.OnlyError.At("extensions", "code").GetString());
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Changes_are_pushed_from_a_cursor_on(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var writers = new CatalogWriters(trade);
        var mirror = new CatalogMirror(trade);
        await mirror.BeginAsync();
        await writers.UploadAsync(writers.Row("M-1", "Eins"));
        Offer offer = (await writers.FindAsync("M-1"))!;
        await writers.PublishAsync(offer.Id);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { query = Repository.Operation("FollowCatalog"), variables = new { after = mirror.Cursor } }),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using HttpResponseMessage response = await trade.Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("Eins", (await NextAsync(lines)).At("offer", "title").GetString());
        await writers.StepAsync((await writers.FindAsync("M-1"))!, 1);
        JsonElement gone = await NextAsync(lines);
        Assert.Equal((GlobalId(offer.Id), true), (gone.GetProperty("offerId").GetString(), gone.GetProperty("removed").GetBoolean()));
    }

    private static async Task<JsonElement> NextAsync(StreamReader lines)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await lines.ReadLineAsync(limit.Token) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal)) return JsonDocument.Parse(line[6..]).RootElement.At("data", "catalogChanged");
        throw new InvalidOperationException("The stream has ended.");
    }

    /// <summary>Ids of all offers, page by page; none comes twice.</summary>
    private static async Task<HashSet<string>> PageAsync(TradeHost trade)
    {
        var seen = new HashSet<string>();
        string? after = null;
        do
        {
            JsonElement page = (await trade.AskAsync("query($after: Cursor) { offers(first: 6, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }", new { after })).Data.GetProperty("offers");
            foreach (string? id in page.GetProperty("nodes").Texts("id")) Assert.True(seen.Add(id!), $"{id} came twice.");
            after = page.At("pageInfo", "hasNextPage").GetBoolean() ? page.At("pageInfo", "endCursor").GetString() : null;
        }
        while (after is not null);
        return seen;
    }

    private static async Task<HttpResponseMessage> GetAsync(TradeHost trade, EntityTagHeaderValue? kept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/catalog.ndjson");
        if (kept is not null) request.Headers.IfNoneMatch.Add(kept);
        return await trade.Host.Client.SendAsync(request);
    }

    private static string GlobalId(Guid offerId) => TypeId.Encode(IdPrefix.Offer, offerId);
}
