using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>Values that a supplier sends by mistake or on purpose.</summary>
public sealed class UploadedValueTests
{
    // What each use can cost at most, and how many are expected at most.
    private const string HighestUnitPrice = "10000.00";
    private const int MostUses = 10_000_000;

    [Fact]
    [Trait("attack", "V10")]
    public async Task What_is_no_amount_is_refused_before_anything_is_done()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        long head = await trade.HeadAsync();
        foreach (string amount in new[] { "\"0.1000000000000000000000000000001\"", "\"1e3\"", "\"NaN\"", "\"0x10\"", "\" 1.00\"", "\"\\u0661\"", "0.30000000000000004", "1e3", "9999999999999" })
        {
            Dictionary<string, object?> row = desk.Row("V-1");
            row["prices"] = new[] { Flat(JsonDocument.Parse(amount).RootElement) };
            JsonElement extensions = (await desk.UploadAsync([row])).OnlyError.GetProperty("extensions");
            Assert.Equal((amount, "INVALID_VALUE"), (amount, extensions.GetProperty("code").GetString()));
            Assert.Equal("""["variables","input","offers",0,"prices",0,"flat","amount"]""", extensions.GetProperty("path").GetRawText());
        }
        Assert.Equal(head, await trade.HeadAsync());
    }

    [Fact]
    [Trait("attack", "V09"), Trait("attack", "V10")]
    public async Task An_amount_that_no_invoice_can_show_refuses_its_row()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        foreach ((string amount, string code) in new[] { ("0.001", "SUM_DECIMALS_TOO_MANY"), ("1000000000.01", "AMOUNT_TOO_HIGH"), ("999999999999", "AMOUNT_TOO_HIGH"), ("-0.01", "AMOUNT_NEGATIVE") })
            Assert.Equal($"{code} /prices/0/flat/amount", await FaultAsync(trade, desk.Row("V-2", amount: amount)));
    }

    [Fact]
    [Trait("attack", "V08"), Trait("attack", "V09")]
    public async Task The_highest_price_of_the_most_uses_is_still_exact_and_more_is_refused()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        Dictionary<string, object?> row = desk.Row("V-3");
        row["prices"] = new object[]
        {
            Flat("1000000000.00"),
            new { perUse = new { code = "use", label = "Vorgänge", period = "YEAR", taxes = new[] { new { treatment = "STANDARD" } }, perUse = HighestUnitPrice } },
        };
        JsonElement offer = (await desk.UploadedAsync(row, submit: true)).GetProperty("offer");
        await desk.StepAsync("PublishOffer", offer, SmallMarket.Govdigital);
        const string query = "query($id: ID!, $quote: QuoteInput!) { offer(by: {id: $id}) { quote(input: $quote) { quote { gross { amount } } errors { code path } } } }";

        JsonElement highest = await QuoteAsync(MostUses);
        Assert.Equal("120190000000.00", highest.At("quote", "gross", "amount").GetString());
        foreach (int uses in new[] { MostUses + 1, int.MaxValue, -1 })
            Assert.Equal("""{"quote":null,"errors":[{"code":"EXPECTED_USES_OUT_OF_RANGE","path":["input","expectedUses"]}]}""", (await QuoteAsync(uses)).GetRawText());

        async Task<JsonElement> QuoteAsync(int expectedUses)
        {
            var quote = new { @for = new { organisationId = trade.Organisation(SmallMarket.Aachen) }, startsOn = "2027-01-01", expectedUses };
            return (await trade.AskAsync(query, new { id = offer.GetProperty("id").GetString(), quote }, SmallMarket.Aachen)).Data.At("offer", "quote");
        }
    }

    [Fact]
    [Trait("attack", "V13"), Trait("attack", "V20")]
    public async Task A_title_with_characters_that_nobody_sees_refuses_its_row()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        foreach (string title in new[] { "\u202eexe.png", "Bewohner\u200bparken", "Bewohner\nparken", "Bewohner\u2028parken", "Bewohner\U000E0041parken" })
            Assert.Equal("NAME_INVALID /title", await FaultAsync(trade, desk.Row("V-4", title)));
    }

    [Fact]
    [Trait("attack", "V14")]
    public async Task The_two_Unicode_forms_of_a_title_are_one_title()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        JsonElement made = await desk.UploadedAsync(desk.Row("V-5", "K\u00f6ln parkt"));
        JsonElement again = await desk.UploadedAsync(desk.Row("V-5", "Ko\u0308ln parkt"));

        Assert.Equal(("CREATE", "UNCHANGED"), (made.GetProperty("outcome").GetString(), again.GetProperty("outcome").GetString()));
    }

    [Fact]
    [Trait("attack", "V27")]
    public async Task A_script_is_a_title_like_any_other_and_stays_what_it_is()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        const string title = "<script>alert(1)</script>";
        JsonElement offer = (await desk.UploadedAsync(desk.Row("V-6", title), submit: true)).GetProperty("offer");
        await desk.StepAsync("PublishOffer", offer, SmallMarket.Govdigital);

        using HttpResponseMessage response = await trade.Host.PostAsync("query($id: ID!) { offer(by: {id: $id}) { title slug } }", new { id = offer.GetProperty("id").GetString() });
        JsonElement seen = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.At("data", "offer");
        Assert.Equal(title, seen.GetProperty("title").GetString());
        Assert.Matches("^[a-z0-9-]+$", seen.GetProperty("slug").GetString());
        Assert.Equal(("application/graphql-response+json", "nosniff"), (response.Content.Headers.ContentType?.MediaType, Assert.Single(response.Headers.GetValues("X-Content-Type-Options"))));
    }

    [Fact]
    [Trait("attack", "V17")]
    public async Task An_address_that_patterns_choke_on_is_refused_at_once()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        Dictionary<string, object?> row = desk.Row("V-7");
        row["contacts"] = new[] { new { name = "Erika Beispiel", email = $"a@{new string('.', 50_000)} ", purpose = "TECHNICAL" } };
        await desk.UploadAsync([desk.Row("V-8")], "VALIDATE");

        long began = Stopwatch.GetTimestamp();
        Assert.Equal("EMAIL_INVALID /contacts/0/email", await FaultAsync(trade, row));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    [Trait("attack", "V28")]
    public async Task A_file_with_entities_is_bytes_that_nobody_reads()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        byte[] bomb = Encoding.UTF8.GetBytes("""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]><x>&b;&e;</x>""");
        await desk.PutAsync(bomb, mediaType: "application/xml");
        Dictionary<string, object?> row = desk.Row("V-9");
        row["documents"] = new[] { new { kind = "OTHER", title = "../../etc/passwd", sha256 = SupplierDesk.HashOf(bomb) } };
        JsonElement offer = (await desk.UploadedAsync(row, submit: true)).GetProperty("offer");
        await desk.StepAsync("PublishOffer", offer, SmallMarket.Govdigital);

        using HttpResponseMessage given = await trade.Host.Client.GetAsync($"/documents/{SupplierDesk.HashOf(bomb)}");
        Assert.Equal(bomb, await given.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", given.Content.Headers.ContentDisposition?.ToString());
    }

    private static object Flat(object amount) => new { flat = new { code = "year", label = "Jahresentgelt", period = "YEAR", taxes = new[] { new { treatment = "STANDARD" } }, amount } };

    /// <summary>The one fault of a row, with its place; nothing has changed.</summary>
    private static async Task<string> FaultAsync(TradeHost trade, object row)
    {
        long head = await trade.HeadAsync();
        JsonElement result = Assert.Single((await new SupplierDesk(trade).UploadAsync([row], "PARTIAL")).Data.At("uploadOffers", "results").EnumerateArray());
        Assert.Equal("REJECT", result.GetProperty("outcome").GetString());
        Assert.Equal(head, await trade.HeadAsync());
        JsonElement fault = Assert.Single(result.GetProperty("errors").EnumerateArray());
        return $"{fault.GetProperty("code").GetString()} {fault.GetProperty("pointer").GetString()}";
    }
}
