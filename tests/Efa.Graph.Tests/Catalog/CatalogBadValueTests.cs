using System.Text.Json;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage.Paging;

namespace Efa.Graph.Tests.Catalog;

/// <summary>What is wrong with a request is told by a code, the place of the value and what was expected.</summary>
[Collection(CatalogMarket.Name)]
public sealed class CatalogBadValueTests(CatalogMarket market)
{
    private const string Offers = "query($filter: OfferFilter, $sort: OfferSort, $first: Int, $after: Cursor, $last: Int, $before: Cursor) { offers(filter: $filter, sort: $sort, first: $first, after: $after, last: $last, before: $before) { nodes { id } } }";

    [Theory]
    [InlineData("""{"filter":{"leikaKeys":["9910"]}}""", "INVALID_VALUE", """["variables","filter","leikaKeys",0]""", "a LeiKa key of 14 digits")]
    [InlineData("""{"filter":{"ozgIds":["10255","1025"]}}""", "INVALID_VALUE", """["variables","filter","ozgIds",1]""", "an OZG number of five digits that begins with 1")]
    [InlineData("""{"filter":{"sellerIds":["offer_01h455vb4pex5vsknk084sn02q"]}}""", "INVALID_ID", """["variables","filter","sellerIds",0]""", "an id that begins with org_")]
    [InlineData("""{"filter":{"kinds":["SOMETHING"]}}""", "INVALID_VALUE", """["variables","filter","kinds",0]""", null)]
    [InlineData("""{"filter":{"updatedSince":"yesterday"}}""", "INVALID_VALUE", """["variables","filter","updatedSince"]""", null)]
    [InlineData("""{"sort":"RELEVANCE"}""", "INVALID_VALUE", """["variables","sort"]""", null)]
    [InlineData("""{"after":"bm90aGluZw"}""", "INVALID_CURSOR", """["offers","after"]""", "a cursor that this list gave out")]
    [InlineData("""{"first":0}""", "INVALID_VALUE", null, null)]
    [InlineData("""{"first":101}""", "INVALID_VALUE", null, null)]
    [InlineData("""{"last":-1}""", "INVALID_VALUE", null, null)]
    [InlineData("""{"first":5,"last":5}""", "INVALID_VALUE", null, null)]
    public async Task A_bad_value_is_answered_with_its_place(string variables, string code, string? path, string? expected)
    {
        JsonElement error = (await market.AskAsync(Offers, JsonSerializer.Deserialize<JsonElement>(variables))).OnlyError;

        Assert.Equal(code, error.At("extensions", "code").GetString());
        if (path is not null) Assert.Equal(path, error.At("extensions", "path").GetRawText());
        if (expected is not null) Assert.Equal(expected, error.At("extensions", "expected").GetString());
    }

    [Theory]
    [InlineData("search", 201)]
    [InlineData("fimTypes", 101)]
    public async Task A_filter_is_bounded(string field, int size)
    {
        object value = field == "search" ? new string('a', size) : Enumerable.Repeat("2", size);

        JsonElement error = (await market.AskAsync(Offers, new { filter = new Dictionary<string, object> { [field] = value } })).OnlyError;

        Assert.Equal("INVALID_VALUE", error.At("extensions", "code").GetString());
        Assert.Equal($"""["variables","filter","{field}"]""", error.At("extensions", "path").GetRawText());
    }

    [Fact]
    public async Task A_cursor_of_another_sort_or_list_is_refused()
    {
        string byTitle = await CursorAsync("{ offers(first: 1) { pageInfo { endCursor } } }", "offers");
        string ofServices = await CursorAsync("{ services(first: 1) { pageInfo { endCursor } } }", "services");

        foreach (object variables in new object[] { new { sort = "UPDATED_AT_DESC", after = byTitle }, new { after = ofServices }, new { last = 3, before = ofServices } })
        {
            JsonElement error = (await market.AskAsync(Offers, variables)).OnlyError;
            Assert.Equal("INVALID_CURSOR", error.At("extensions", "code").GetString());
        }
    }

    [Fact]
    public async Task A_cursor_that_was_tampered_with_is_refused()
    {
        string forged = new PageCursor("offers by update", "not a number", Guid.Empty).ToString();

        JsonElement error = (await market.AskAsync(Offers, new { sort = "UPDATED_AT_DESC", after = forged })).OnlyError;

        Assert.Equal("INVALID_CURSOR", error.At("extensions", "code").GetString());
    }

    [Theory]
    [InlineData("""{"by":{}}""")]
    [InlineData("""{"by":{"slug":"a","id":"offer_01h455vb4pex5vsknk084sn02q"}}""")]
    [InlineData("""{"by":{"slug":null}}""")]
    public async Task An_offer_is_looked_up_by_exactly_one_key(string variables)
    {
        Answer answer = await market.AskAsync("query($by: OfferBy!) { offer(by: $by) { id } }", JsonSerializer.Deserialize<JsonElement>(variables));

        Assert.Equal("INVALID_VALUE", answer.OnlyError.At("extensions", "code").GetString());
        Assert.False(answer.Json.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task At_most_a_hundred_things_are_asked_for_at_once()
    {
        string[] ids = [.. Enumerable.Repeat(market.IdOf(IdPrefix.Service, "service-1"), 101)];

        Assert.Equal(100, (await market.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = ids[1..] })).Data.GetProperty("nodes").GetArrayLength());
        JsonElement error = (await market.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids })).OnlyError;
        Assert.Equal("INVALID_VALUE", error.At("extensions", "code").GetString());
    }

    [Fact]
    public async Task An_id_of_another_kind_is_refused_and_an_unknown_one_is_nothing()
    {
        JsonElement error = (await market.AskAsync("query($id: ID!) { offer(by: {id: $id}) { id } }", new { id = market.IdOf(IdPrefix.Service, "service-1") })).OnlyError;
        JsonElement unknown = (await market.AskAsync("{ offer(by: {id: \"offer_01h455vb4pex5vsknk084sn02q\"}) { id } }")).Data;

        Assert.Equal("INVALID_ID", error.At("extensions", "code").GetString());
        Assert.Equal("an id that begins with offer_", error.At("extensions", "expected").GetString());
        Assert.Equal("""{"offer":null}""", unknown.GetRawText());
    }

    /// <summary>The scalars that other lists and fields take.</summary>
    public static TheoryData<string, string, string, string, string, string> Scalars => new()
    {
        { "Ars", "05x", "query($v: Ars!) { organisations(filter: { ars: $v }) { nodes { id } } }", """["variables","v"]""", """["organisations","filter","ars"]""", Ars.Expected },
        { "LeitwegId", "05334002-EFADEMO-92", "query($v: LeitwegId!) { organisations(filter: { leitwegId: $v }) { nodes { id } } }", """["variables","v"]""", """["organisations","filter","leitwegId"]""", LeitwegId.Expected },
        { "Date", "2026-02-30", "query($v: Date!) { offer(by: { slug: \"angebot-1\" }) { quote(input: { for: { ars: \"05\" }, startsOn: $v }) { errors { code } } } }", """["variables","v"]""", """["offer","quote","input","startsOn"]""", "a calendar day between 1900-01-01 and 2199-12-31, such as \"2026-11-23\"" },
        { "DateTime", "yesterday", "query($v: DateTime!) { offer(by: { slug: \"angebot-1\" }) { asOf(at: $v) { number } } }", """["variables","v"]""", """["offer","asOf","at"]""", "an instant with offset between the years 1900 and 2199, such as \"2026-11-23T09:30:00Z\"" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public async Task A_scalar_that_is_none_is_told_with_its_place_as_variable_and_as_literal(string type, string value, string query, string asVariable, string asLiteral, string expected)
    {
        string literal = query.Replace($"query($v: {type}!) ", "", StringComparison.Ordinal).Replace("$v", $"\"{value}\"", StringComparison.Ordinal);

        foreach ((Answer answer, string path) in new[] { (await market.AskAsync(query, new { v = value }, "operator"), asVariable), (await market.AskAsync(literal, null, "operator"), asLiteral) })
        {
            Assert.Equal("INVALID_VALUE", answer.OnlyError.At("extensions", "code").GetString());
            Assert.Equal(path, answer.OnlyError.At("extensions", "path").GetRawText());
            Assert.Equal(expected, answer.OnlyError.At("extensions", "expected").GetString());
            Assert.False(answer.Json.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object);
        }
    }

    private async Task<string> CursorAsync(string query, string list) => (await market.AskAsync(query)).Data.At(list, "pageInfo", "endCursor").GetString()!;
}
