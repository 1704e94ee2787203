using System.Text.Json;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Catalog;

[Collection(CatalogMarket.Name)]
public sealed class OfferListTests(CatalogMarket market)
{
    private const string Page = """
        query($filter: OfferFilter, $sort: OfferSort, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
          offers(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) {
            nodes { slug } edges { cursor node { slug } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
          }
        }
        """;

    public static TheoryData<string?> Sorts => [null, "TITLE", "PUBLISHED_AT_DESC", "UPDATED_AT_DESC"];

    public static IEnumerable<string> FilterTexts => AllFilters.Keys;

    public static TheoryData<string> Filters => [.. AllFilters.Keys];

    private static readonly IReadOnlyDictionary<string, Func<OfferSeed, bool>> AllFilters = new Dictionary<string, Func<OfferSeed, bool>>
    {
        ["""{}"""] = _ => true,
        ["""{"search":"aenderungen"}"""] = o => o.Title.StartsWith("Änderung", StringComparison.Ordinal),
        ["""{"search":"ANDERUNG"}"""] = o => o.Title.StartsWith("Änderung", StringComparison.Ordinal),
        ["""{"search":"antr beschr"}"""] = o => o.Title.StartsWith("antrag", StringComparison.Ordinal) && o.Description is not null,
        ["""{"search":"nirgends"}"""] = _ => false,
        ["""{"kinds":["SPECIALIST_APPLICATION"]}"""] = o => CatalogSeed.ServiceOf(o).Kind == ServiceKind.SpecialistApplication,
        ["""{"kinds":["SPECIALIST_APPLICATION","EFA_ONLINE_SERVICE"]}"""] = o => CatalogSeed.ServiceOf(o).Kind is ServiceKind.SpecialistApplication or ServiceKind.EfaOnlineService,
        ["""{"subjectAreas":["BUILDING_AND_HOUSING"]}"""] = o => CatalogSeed.ServiceOf(o).SubjectArea == "BUILDING_AND_HOUSING",
        ["""{"leikaKeys":["99107023037000"]}"""] = o => CatalogSeed.ServiceOf(o).LeikaKeys.Contains("99107023037000"),
        ["""{"ozgIds":["10001","10002"]}"""] = o => CatalogSeed.ServiceOf(o).OzgIds.Any(k => k is "10001" or "10002"),
        ["""{"fimTypes":["2/3a"]}"""] = o => CatalogSeed.ServiceOf(o).FimType == "2/3a",
        ["""{"availableIn":["09"]}"""] = o => o.AvailableIn.Count == 0 || o.AvailableIn.Contains("09"),
        ["""{"connectionTypes":["XTA","API"]}"""] = o => o.ConnectionTypes.Any(c => c is "XTA" or "API"),
        ["""{"specialistApplications":["Beta"]}"""] = o => o.SpecialistApplications.Contains("Beta"),
        ["""{"efaFinanced":false}"""] = o => !o.EfaFinanced,
        ["""{"orderingModes":["COORDINATED"]}"""] = o => o.OrderingMode == OrderingMode.Coordinated,
        ["""{"states":["PUBLISHED"]}"""] = _ => true,
        ["""{"states":["UNPUBLISHED","SUSPENDED","RETIRED"]}"""] = _ => false,
        ["""{"draftStates":["DRAFT"]}"""] = _ => false,
        ["""{"updatedSince":"2026-11-23T07:00:00Z"}"""] = o => CatalogMarket.UpdatedAt(IndexOf(o)) >= CatalogMarket.Now.AddHours(-3),
        ["""{"connectionTypes":[]}"""] = _ => false,
        ["""{"availableIn":[]}"""] = _ => false,
        ["""{"kinds":["SPECIALIST_APPLICATION"],"availableIn":["05"],"efaFinanced":true}"""] =
            o => CatalogSeed.ServiceOf(o).Kind == ServiceKind.SpecialistApplication && (o.AvailableIn.Count == 0 || o.AvailableIn.Contains("05")) && o.EfaFinanced,
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_lets_through_what_it_says(string filter)
    {
        string[] expected = [.. Published().Where(AllFilters[filter]).Select(o => o.Slug).Order(StringComparer.Ordinal)];

        JsonElement offers = (await AskAsync(new { filter = JsonSerializer.Deserialize<JsonElement>(filter), first = 100 })).Data.At("offers");

        Assert.Equal(expected.Length, offers.GetProperty("totalCount").GetInt32());
        List<string?> slugs = offers.GetProperty("nodes").Texts("slug");
        Assert.Equal(Math.Min(expected.Length, 100), slugs.Count);
        if (expected.Length <= 100) Assert.Equal(expected, slugs.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sellers_and_suppliers_are_filtered_by_their_ids()
    {
        var filter = new { sellerIds = new[] { market.IdOf(IdPrefix.Organisation, "seller-b") }, supplierIds = new[] { market.IdOf(IdPrefix.Organisation, "supplier-a"), market.IdOf(IdPrefix.Organisation, "supplier-b") } };

        JsonElement offers = (await AskAsync(new { filter, first = 100 })).Data.At("offers");

        Assert.Equal(
            Published().Where(o => o.Seller == "seller-b" && o.Supplier is "supplier-a" or "supplier-b" && o.Seller == "seller-b").Select(o => o.Slug).Order(StringComparer.Ordinal),
            offers.GetProperty("nodes").Texts("slug").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task A_list_is_sorted_as_asked(string? sort)
    {
        List<string?> slugs = (await AskAsync(new { sort, first = 100 })).Data.At("offers", "nodes").Texts("slug");

        OfferSeed[] seeds = [.. slugs.Select(slug => CatalogSeed.Offers.Single(o => o.Slug == slug))];
        Assert.Equal(seeds.OrderBy(Key(sort), StringComparer.Ordinal).Select(Key(sort)), seeds.Select(Key(sort)));
    }

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Pages_forward_and_backward_make_up_the_list(string? sort)
    {
        var filter = new { availableIn = new[] { "05" } };
        List<string?> whole = (await AskAsync(new { sort, filter, first = 100 })).Data.At("offers", "nodes").Texts("slug");
        Assert.Equal(Published().Count(o => o.AvailableIn.Count == 0 || o.AvailableIn.Contains("05")), whole.Count);

        var forward = new List<string?>();
        string? cursor = null;
        for (int page = 0; page < 20; page++)
        {
            JsonElement offers = (await AskAsync(new { sort, filter, first = 13, after = cursor })).Data.At("offers");
            Assert.Equal(cursor is not null, offers.At("pageInfo", "hasPreviousPage").GetBoolean());
            forward.AddRange(offers.GetProperty("nodes").Texts("slug"));
            Assert.Equal(offers.GetProperty("edges").Texts("cursor")[^1], cursor = offers.At("pageInfo", "endCursor").GetString());
            if (!offers.At("pageInfo", "hasNextPage").GetBoolean()) break;
        }
        Assert.Equal(whole, forward);

        var backward = new List<string?>();
        cursor = null;
        for (int page = 0; page < 20; page++)
        {
            JsonElement offers = (await AskAsync(new { sort, filter, last = 17, before = cursor })).Data.At("offers");
            backward.InsertRange(0, offers.GetProperty("nodes").Texts("slug"));
            cursor = offers.At("pageInfo", "startCursor").GetString();
            if (!offers.At("pageInfo", "hasPreviousPage").GetBoolean()) break;
        }
        Assert.Equal(whole, backward);
    }

    [Fact]
    public async Task A_page_holds_twenty_unless_told()
    {
        JsonElement offers = (await AskAsync(new { })).Data.At("offers");

        Assert.Equal(20, offers.GetProperty("nodes").GetArrayLength());
        Assert.Equal(CatalogSeed.Published, offers.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task What_is_not_published_is_listed_for_its_seller_and_supplier_only()
    {
        var filter = new { states = new[] { "UNPUBLISHED", "SUSPENDED", "RETIRED" } };

        Assert.Equal(["angebot-200", "angebot-202"], (await AskAsync(new { filter }, "seller-a")).Data.At("offers", "nodes").Texts("slug").Order(StringComparer.Ordinal));
        Assert.Equal(["angebot-201", "angebot-203"], (await AskAsync(new { filter }, "seller-b")).Data.At("offers", "nodes").Texts("slug").Order(StringComparer.Ordinal));
        Assert.Equal(4, (await AskAsync(new { filter }, "operator")).Data.At("offers", "totalCount").GetInt32());
        Assert.Empty((await AskAsync(new { filter }, "stranger")).Data.At("offers", "nodes").EnumerateArray());
        Assert.Empty((await AskAsync(new { filter })).Data.At("offers", "nodes").EnumerateArray());
    }

    [Fact]
    [Trait("attack", "Z13")]
    public async Task The_review_queue_is_seen_by_parties()
    {
        var filter = new { draftStates = new[] { "DRAFT" } };

        Assert.Equal(["angebot-200"], (await AskAsync(new { filter }, "seller-a")).Data.At("offers", "nodes").Texts("slug"));
        Assert.Empty((await AskAsync(new { filter }, "stranger")).Data.At("offers", "nodes").EnumerateArray());
    }

    private Task<Answer> AskAsync(object variables, string? actingFor = null) => market.AskAsync(Page, variables, actingFor);

    private static IEnumerable<OfferSeed> Published() => CatalogSeed.Offers.Where(o => o.State == OfferState.Published);

    private static int IndexOf(OfferSeed offer) => CatalogSeed.Offers.Index().Single(o => o.Item == offer).Index;

    // Ascending as text, whatever the direction of the sort.
    private static Func<OfferSeed, string> Key(string? sort) => sort switch
    {
        "PUBLISHED_AT_DESC" => o => (100_000_000 - o.PublishedOn!.Value.DayNumber).ToString("D12", null),
        "UPDATED_AT_DESC" => o => (100_000 - (CatalogMarket.UpdatedAt(IndexOf(o)) - CatalogMarket.Now.AddYears(-1)).TotalHours).ToString("000000", null),
        _ => o => NameKey.Of(o.Title),
    };
}
