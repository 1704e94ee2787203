using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog;

public sealed class PublishTermsTests
{
    private const string Terms = "query($id: ID!) { offer(by: {id: $id}) { terms { versionLabel supersededBy { versionLabel validFrom } } } }";

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Offers_ask_for_the_new_terms_from_their_first_day_on(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        string sha256 = await PutAsync(trade);

        JsonElement published = await PublishAsync(trade, sha256, trade.Today.AddDays(1));
        Assert.Equal("2.0", published.At("document", "versionLabel").GetString());
        Assert.Equal("1.0", await LabelAsync(trade));
        await trade.PlaceAsync(SmallMarket.Naturalisation, SmallMarket.Aachen);

        trade.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("2.0", await LabelAsync(trade));
        JsonElement order = await trade.PlaceAsync(SmallMarket.Naturalisation, SmallMarket.Aachen);
        Assert.Equal(sha256, order.At("termsAcceptances")[0].GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Terms_are_refused_with_a_reason()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string sha256 = await PutAsync(trade);
        DateOnly today = trade.Today;

        Assert.Equal("VALID_FROM_OUT_OF_RANGE", await CodeAsync(PublishAsync(trade, sha256, today.AddDays(-1))));
        Assert.Equal("VALID_FROM_OUT_OF_RANGE", await CodeAsync(PublishAsync(trade, sha256, today.AddYears(5).AddDays(1))));
        Assert.Equal("TERMS_OF_OTHER_KIND", await CodeAsync(PublishAsync(trade, sha256, today, kind: "SERVICE_LEVEL")));
        Assert.Equal("DOCUMENT_UNKNOWN", await CodeAsync(PublishAsync(trade, new string('b', 64), today)));
        Assert.Equal("PERMISSION_DENIED", await CodeAsync(PublishAsync(trade, sha256, today, client: SmallMarket.Fitko)));
        Assert.Equal("NOT_FOUND", await CodeAsync(PublishAsync(trade, sha256, today, supersedes: "level")));
        Assert.Equal("1.0", await LabelAsync(trade));

        JsonElement first = await PublishAsync(trade, sha256, today);
        Assert.Empty(first.GetProperty("errors").EnumerateArray());
        Assert.Equal("TERMS_SUPERSEDED", await CodeAsync(PublishAsync(trade, sha256, today)));
    }

    // Of two at once one is first, and the other is told so.
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Terms_are_superseded_once(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        string sha256 = await PutAsync(trade);

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PublishAsync(trade, sha256, trade.Today)));

        Assert.Single(answers, a => a.GetProperty("document").ValueKind == JsonValueKind.Object);
        Assert.Equal(3, answers.Count(a => a.GetProperty("errors").EnumerateArray().Any(e => e.GetProperty("code").GetString() == "TERMS_SUPERSEDED")));
    }

    private static async Task<string> PutAsync(TradeHost trade)
    {
        byte[] bytes = SupplierDesk.Bytes("Neue Bedingungen.");
        using HttpResponseMessage answer = await new SupplierDesk(trade).PutAsync(bytes, SmallMarket.Govdigital, mediaType: "text/markdown");
        Assert.True(answer.IsSuccessStatusCode);
        return SupplierDesk.HashOf(bytes);
    }

    private static async Task<JsonElement> PublishAsync(
        TradeHost trade, string sha256, DateOnly validFrom, string kind = "GENERAL_TERMS", string client = SmallMarket.Govdigital, string supersedes = "general")
    {
        var input = new { ownerId = trade.Organisation(SmallMarket.Govdigital), kind, title = "AGB", versionLabel = "2.0", sha256, validFrom, supersedesId = trade.Terms(supersedes), idempotencyKey = trade.NewKey() };
        return (await trade.RunAsync("PublishTerms", new { input }, client)).Data.GetProperty("publishTerms");
    }

    private static async Task<string?> CodeAsync(Task<JsonElement> payload) => Assert.Single((await payload).GetProperty("errors").EnumerateArray()).GetProperty("code").GetString();

    private static async Task<string?> LabelAsync(TradeHost trade) =>
        Assert.Single((await trade.AskAsync(Terms, new { id = trade.Offer(SmallMarket.Naturalisation) })).Data.At("offer", "terms").EnumerateArray()).GetProperty("versionLabel").GetString();
}
