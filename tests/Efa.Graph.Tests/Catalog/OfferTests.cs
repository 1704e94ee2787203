using System.Net;
using System.Text.Json;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Catalog;

[Collection(CatalogMarket.Name)]
public sealed class OfferTests(CatalogMarket market)
{
    private const string Content = """
        title summary description implementingState { code name } availableIn { code } orderingMode provisioningMode connectionTypes specialistApplications
        maturity { modelVersion level assessedOn } efaFinanced minimumTermMonths noticePeriodMonths noticeTo publishedAt
        """;

    private const string Draft = "query($slug: String!) { offer(by: {slug: $slug}) { draft { number state title submittedAt offer { slug } } } }";

    [Fact]
    public async Task An_offer_says_what_its_published_version_says()
    {
        JsonElement offer = await OfferAsync("angebot-2", $"externalId slug state {Content} service {{ name kind fimType }} seller {{ name }} supplier {{ name }} ... on OfferContent {{ title }}");

        Assert.Equal("""
            {"externalId":"EXT-2","slug":"angebot-2","state":"PUBLISHED","title":"Übertrag 02","summary":"Kurztext 2","description":null,"implementingState":null,"availableIn":[{"code":"05"},{"code":"09"}],"orderingMode":"COORDINATED","provisioningMode":"MANUAL","connectionTypes":["API"],"specialistApplications":["Alpha","Beta"],"maturity":{"modelVersion":"1.1","level":3,"assessedOn":"2025-02-01"},"efaFinanced":true,"minimumTermMonths":12,"noticePeriodMonths":3,"noticeTo":"END_OF_CALENDAR_YEAR","publishedAt":"2025-01-02T23:00:00.000Z","service":{"name":"Leistung 02","kind":"DIGITAL_WORKPLACE","fimType":null},"seller":{"name":"Vertrieb A"},"supplier":{"name":"Rechenzentrum C"}}
            """, offer.GetRawText());
    }

    [Fact]
    public async Task An_offer_is_found_by_id_slug_and_external_id()
    {
        string id = market.IdOf(IdPrefix.Offer, "offer-7");
        JsonElement offers = (await market.AskAsync(
            """
            query($id: ID!, $supplier: ID!, $other: ID!) {
              byId: offer(by: {id: $id}) { id } bySlug: offer(by: {slug: "angebot-7"}) { id } byExternalId: offer(by: {externalId: {supplierId: $supplier, externalId: "EXT-7"}}) { id }
              unknown: offer(by: {slug: "ANGEBOT-7"}) { id } foreign: offer(by: {externalId: {supplierId: $other, externalId: "EXT-7"}}) { id } node(id: $id) { id ... on Offer { slug } }
            }
            """, new { id, supplier = market.IdOf(IdPrefix.Organisation, "supplier-b"), other = market.IdOf(IdPrefix.Organisation, "supplier-a") })).Data;

        Assert.Equal($$$"""{"byId":{"id":"{{{id}}}"},"bySlug":{"id":"{{{id}}}"},"byExternalId":{"id":"{{{id}}}"},"unknown":null,"foreign":null,"node":{"id":"{{{id}}}","slug":"angebot-7"}}""", offers.GetRawText());
    }

    [Theory]
    [InlineData("angebot-200", "seller-a", true)]
    [InlineData("angebot-200", "operator", true)]
    [InlineData("angebot-200", "seller-b", false)]
    [InlineData("angebot-200", "town", false)]
    [InlineData("angebot-200", null, false)]
    [InlineData("angebot-202", "seller-a", true)]
    [InlineData("angebot-202", null, false)]
    [InlineData("angebot-203", "stranger", false)]
    public async Task What_is_not_published_is_seen_by_its_parties_only(string slug, string? actingFor, bool seen)
    {
        JsonElement offer = (await market.AskAsync("query($slug: String!) { offer(by: {slug: $slug}) { slug title } }", new { slug }, actingFor)).Data.GetProperty("offer");

        Assert.Equal(seen, offer.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task Before_the_first_publication_an_offer_shows_its_draft_to_its_parties()
    {
        JsonElement offer = (await market.AskAsync("{ offer(by: {slug: \"angebot-200\"}) { title publishedAt publishedVersion { number } draft { number state } versions { nodes { number } totalCount } } }", actingFor: "seller-a")).Data.GetProperty("offer");

        Assert.Equal("""{"title":"Zulassung 15","publishedAt":null,"publishedVersion":null,"draft":{"number":1,"state":"DRAFT"},"versions":{"nodes":[{"number":1}],"totalCount":1}}""", offer.GetRawText());
    }

    [Fact]
    public async Task The_draft_of_a_published_offer_is_seen_by_seller_and_supplier()
    {
        foreach (string party in new[] { "seller-a", "supplier-a", "operator" })
            Assert.Equal(
                """{"draft":{"number":3,"state":"SUBMITTED","title":"Neuer Titel","submittedAt":null,"offer":{"slug":"angebot-0"}}}""",
                (await market.AskAsync(Draft, new { slug = "angebot-0" }, party)).Data.GetProperty("offer").GetRawText());
        foreach (string stranger in new[] { "seller-b", "town" })
            Assert.Equal("""{"draft":null}""", (await market.AskAsync(Draft, new { slug = "angebot-0" }, stranger)).Data.GetProperty("offer").GetRawText());

        Answer anonymous = await market.AskAsync(Draft, new { slug = "angebot-0" });
        Assert.Equal("UNAUTHENTICATED", anonymous.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("""["offer","draft"]""", anonymous.OnlyError.GetProperty("path").GetRawText());
        Assert.Equal("""{"offer":{"draft":null}}""", anonymous.Json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task A_draft_is_found_as_a_node_by_its_parties_only()
    {
        const string Node = "query($id: ID!) { node(id: $id) { ... on OfferVersion { number } } }";
        string id = (await market.AskAsync("{ offer(by: {slug: \"angebot-0\"}) { draft { id } } }", actingFor: "seller-a")).Data.At("offer", "draft", "id").GetString()!;

        Assert.Equal(3, (await market.AskAsync(Node, new { id }, "seller-a")).Data.At("node", "number").GetInt32());
        Assert.Equal(JsonValueKind.Null, (await market.AskAsync(Node, new { id }, "seller-b")).Data.GetProperty("node").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await market.AskAsync(Node, new { id })).Data.GetProperty("node").ValueKind);
    }

    [Fact]
    public async Task Versions_come_newest_first_and_say_what_changed()
    {
        const string Versions = "versions { nodes { number state changedFields summary connectionTypes } totalCount }";

        JsonElement asSeller = (await market.AskAsync($"{{ offer(by: {{slug: \"angebot-0\"}}) {{ {Versions} }} }}", actingFor: "seller-a")).Data.At("offer", "versions");
        JsonElement asStranger = await OfferAsync("angebot-0", Versions);

        Assert.Equal("""
            {"nodes":[{"number":3,"state":"SUBMITTED","changedFields":["title","connectionTypes"],"summary":"Kurztext, zweite Fassung","connectionTypes":["FIT-Connect","XTA"]},{"number":2,"state":"PUBLISHED","changedFields":["summary","documents"],"summary":"Kurztext, zweite Fassung","connectionTypes":["FIT-Connect"]},{"number":1,"state":"SUPERSEDED","changedFields":[],"summary":"Kurztext 0","connectionTypes":["FIT-Connect"]}],"totalCount":3}
            """, asSeller.GetRawText());
        Assert.Equal([2, 1], asStranger.At("versions", "nodes").EnumerateArray().Select(v => v.GetProperty("number").GetInt32()));
        Assert.Equal(2, asStranger.At("versions", "totalCount").GetInt32());
    }

    [Fact]
    public async Task Versions_are_paged()
    {
        JsonElement first = (await OfferAsync("angebot-0", "versions(first: 1) { nodes { number } pageInfo { hasNextPage endCursor } }")).GetProperty("versions");
        Assert.True(first.At("pageInfo", "hasNextPage").GetBoolean());

        JsonElement next = (await market.AskAsync(
            "query($after: Cursor) { offer(by: {slug: \"angebot-0\"}) { versions(first: 1, after: $after) { nodes { number } pageInfo { hasNextPage hasPreviousPage } } } }",
            new { after = first.At("pageInfo", "endCursor").GetString() })).Data.At("offer", "versions");
        Assert.Equal("""{"nodes":[{"number":1}],"pageInfo":{"hasNextPage":false,"hasPreviousPage":true}}""", next.GetRawText());
    }

    [Theory]
    [InlineData("2024-12-31T22:59:59Z", null)]
    [InlineData("2024-12-31T23:00:00Z", 1)]
    [InlineData("2025-07-01T07:59:59.999Z", 1)]
    [InlineData("2025-07-01T10:00:00+02:00", 2)]
    [InlineData("2199-01-01T00:00:00Z", 2)]
    public async Task An_offer_is_shown_as_it_was_at_an_instant(string at, int? number)
    {
        JsonElement version = (await market.AskAsync("query($at: DateTime!) { offer(by: {slug: \"angebot-0\"}) { asOf(at: $at) { number } } }", new { at }, "seller-a")).Data.At("offer", "asOf");

        Assert.Equal(number, version.ValueKind == JsonValueKind.Null ? null : version.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Terms_of_an_offer_are_those_in_force_today_and_those_of_a_version_are_of_its_publication()
    {
        JsonElement offer = await OfferAsync("angebot-0", "terms { title versionLabel supersededBy { versionLabel validFrom } owner { name } } versions { nodes { number terms { versionLabel kind } } }");

        Assert.Equal("""
            {"terms":[{"title":"AGB","versionLabel":"2.0","supersededBy":{"versionLabel":"3.0","validFrom":"2027-01-01"},"owner":{"name":"Vertrieb A"}},{"title":"Servicelevel","versionLabel":"1.0","supersededBy":null,"owner":{"name":"Vertrieb A"}}],"versions":{"nodes":[{"number":2,"terms":[{"versionLabel":"1.0","kind":"GENERAL_TERMS"},{"versionLabel":"1.0","kind":"SERVICE_LEVEL"}]},{"number":1,"terms":[{"versionLabel":"1.0","kind":"GENERAL_TERMS"},{"versionLabel":"1.0","kind":"SERVICE_LEVEL"}]}]}}
            """, offer.GetRawText());
    }

    [Fact]
    public async Task A_document_is_where_its_url_says()
    {
        JsonElement document = Assert.Single((await OfferAsync("angebot-0", "documents { kind title mediaType sha256 url }")).GetProperty("documents").EnumerateArray());
        Assert.Equal("Leistungsbeschreibung", document.GetProperty("title").GetString());
        Assert.Equal("text/plain", document.GetProperty("mediaType").GetString());
        Assert.Equal(new Uri(market.Address, $"/documents/{document.GetProperty("sha256").GetString()}").ToString(), document.GetProperty("url").GetString());

        using HttpResponseMessage response = await market.GetAsync(document.GetProperty("url").GetString()!);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Leistung", await response.Content.ReadAsStringAsync());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);

        using HttpResponseMessage unknown = await market.GetAsync($"/documents/{new string('0', 64)}");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using HttpResponseMessage malformed = await market.GetAsync("/documents/ABC");
        Assert.Equal(HttpStatusCode.NotFound, malformed.StatusCode);
    }

    [Theory]
    [InlineData("de", "4.200,00 EUR")]
    [InlineData("en", "4,200.00")]
    public async Task A_price_in_words_follows_the_language(string language, string part)
    {
        JsonElement price = Assert.Single((await market.AskAsync("{ offer(by: {slug: \"angebot-0\"}) { prices { code label text } } }", language: language)).Data.At("offer", "prices").EnumerateArray());

        Assert.Contains(part, price.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("Pauschale", price.GetProperty("label").GetString());
    }

    [Fact]
    public async Task Each_kind_of_price_shows_its_own_fields()
    {
        const string Prices = """
            prices { __typename code period costType taxes { treatment exemptionReason validFrom validTo }
              ... on FlatPrice { amount { amount currency } } ... on PerInhabitantPrice { perInhabitant { amount } minimum { amount } maximum { amount } }
              ... on TieredPrice { basis graduated tiers { upTo unitPrice { amount } flatAmount { amount } } } ... on PerUsePrice { perUse { amount } includedUses }
              ... on SharedCostPrice { totalCost { amount } key usageDependentPercent rounding weights { ars weight } weightsOn } ... on PackagePrice { packages { code label amount { amount } } } }
            """;
        string taxes = "\"taxes\":[{\"treatment\":\"STANDARD\",\"exemptionReason\":null,\"validFrom\":null,\"validTo\":null}]";
        string[] expected =
        [
            $$$"""{"__typename":"FlatPrice","code":"flat","period":"YEAR","costType":"OPERATION",{{{taxes}}},"amount":{"amount":"4200.00","currency":"EUR"}}""",
            $$$"""{"__typename":"PerInhabitantPrice","code":"inhabitant","period":"YEAR","costType":null,{{{taxes}}},"perInhabitant":{"amount":"0.0333"},"minimum":{"amount":"100.00"},"maximum":{"amount":"9000.00"}}""",
            $$$"""{"__typename":"TieredPrice","code":"tiers","period":"YEAR","costType":null,{{{taxes}}},"basis":"INHABITANTS","graduated":true,"tiers":[{"upTo":10000,"unitPrice":{"amount":"0.05"},"flatAmount":null},{"upTo":null,"unitPrice":{"amount":"0.02"},"flatAmount":{"amount":"50.00"}}]}""",
            $$$"""{"__typename":"PerUsePrice","code":"use","period":"YEAR","costType":null,{{{taxes}}},"perUse":{"amount":"1.50"},"includedUses":100}""",
            $$$"""{"__typename":"SharedCostPrice","code":"shared","period":"YEAR","costType":null,{{{taxes}}},"totalCost":{"amount":"100000.00"},"key":"FLAT","usageDependentPercent":"100","rounding":"LARGEST_REMAINDER","weights":[{"ars":"05","weight":"1"},{"ars":"09","weight":"2"}],"weightsOn":"2025-01-01"}""",
            $$$"""{"__typename":"PackagePrice","code":"package","period":"YEAR","costType":null,{{{taxes}}},"packages":[{"code":"S","label":"Klein","amount":{"amount":"500.00"}},{"code":"L","label":"Groß","amount":{"amount":"2500.00"}}]}""",
        ];

        foreach ((int i, string price) in expected.Index())
            Assert.Equal(price, Assert.Single((await OfferAsync($"angebot-{i}", Prices)).GetProperty("prices").EnumerateArray()).GetRawText());
    }

    private async Task<JsonElement> OfferAsync(string slug, string selection) =>
        (await market.AskAsync($"query($slug: String!) {{ offer(by: {{slug: $slug}}) {{ {selection} }} }}", new { slug })).Data.GetProperty("offer");
}
