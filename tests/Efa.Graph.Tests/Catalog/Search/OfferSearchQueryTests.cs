using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Search;

/// <summary>Searching as a portal does.</summary>
[Collection(CatalogMarket.Name)]
public sealed class OfferSearchQueryTests(CatalogMarket market)
{
    private const string ByRelevance = """
        query($search: String, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
          offers(filter: {search: $search}, sort: RELEVANCE, first: $first, after: $after, last: $last, before: $before) {
            nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
          }
        }
        """;

    private static readonly string Suggestions = Repository.Operation("SuggestOffers");

    [Fact]
    public async Task Titles_come_first_then_services_then_summaries()
    {
        List<string?> slugs = (await market.AskAsync(ByRelevance, new { search = "10", first = 100 })).Data.At("offers", "nodes").Texts("slug");

        (int Rank, string Title)[] expected =
        [
            .. Published().Select(o => (Rank: RankOfTen(o), Title: NameKey.Of(o.Title))).Where(o => o.Rank > 0)
                .OrderByDescending(o => o.Rank).ThenBy(o => o.Title, StringComparer.Ordinal).Take(100),
        ];
        Assert.Equal([1, 2, 3], expected.Select(o => o.Rank).Distinct().Order());
        Assert.Equal(expected, slugs.Select(slug => Published().Single(o => o.Slug == slug)).Select(o => (RankOfTen(o), NameKey.Of(o.Title))));
    }

    [Fact]
    public async Task Pages_by_relevance_make_up_the_list()
    {
        JsonElement whole = (await market.AskAsync(ByRelevance, new { search = "antrag 10", first = 100 })).Data.At("offers");
        List<string?> list = whole.At("nodes").Texts("slug");
        Assert.Equal(list.Count, whole.GetProperty("totalCount").GetInt32());

        var forward = new List<string?>();
        for (JsonElement? page = null; page is null || page.Value.At("pageInfo", "hasNextPage").GetBoolean();)
        {
            page = (await market.AskAsync(ByRelevance, new { search = "antrag 10", first = 7, after = page?.At("pageInfo", "endCursor").GetString() })).Data.At("offers");
            forward.AddRange(page.Value.At("nodes").Texts("slug"));
        }
        var backward = new List<string?>();
        for (JsonElement? page = null; page is null || page.Value.At("pageInfo", "hasPreviousPage").GetBoolean();)
        {
            page = (await market.AskAsync(ByRelevance, new { search = "antrag 10", last = 9, before = page?.At("pageInfo", "startCursor").GetString() })).Data.At("offers");
            backward.InsertRange(0, page.Value.At("nodes").Texts("slug"));
        }

        Assert.Equal(list, forward);
        Assert.Equal(list, backward);
    }

    [Fact]
    public async Task Facets_count_what_a_search_finds_but_for_their_own_part()
    {
        JsonElement facets = (await market.AskAsync("""
            { offers(filter: {search: "antrag", kinds: [EFA_ONLINE_SERVICE]}) {
              totalCount facets { kinds { value count } connectionTypes { value count } efaFinanced { value count } }
            } }
            """)).Data.At("offers");

        OfferSeed[] found = [.. Published().Where(o => o.Title.StartsWith("antrag", StringComparison.Ordinal))];
        OfferSeed[] selected = [.. found.Where(o => CatalogSeed.ServiceOf(o).Kind == ServiceKind.EfaOnlineService)];
        Assert.Equal(selected.Length, facets.GetProperty("totalCount").GetInt32());
        Assert.Equal(found.Length, CountsOf(facets, "kinds").Values.Sum());
        Assert.Equal(3, CountsOf(facets, "kinds").Count);
        Assert.Equal(selected.SelectMany(o => o.ConnectionTypes).CountBy(c => c).ToDictionary(), CountsOf(facets, "connectionTypes"));
        Assert.Equal(selected.CountBy(o => o.EfaFinanced ? "true" : "false").ToDictionary(), CountsOf(facets, "efaFinanced"));
    }

    [Fact]
    public async Task Suggestions_are_titles_each_once()
    {
        JsonElement suggestions = (await market.AskAsync(Suggestions, new { search = "antr", first = 3 })).Data.GetProperty("offerSuggestions");

        Assert.Equal(["antrag 01", "antrag 05", "antrag 09"], suggestions.Texts("text"));
        Assert.All(suggestions.EnumerateArray(), s => Assert.Equal(JsonValueKind.Null, s.GetProperty("offer").ValueKind));
        Assert.Equal(9, (await market.AskAsync("""{ offerSuggestions(search: "antrag") { text } }""")).Data.GetProperty("offerSuggestions").GetArrayLength());
        Assert.Empty((await market.AskAsync(Suggestions, new { search = "beschreibung", first = 3 })).Data.GetProperty("offerSuggestions").EnumerateArray());
    }

    [Fact]
    public async Task A_suggestion_of_one_offer_leads_to_it()
    {
        OfferSeed only = Published().Single(o => o.Title == "antrag 01" && CatalogSeed.ServiceOf(o).OzgIds.Contains("10001"));

        JsonElement suggestion = Assert.Single((await market.AskAsync(Suggestions, new { search = "10001 ANTRÄGE", first = 100 })).Data.GetProperty("offerSuggestions").EnumerateArray());

        Assert.Equal("antrag 01", suggestion.GetProperty("text").GetString());
        Assert.Equal(only.Slug, suggestion.At("offer", "slug").GetString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("?!", null)]
    [InlineData("\"antrag", "antrag")]
    [InlineData("antrag*", "antrag")]
    [InlineData("ANTRAEGE", "antrag")]
    [InlineData("anträge", "antrag")]
    [InlineData("aenderung", "Änderung")]
    [InlineData("änderungen", "Änderung")]
    [InlineData("antrag OR änderung", null)]
    [InlineData("antrag\U0001F600", "antrag")]
    public async Task Whatever_is_typed_is_text(string search, string? foundTitles)
    {
        int expected = Published().Count(o => foundTitles is not null && o.Title.StartsWith(foundTitles, StringComparison.Ordinal));

        JsonElement offers = (await market.AskAsync("query($search: String) { offers(filter: {search: $search}) { totalCount } }", new { search })).Data.GetProperty("offers");

        Assert.Equal(expected, offers.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        string search = new('a', 5_000);

        JsonElement ofFilter = (await market.AskAsync(ByRelevance, new { search })).OnlyError;
        JsonElement ofSuggestions = (await market.AskAsync(Suggestions, new { search })).OnlyError;

        foreach (JsonElement error in new[] { ofFilter, ofSuggestions })
        {
            Assert.Equal("INVALID_VALUE", error.At("extensions", "code").GetString());
            Assert.Equal("at most 200 characters", error.At("extensions", "expected").GetString());
        }
    }

    [Theory]
    [InlineData("{ offers(sort: RELEVANCE) { nodes { id } } }")]
    [InlineData("""{ offers(sort: RELEVANCE, filter: {search: " "}) { nodes { id } } }""")]
    public async Task Relevance_needs_a_search(string query)
    {
        JsonElement error = (await market.AskAsync(query)).OnlyError;

        Assert.Equal("INVALID_VALUE", error.At("extensions", "code").GetString());
        Assert.Equal("""["offers","sort"]""", error.At("extensions", "path").GetRawText());
        Assert.Equal("a search in the filter, or another sort", error.At("extensions", "expected").GetString());
    }

    [Fact]
    public async Task A_search_takes_one_command_for_a_page_of_any_size()
    {
        foreach (int first in new[] { 1, 20, 100 })
        {
            Assert.Equal(1, (await market.AskAsync("query($first: Int) { offers(filter: {search: \"leistung\"}, sort: RELEVANCE, first: $first) { nodes { id } } }", new { first })).Commands);
            Assert.Equal(1, (await market.AskAsync(Suggestions, new { search = "leistung", first })).Commands);
        }
        Assert.Equal(2, (await market.AskAsync("{ offers(filter: {search: \"leistung\"}) { totalCount } }")).Commands);
        Assert.Equal(5, (await market.AskAsync("{ offers(filter: {search: \"leistung\"}) { facets { kinds { count } } } }")).Commands);
    }

    // Offers may show one version here, so that ten thousand are quickly made.
    [Fact]
    public async Task More_than_ten_thousand_hits_are_not_counted()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });
        LoadedMarket loaded = await host.Services.GetRequiredService<MarketLoader>().LoadAsync(CatalogSeed.Market, CancellationToken.None);
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        Guid id = loaded.Offers["offer-1"];
        Offer model = await context.Set<Offer>().AsNoTracking().SingleAsync(o => o.Id == id);
        await context.Set<OfferWords>().Where(w => w.OfferId == id).ExecuteUpdateAsync(w => w.SetProperty(x => x.Title, " leuchtturm"));
        context.AddRange(Enumerable.Range(0, OfferSearch.MostCounted - 1).Select(i => CopyOf(model, $"kopie-{i}")));
        await context.SaveChangesAsync();
        const string Count = """{"query":"{ offers(filter: {search: \"leuchtturm\"}, first: 1) { totalCount nodes { id } } }"}""";

        Assert.Equal(OfferSearch.MostCounted, (await AskAsync()).GetProperty("totalCount").GetInt32());
        context.Add(CopyOf(model, "kopie"));
        await context.SaveChangesAsync();
        JsonElement more = await AskAsync();

        Assert.Equal(JsonValueKind.Null, more.GetProperty("totalCount").ValueKind);
        Assert.Equal(1, more.GetProperty("nodes").GetArrayLength());

        async Task<JsonElement> AskAsync()
        {
            using HttpResponseMessage response = await host.Client.PostAsync("/graphql", new StringContent(Count, System.Text.Encoding.UTF8, "application/json"));
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.At("data", "offers");
        }
    }

    private static Offer CopyOf(Offer offer, string slug) => new()
    {
        Id = Guid.CreateVersion7(),
        ServiceId = offer.ServiceId,
        SellerId = offer.SellerId,
        SupplierId = offer.SupplierId,
        Slug = slug,
        State = OfferState.Published,
        ShownVersionId = offer.ShownVersionId,
        SortAt = offer.SortAt,
        UpdatedAt = offer.UpdatedAt,
        TitleKey = offer.TitleKey,
    };

    private static IEnumerable<OfferSeed> Published() => CatalogSeed.Offers.Where(o => o.State == OfferState.Published);

    private static int RankOfTen(OfferSeed offer) =>
        offer.Title.EndsWith(" 10", StringComparison.Ordinal) ? 3
        : CatalogSeed.ServiceOf(offer).OzgIds.Count > 0 || CatalogSeed.ServiceOf(offer).Name.EndsWith(" 10", StringComparison.Ordinal) ? 2
        : offer.Summary.StartsWith("Kurztext 10", StringComparison.Ordinal) ? 1 : 0;

    private static Dictionary<string, int> CountsOf(JsonElement offers, string facet) =>
        offers.At("facets", facet).EnumerateArray().ToDictionary(v => v.GetProperty("value").GetString()!, v => v.GetProperty("count").GetInt32());
}
