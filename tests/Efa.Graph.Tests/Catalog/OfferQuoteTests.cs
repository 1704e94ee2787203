using System.Text.Json;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Catalog;

[Collection(CatalogMarket.Name)]
public sealed class OfferQuoteTests(CatalogMarket market)
{
    private const string Quote = """
        query($slug: String!, $input: QuoteInput!) { offer(by: {slug: $slug}) { quote(input: $input) {
          quote { orderedBy { name } usedBy { name } offerVersion { number } startsOn oneTime { amount } net { amount } tax { amount } gross { amount } validUntil hash
            years { year net { amount } tax { amount } gross { amount } lines { component { __typename code } usedBy { name } periodFrom periodTo quantity unitPrice { amount } baseQuantity net { amount } taxTreatment taxRate explanation { label formula result } } } }
          errors { __typename code path }
        } } }
        """;

    [Fact]
    public async Task A_member_is_quoted_year_by_year_with_a_hash_to_order_by()
    {
        JsonElement quote = (await AskAsync("angebot-0", new { @for = new { organisationId = Id("town") }, startsOn = "2027-01-01", years = 2 }, "town")).GetProperty("quote");

        Assert.Equal("Musterstadt", quote.At("orderedBy", "name").GetString());
        Assert.Equal(["Musterstadt"], quote.GetProperty("usedBy").Texts("name"));
        Assert.Equal(2, quote.At("offerVersion", "number").GetInt32());
        Assert.Equal("0.00", quote.At("oneTime", "amount").GetString());
        Assert.Equal("8400.00", quote.At("net", "amount").GetString());
        Assert.Equal("1596.00", quote.At("tax", "amount").GetString());
        Assert.Equal("9996.00", quote.At("gross", "amount").GetString());
        Assert.Matches("^[0-9a-f]{64}$", quote.GetProperty("hash").GetString());
        Assert.Equal([2027, 2028], quote.GetProperty("years").EnumerateArray().Select(y => y.GetProperty("year").GetInt32()));

        JsonElement year = quote.GetProperty("years")[0];
        Assert.Equal("4200.00", year.At("net", "amount").GetString());
        JsonElement line = Assert.Single(year.GetProperty("lines").EnumerateArray());
        Assert.Equal("""{"__typename":"FlatPrice","code":"flat"}""", line.GetProperty("component").GetRawText());
        Assert.Equal("2027-01-01", line.GetProperty("periodFrom").GetString());
        Assert.Equal("2027-12-31", line.GetProperty("periodTo").GetString());
        Assert.Equal("4200.00", line.At("net", "amount").GetString());
        Assert.Equal("STANDARD", line.GetProperty("taxTreatment").GetString());
        Assert.Equal("19", line.GetProperty("taxRate").GetString());
        Assert.NotEmpty(line.GetProperty("explanation").EnumerateArray());
    }

    [Fact]
    public async Task An_estimate_by_regional_key_is_public_and_cannot_be_ordered_by()
    {
        JsonElement quote = (await AskAsync("angebot-1", new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01" }, null)).GetProperty("quote");

        Assert.Equal(JsonValueKind.Null, quote.GetProperty("orderedBy").ValueKind);
        Assert.Equal(JsonValueKind.Null, quote.GetProperty("hash").ValueKind);
        Assert.Equal("8325.00", quote.At("net", "amount").GetString());
    }

    [Theory]
    [InlineData("de", "250.000")]
    [InlineData("en", "250,000")]
    public async Task The_explanation_follows_the_language(string language, string figure)
    {
        JsonElement quote = (await AskAsync("angebot-1", new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01" }, null, language)).GetProperty("quote");

        JsonElement steps = quote.GetProperty("years")[0].GetProperty("lines")[0].GetProperty("explanation");
        Assert.Contains(steps.Texts("formula"), formula => formula!.Contains(figure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Labels_of_steps_differ_by_language()
    {
        var input = new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01" };
        List<string?> german = Steps(await AskAsync("angebot-1", input, null));
        List<string?> english = Steps(await AskAsync("angebot-1", input, null, "en"));

        Assert.NotEmpty(german);
        Assert.Equal(german.Count, english.Count);
        Assert.All(german.Zip(english), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Theory]
    [InlineData("town", "town", true)]
    [InlineData("village", "aggregator", true)]
    [InlineData("stranger", "seller-a", true)]
    [InlineData("stranger", "operator", true)]
    [InlineData("town", "stranger", false)]
    [InlineData("town", "seller-b", false)]
    [InlineData("town", "aggregator", false)]
    [InlineData("town", null, false)]
    public async Task Only_some_may_have_an_organisation_quoted(string organisation, string? actingFor, bool allowed)
    {
        JsonElement result = await AskAsync("angebot-0", new { @for = new { organisationId = Id(organisation) }, startsOn = "2027-01-01" }, actingFor);

        Assert.Equal(allowed, result.GetProperty("quote").ValueKind == JsonValueKind.Object);
        Assert.Equal(allowed ? "[]" : """[{"__typename":"NotFoundError","code":"NOT_FOUND","path":["input","for","organisationId"]}]""", result.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task Why_there_is_no_quote_is_told_with_the_input_it_is_about()
    {
        JsonElement package = await AskAsync("angebot-5", new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01" }, null);
        JsonElement years = await AskAsync("angebot-0", new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01", years = 11 }, null);
        JsonElement ars = await AskAsync("angebot-0", new { @for = new { ars = "053340004004" }, startsOn = "2027-01-01" }, null);

        Assert.Equal("""{"quote":null,"errors":[{"__typename":"ValidationError","code":"PACKAGE_REQUIRED","path":["input","packageCode"]}]}""", package.GetRawText());
        Assert.Equal("""{"quote":null,"errors":[{"__typename":"ValidationError","code":"YEARS_OUT_OF_RANGE","path":["input","years"]}]}""", years.GetRawText());
        Assert.Equal("ARS_UNKNOWN", ars.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Many_are_quoted_in_order_and_refusals_name_their_place()
    {
        const string Quotes = "query($inputs: [QuoteInput!]!) { offer(by: {slug: \"angebot-5\"}) { quotes(inputs: $inputs) { quote { net { amount } } errors { code path } } } }";
        object[] inputs =
        [
            new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01", packageCode = "L" },
            new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01" },
            new { @for = new { organisationId = Id("town") }, startsOn = "2027-01-01", packageCode = "S" },
            new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01", packageCode = "S" },
        ];

        JsonElement results = (await market.AskAsync(Quotes, new { inputs })).Data.At("offer", "quotes");

        Assert.Equal("""
            [{"quote":{"net":{"amount":"2500.00"}},"errors":[]},{"quote":null,"errors":[{"code":"PACKAGE_REQUIRED","path":["inputs","1","packageCode"]}]},{"quote":null,"errors":[{"code":"NOT_FOUND","path":["inputs","2","for","organisationId"]}]},{"quote":{"net":{"amount":"500.00"}},"errors":[]}]
            """, results.GetRawText());
    }

    [Fact]
    public async Task More_than_two_hundred_wishes_are_refused()
    {
        Answer answer = await market.AskAsync(
            "query($inputs: [QuoteInput!]!) { offer(by: {slug: \"angebot-0\"}) { quotes(inputs: $inputs) { errors { code } } } }",
            new { inputs = Enumerable.Repeat(new { @for = new { ars = "053340002002" }, startsOn = "2027-01-01" }, 201) });

        Assert.Equal("INVALID_VALUE", answer.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("a list of at most 200", answer.OnlyError.At("extensions", "expected").GetString());
    }

    private static List<string?> Steps(JsonElement result) =>
        [.. result.At("quote", "years")[0].GetProperty("lines")[0].GetProperty("explanation").Texts("label")];

    private async Task<JsonElement> AskAsync(string slug, object input, string? actingFor, string language = "de") =>
        (await market.AskAsync(Quote, new { slug, input }, actingFor, language)).Data.At("offer", "quote");

    private string Id(string organisation) => market.IdOf(IdPrefix.Organisation, organisation);
}
