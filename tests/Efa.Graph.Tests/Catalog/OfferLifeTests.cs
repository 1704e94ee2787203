using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog;

/// <summary>The life of an offer as clients live it.</summary>
public sealed class OfferLifeTests
{
    private const string Versions = """
        query($id: ID!) { offer(by: {id: $id}) { state title updatedAt publishedVersion { number title } draft { number }
          versions { nodes { number state title changedFields publishedAt contacts { email } } } } }
        """;

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task From_upload_over_review_to_orders_that_keep_their_version(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var desk = new SupplierDesk(trade);
        byte[] sheet = SupplierDesk.Bytes("Leistung");
        Assert.Equal(HttpStatusCode.NoContent, (await desk.PutAsync(sheet)).StatusCode);
        Dictionary<string, object?> row = desk.Row("L-1");
        row["documents"] = new[] { new { kind = "SERVICE_DESCRIPTION", title = "Leistungsbeschreibung", sha256 = SupplierDesk.HashOf(sheet) } };

        JsonElement offer = (await desk.UploadedAsync(row, submit: true)).GetProperty("offer");
        JsonElement queued = Assert.Single((await QueueAsync(trade)).EnumerateArray());
        Assert.Equal($"{offer.GetProperty("id")} 2 UNPUBLISHED Bewohnerparken erika@supplier.example",
            $"{queued.GetProperty("id")} {queued.GetProperty("version")} {queued.GetProperty("state")} {queued.At("draft", "title")} {queued.At("draft", "contacts")[0].GetProperty("email")}");

        offer = await desk.StepAsync("RequestOfferChanges", queued, SmallMarket.Govdigital, "Bitte kürzer.");
        Assert.Equal("Bitte kürzer.", offer.At("draft", "reviewNote").GetString());
        Assert.Empty((await QueueAsync(trade)).EnumerateArray());
        offer = await desk.StepAsync("SubmitOffer", offer, SmallMarket.Supplier);
        offer = await desk.StepAsync("PublishOffer", offer, SmallMarket.Govdigital);
        Assert.Equal("PUBLISHED", offer.GetProperty("state").GetString());
        string id = offer.GetProperty("id").GetString()!;
        DateTimeOffset firstAt = trade.Clock.GetUtcNow();
        trade.Clock.Advance(TimeSpan.FromMinutes(1));

        string order = await OrderAsync(trade, id);
        row["title"] = "Anwohnerparken";
        await desk.UploadedAsync(row, submit: true);
        // Beside the published version is a draft, which only parties see.
        JsonElement asStranger = (await trade.AskAsync(Versions, new { id }, SmallMarket.Wismar)).Data.GetProperty("offer");
        Assert.Equal(("Bewohnerparken", JsonValueKind.Null, 1), (asStranger.GetProperty("title").GetString(), asStranger.GetProperty("draft").ValueKind, asStranger.At("versions", "nodes").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, asStranger.At("versions", "nodes")[0].GetProperty("contacts").ValueKind);

        offer = await desk.StepAsync("PublishOffer", Assert.Single((await QueueAsync(trade)).EnumerateArray()), SmallMarket.Govdigital);
        JsonElement seen = (await trade.AskAsync(Versions, new { id }, SmallMarket.Govdigital)).Data.GetProperty("offer");
        Assert.Equal("""[2 PUBLISHED Anwohnerparken ["title"], 1 SUPERSEDED Bewohnerparken []]""",
            $"[{string.Join(", ", seen.At("versions", "nodes").EnumerateArray().Select(v => $"{v.GetProperty("number")} {v.GetProperty("state").GetString()} {v.GetProperty("title").GetString()} {v.GetProperty("changedFields").GetRawText()}"))}]");
        const string asOf = "query($id: ID!, $at: DateTime!, $order: ID!) { offer(by: {id: $id}) { asOf(at: $at) { number } } order(by: {id: $order}) { offerVersion { number title documents { url } } offer { title } } }";
        JsonElement then = (await trade.AskAsync(asOf, new { id, at = firstAt, order }, SmallMarket.Aachen)).Data;
        Assert.Equal(1, then.At("offer", "asOf", "number").GetInt32());
        Assert.Equal((1, "Bewohnerparken", "Anwohnerparken"), (then.At("order", "offerVersion", "number").GetInt32(), then.At("order", "offerVersion", "title").GetString(), then.At("order", "offer", "title").GetString()));
        Assert.Equal("Leistung", await trade.Host.Client.GetStringAsync(then.At("order", "offerVersion", "documents")[0].GetProperty("url").GetString()));

        offer = await desk.StepAsync("SuspendOffer", offer, SmallMarket.Supplier, "Wartung.");
        JsonElement late = await desk.TryAsync("PublishOffer", offer, SmallMarket.Govdigital);
        Assert.Equal("""{"__typename":"InvalidStateError","code":"INVALID_STATE","state":"SUSPENDED","allowed":["resumeOffer","retireOffer"]}""", Told(late, "state", "allowed"));
        offer = await desk.StepAsync("ResumeOffer", offer, SmallMarket.Govdigital);
        await desk.StepAsync("RetireOffer", offer, SmallMarket.Govdigital, "Vorbei.");
        Assert.Equal(JsonValueKind.Null, (await trade.AskAsync(Versions, new { id })).Json.At("data", "offer").ValueKind);
    }

    [Fact]
    public async Task Contacts_are_for_parties_only()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        JsonElement offer = (await desk.UploadedAsync(desk.Row("C-1"), submit: true)).GetProperty("offer");
        string id = offer.GetProperty("id").GetString()!;
        await desk.StepAsync("PublishOffer", offer, SmallMarket.Govdigital);
        const string query = "query($id: ID!) { offer(by: {id: $id}) { contacts { name email phone purpose } publishedVersion { contacts { name } } } }";

        foreach (string party in new[] { SmallMarket.Supplier, SmallMarket.Govdigital, TradeHost.Operator })
            Assert.Equal("""{"contacts":[{"name":"Erika Beispiel","email":"erika@supplier.example","phone":null,"purpose":"TECHNICAL"}],"publishedVersion":{"contacts":[{"name":"Erika Beispiel"}]}}""",
                (await trade.AskAsync(query, new { id }, party)).Data.GetProperty("offer").GetRawText());
        Assert.Equal("""{"contacts":null,"publishedVersion":{"contacts":null}}""", (await trade.AskAsync(query, new { id }, SmallMarket.Aachen)).Data.GetProperty("offer").GetRawText());
        Answer anonymous = await trade.AskAsync(query, new { id });
        Assert.Equal(["UNAUTHENTICATED", "UNAUTHENTICATED"], anonymous.Json.GetProperty("errors").EnumerateArray().Select(e => e.At("extensions", "code").GetString()));
    }

    [Fact]
    public async Task A_bad_code_refuses_its_row_and_a_malformed_number_the_request()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        long head = await trade.HeadAsync();
        Dictionary<string, object?> bad = desk.Row("B-1");
        bad["implementingState"] = "99";
        bad["service"] = new { leikaKey = "123" };

        JsonElement result = (await desk.UploadAsync([desk.Row("B-0"), bad], "PARTIAL")).Data.At("uploadOffers", "results");
        Assert.Equal("""{"row":2,"externalId":"B-1","outcome":"REJECT","changedFields":[],"priceChanges":[],"offer":null,"errors":[{"code":"LEIKA_KEY_INVALID","message":"Ein LeiKa-Schlüssel hat 14 Ziffern.","row":2,"externalId":"B-1","pointer":"/service/leikaKey"},{"code":"STATE_UNKNOWN","message":"Ein Land ist eine zweistellige Kennung von 01 bis 16.","row":2,"externalId":"B-1","pointer":"/implementingState"}]}""",
            result[1].GetRawText());
        Assert.Equal("CREATE", result[0].GetProperty("outcome").GetString());
        Assert.True(await trade.HeadAsync() > head);
        head = await trade.HeadAsync();

        Answer malformed = await desk.UploadAsync([desk.Row("B-2"), desk.Row("B-3", amount: "9,50")], "PARTIAL");
        Assert.Equal("INVALID_VALUE", malformed.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("""["variables","input","offers",1,"prices",0,"flat","amount"]""", malformed.OnlyError.At("extensions", "path").GetRawText());
        Assert.Equal("a decimal number as a string with a point and at most 12 digits before and 6 after it, such as \"1800.00\"", malformed.OnlyError.At("extensions", "expected").GetString());
        Assert.Equal(head, await trade.HeadAsync());
    }

    private static async Task<JsonElement> QueueAsync(TradeHost trade) =>
        (await trade.RunAsync("ReviewQueue", new { sellerId = trade.Organisation(SmallMarket.Govdigital) }, SmallMarket.Govdigital)).Data.At("offers", "nodes");

    private static async Task<string> OrderAsync(TradeHost trade, string offerId)
    {
        JsonElement asked = (await trade.AskAsync(
            "query($id: ID!, $quote: QuoteInput!) { offer(by: { id: $id }) { quote(input: $quote) { quote { hash } } } }",
            new { id = offerId, quote = new { @for = new { organisationId = trade.Organisation(SmallMarket.Aachen) }, startsOn = trade.Today } }, SmallMarket.Aachen)).Data;
        var input = new
        {
            offerId,
            orderedById = trade.Organisation(SmallMarket.Aachen),
            startsOn = trade.Today,
            quoteHash = asked.At("offer", "quote", "quote", "hash").GetString(),
            acceptedTerms = Array.Empty<object>(),
            declaresAuthorisedToRepresent = true,
            idempotencyKey = trade.NewKey(),
        };
        return (await trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aachen)).Data.At("placeOrder", "order", "id").GetString()!;
    }

    private static string Told(JsonElement payload, params string[] fields)
    {
        JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        string[] names = ["__typename", "code", .. fields];
        return $"{{{string.Join(",", names.Select(n => $"\"{n}\":{error.GetProperty(n).GetRawText()}"))}}}";
    }
}
