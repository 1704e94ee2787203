using System.Text.Json;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Catalog;

[Collection(CatalogMarket.Name)]
public sealed class OfferEligibilityTests(CatalogMarket market)
{
    private const string One = "query($slug: String!, $id: ID!) { offer(by: {slug: $slug}) { eligibility(organisationId: $id) { eligible basis organisation { name } seller { name } reasons { code message } chain { from { name } relation to { name } validFrom } alternatives { message through { name } offer { slug } } checkedAt } } }";
    private const string Many = "query($ids: [ID!]!) { offer(by: {slug: \"angebot-0\"}) { slug eligibilities(organisationIds: $ids) { organisation { name } eligible } } }";

    [Fact]
    public async Task A_member_of_the_seller_is_told_that_and_why_it_may_order()
    {
        JsonElement eligibility = await AskAsync("angebot-0", "town", "town");

        Assert.Equal("""
            {"eligible":true,"basis":"MEMBER","organisation":{"name":"Musterstadt"},"seller":{"name":"Vertrieb A"},"reasons":[{"code":"MEMBER","message":"Die Organisation ist Mitglied des Anbieters (§ 108 Abs. 4 GWB)."}],"chain":[{"from":{"name":"Musterstadt"},"relation":"MEMBER_OF","to":{"name":"Vertrieb A"},"validFrom":"2020-01-01"}],"alternatives":[],"checkedAt":"2026-11-23T10:00:00.000Z"}
            """, eligibility.GetRawText());
    }

    [Fact]
    public async Task Who_may_not_order_is_told_why_and_what_to_do_instead()
    {
        JsonElement eligibility = await AskAsync("angebot-2", "village", "village", "en");

        Assert.False(eligibility.GetProperty("eligible").GetBoolean());
        Assert.Equal(JsonValueKind.Null, eligibility.GetProperty("basis").ValueKind);
        Assert.Equal(["NO_INHOUSE_RELATION", "NOT_ACCREDITED", "NOT_AVAILABLE_IN_STATE"], eligibility.GetProperty("reasons").Texts("code"));
        Assert.Equal("""[{"message":"Through Bündelnde Stelle, of which the organisation is a client.","through":{"name":"Bündelnde Stelle"},"offer":null}]""", eligibility.GetProperty("alternatives").GetRawText());
    }

    [Fact]
    public async Task Another_offer_of_the_same_service_is_an_alternative()
    {
        JsonElement eligibility = await AskAsync("angebot-3", "town", "town");

        Assert.Equal(["NO_INHOUSE_RELATION", "NOT_ACCREDITED", "NOT_AVAILABLE_IN_STATE"], eligibility.GetProperty("reasons").Texts("code"));
        Assert.Equal("""[{"message":"Dieselbe Leistung als „Änderung 36“.","through":null,"offer":{"slug":"angebot-110"}}]""", eligibility.GetProperty("alternatives").GetRawText());
    }

    [Theory]
    [InlineData("town", true)]
    [InlineData("aggregator", true)]
    [InlineData("seller-a", true)]
    [InlineData("operator", true)]
    [InlineData("stranger", false)]
    [InlineData("seller-b", false)]
    [InlineData("supplier-a", false)]
    public async Task Only_some_may_ask_for_an_organisation(string actingFor, bool allowed)
    {
        // The aggregator's client for the aggregator, the town for all others.
        JsonElement eligibility = await AskAsync("angebot-0", actingFor == "aggregator" ? "village" : "town", actingFor);

        Assert.Equal(allowed, eligibility.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task Nothing_is_said_of_an_organisation_that_does_not_exist()
    {
        string unknown = Id("town")[..^4] + "zzzz";

        Assert.Equal(JsonValueKind.Null, (await market.AskAsync(One, new { slug = "angebot-0", id = unknown }, "operator")).Data.At("offer", "eligibility").ValueKind);
    }

    [Fact]
    public async Task Many_are_answered_in_order_with_null_where_the_caller_may_not_ask()
    {
        string[] ids = [Id("village"), Id("town"), Id("stranger"), Id("town")];

        JsonElement own = (await market.AskAsync(Many, new { ids }, "town")).Data.At("offer", "eligibilities");
        JsonElement all = (await market.AskAsync(Many, new { ids }, "seller-a")).Data.At("offer", "eligibilities");

        Assert.Equal("""[null,{"organisation":{"name":"Musterstadt"},"eligible":true},null,{"organisation":{"name":"Musterstadt"},"eligible":true}]""", own.GetRawText());
        Assert.Equal(["Kleindorf", "Musterstadt", "Fremdstadt", "Musterstadt"], all.EnumerateArray().Select(e => e.At("organisation", "name").GetString()));
    }

    [Fact]
    public async Task Without_a_token_the_error_stands_at_the_path_and_the_offer_is_still_answered()
    {
        Answer one = await market.AskAsync("query($slug: String!, $id: ID!) { offer(by: {slug: $slug}) { slug eligibility(organisationId: $id) { eligible } } }", new { slug = "angebot-0", id = Id("town") });
        Answer many = await market.AskAsync(Many, new { ids = new[] { Id("town"), Id("village") } });

        Assert.Equal("UNAUTHENTICATED", one.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("""["offer","eligibility"]""", one.OnlyError.GetProperty("path").GetRawText());
        Assert.Equal("""{"offer":{"slug":"angebot-0","eligibility":null}}""", one.Json.GetProperty("data").GetRawText());
        Assert.Equal("UNAUTHENTICATED", many.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("""["offer","eligibilities"]""", many.OnlyError.GetProperty("path").GetRawText());
        Assert.Equal("""{"offer":{"slug":"angebot-0","eligibilities":[null,null]}}""", many.Json.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task More_than_two_hundred_are_refused()
    {
        Answer answer = await market.AskAsync(Many, new { ids = Enumerable.Repeat(Id("town"), 201) }, "town");

        Assert.Equal("INVALID_VALUE", answer.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("a list of at most 200", answer.OnlyError.At("extensions", "expected").GetString());
    }

    private async Task<JsonElement> AskAsync(string slug, string organisation, string actingFor, string language = "de") =>
        (await market.AskAsync(One, new { slug, id = Id(organisation) }, actingFor, language)).Data.At("offer", "eligibility");

    private string Id(string organisation) => market.IdOf(IdPrefix.Organisation, organisation);
}
