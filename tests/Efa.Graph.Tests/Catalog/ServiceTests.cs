using System.Text.Json;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Catalog;

[Collection(CatalogMarket.Name)]
public sealed class ServiceTests(CatalogMarket market)
{
    public static IEnumerable<string> FilterTexts => AllFilters.Keys;

    public static TheoryData<string> Filters => [.. AllFilters.Keys];

    private static readonly IReadOnlyDictionary<string, Func<ServiceSeed, bool>> AllFilters = new Dictionary<string, Func<ServiceSeed, bool>>
    {
        ["""{}"""] = _ => true,
        ["""{"search":"LEIST 07"}"""] = s => s.Name == "Leistung 07",
        ["""{"kinds":["EFA_ONLINE_SERVICE"]}"""] = s => s.Kind == ServiceKind.EfaOnlineService,
        ["""{"subjectAreas":["IMMIGRATION_AND_EMIGRATION"]}"""] = s => s.SubjectArea == "IMMIGRATION_AND_EMIGRATION",
        ["""{"leikaKeys":["99107023037000"]}"""] = s => s.LeikaKeys.Contains("99107023037000"),
        ["""{"ozgIds":["10003"]}"""] = s => s.OzgIds.Contains("10003"),
        ["""{"availableIn":["01"]}"""] = s => CatalogSeed.Offers.Any(o => o.State == OfferState.Published && o.Service == s.Key && (o.AvailableIn.Count == 0 || o.AvailableIn.Contains("01"))),
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_lets_through_what_it_says(string filter)
    {
        string[] expected = [.. CatalogSeed.Services.Where(AllFilters[filter]).Select(s => market.IdOf(IdPrefix.Service, s.Key)).Order(StringComparer.Ordinal)];

        var found = new List<string?>();
        string? after = null;
        for (int page = 0; page < 10; page++)
        {
            JsonElement services = (await market.AskAsync("query($filter: ServiceFilter, $after: Cursor) { services(filter: $filter, first: 30, after: $after) { totalCount nodes { id name } pageInfo { hasNextPage endCursor } } }",
                new { filter = JsonSerializer.Deserialize<JsonElement>(filter), after })).Data.GetProperty("services");
            Assert.Equal(expected.Length, services.GetProperty("totalCount").GetInt32());
            List<string?> names = services.GetProperty("nodes").Texts("name");
            Assert.Equal(names.Order(StringComparer.Ordinal), names);
            found.AddRange(services.GetProperty("nodes").Texts("id"));
            if (!services.At("pageInfo", "hasNextPage").GetBoolean()) break;
            after = services.At("pageInfo", "endCursor").GetString();
        }
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));

        var backward = new List<string?>();
        for (string? before = null; backward.Count < found.Count;)
        {
            JsonElement services = (await market.AskAsync("query($filter: ServiceFilter, $before: Cursor) { services(filter: $filter, last: 30, before: $before) { nodes { id } pageInfo { hasPreviousPage startCursor } } }",
                new { filter = JsonSerializer.Deserialize<JsonElement>(filter), before })).Data.GetProperty("services");
            backward.InsertRange(0, services.GetProperty("nodes").Texts("id"));
            Assert.Equal(backward.Count < found.Count, services.At("pageInfo", "hasPreviousPage").GetBoolean());
            before = services.At("pageInfo", "startCursor").GetString();
        }
        Assert.Equal(found, backward);
    }

    [Fact]
    public async Task A_service_has_its_keys_and_its_offers_side_by_side()
    {
        JsonElement service = (await market.AskAsync(
            "query($id: ID!) { service(by: {id: $id}) { externalId name leikaKeys ozgIds subjectArea { code } offers { totalCount nodes { slug } } } }",
            new { id = market.IdOf(IdPrefix.Service, "service-4") })).Data.GetProperty("service");

        Assert.Equal(
            """{"externalId":null,"name":"Leistung 04","leikaKeys":["99000000000004","99107023037000"],"ozgIds":["10004"],"subjectArea":{"code":"IMMIGRATION_AND_EMIGRATION"},"offers":{"totalCount":2,"nodes":[{"slug":"angebot-111"},{"slug":"angebot-4"}]}}""",
            service.GetRawText());
    }

    [Fact]
    public async Task Offers_of_a_service_are_paged_for_each_service()
    {
        const string Query = "query($ids: [ID!]!, $after: Cursor) { nodes(ids: $ids) { ... on Service { offers(first: 1, after: $after) { nodes { slug } pageInfo { hasNextPage endCursor } } } } }";
        string[] ids = [market.IdOf(IdPrefix.Service, "service-4"), market.IdOf(IdPrefix.Service, "service-50")];

        JsonElement first = (await market.AskAsync(Query, new { ids })).Data.GetProperty("nodes");
        Assert.Equal("angebot-111", first[0].At("offers", "nodes")[0].GetProperty("slug").GetString());
        Assert.True(first[0].At("offers", "pageInfo", "hasNextPage").GetBoolean());
        Assert.False(first[1].At("offers", "pageInfo", "hasNextPage").GetBoolean());

        JsonElement next = (await market.AskAsync(Query, new { ids = ids[..1], after = first[0].At("offers", "pageInfo", "endCursor").GetString() })).Data.GetProperty("nodes");
        Assert.Equal("angebot-4", Assert.Single(next[0].At("offers", "nodes").EnumerateArray()).GetProperty("slug").GetString());
    }

    [Fact]
    public async Task An_unpublished_offer_of_a_service_is_counted_for_its_parties_only()
    {
        const string Query = "query($id: ID!) { service(by: {id: $id}) { offers { totalCount nodes { slug } facets { sellers { count } } } } }";
        string id = market.IdOf(IdPrefix.Service, "service-93");

        JsonElement asStranger = (await market.AskAsync(Query, new { id }, "town")).Data.At("service", "offers");
        JsonElement asSeller = (await market.AskAsync(Query, new { id }, "seller-a")).Data.At("service", "offers");

        Assert.Equal("""{"totalCount":1,"nodes":[{"slug":"angebot-93"}],"facets":{"sellers":[{"count":1}]}}""", asStranger.GetRawText());
        Assert.Equal(2, asSeller.GetProperty("totalCount").GetInt32());
        Assert.Equal("""{"sellers":[{"count":1},{"count":1}]}""", asSeller.GetProperty("facets").GetRawText());
    }

    [Theory]
    [InlineData("de", "Bauen & Wohnen")]
    [InlineData("en", "Building and housing")]
    public async Task Subject_areas_have_names_in_both_languages(string language, string name)
    {
        JsonElement areas = (await market.AskAsync("{ subjectAreas { code name } }", language: language)).Data.GetProperty("subjectAreas");

        Assert.Equal(name, areas.EnumerateArray().Single(a => a.GetProperty("code").GetString() == "BUILDING_AND_HOUSING").GetProperty("name").GetString());
    }

    [Theory]
    [InlineData(null, "3.0 2.0 1.0 1.0")]
    [InlineData("2019-12-31", "")]
    [InlineData("2026-05-31", "1.0 1.0")]
    [InlineData("2026-06-01", "1.0 2.0")]
    [InlineData("2027-01-01", "1.0 3.0")]
    public async Task Terms_of_an_owner_are_listed_whole_or_for_a_day(string? validOn, string labels)
    {
        JsonElement terms = (await market.AskAsync("query($owner: ID!, $validOn: Date) { termsDocuments(ownerId: $owner, validOn: $validOn) { versionLabel } }",
            new { owner = market.IdOf(IdPrefix.Organisation, "seller-a"), validOn })).Data.GetProperty("termsDocuments");

        Assert.Equal(labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), terms.Texts("versionLabel").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Terms_and_services_are_nodes()
    {
        JsonElement nodes = (await market.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on TermsDocument { versionLabel url } ... on Service { name } } }",
            new { ids = new[] { market.IdOf(IdPrefix.Terms, "terms-2"), market.IdOf(IdPrefix.Service, "service-1") } })).Data.GetProperty("nodes");

        Assert.Equal("TermsDocument", nodes[0].GetProperty("__typename").GetString());
        using HttpResponseMessage text = await market.GetAsync(nodes[0].GetProperty("url").GetString()!);
        Assert.Equal("Fassung 2", await text.Content.ReadAsStringAsync());
        Assert.Equal("""{"__typename":"Service","name":"Leistung 01"}""", nodes[1].GetRawText());
    }
}
