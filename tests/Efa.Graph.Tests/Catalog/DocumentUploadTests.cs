using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog;

public sealed class DocumentUploadTests
{
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    [Trait("attack", "V28")]
    public async Task Bytes_are_taken_in_once_and_given_out_as_they_came(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var desk = new SupplierDesk(trade);
        byte[] bytes = new byte[(StoredFile.ChunkSize * 2) + 17];
        new Random(4711).NextBytes(bytes);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.PutAsync(bytes, mediaType: "text/html; charset=utf-8")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        Assert.Equal((1, 3, 1, 0), await CountAsync(trade));

        // Nobody sees it before an offer or terms name it.
        string address = $"/documents/{SupplierDesk.HashOf(bytes)}";
        Assert.Equal(HttpStatusCode.NotFound, (await trade.Host.Client.GetAsync(address)).StatusCode);
        await PublishAsync(trade, SupplierDesk.HashOf(bytes), SmallMarket.Supplier);
        using HttpResponseMessage given = await trade.Host.Client.GetAsync(address);
        Assert.Equal(bytes, await given.Content.ReadAsByteArrayAsync());
        Assert.Equal("text/html; charset=utf-8", given.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", given.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(given.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("default-src 'none'", Assert.Single(given.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_behind()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: new Dictionary<string, string> { ["Files:MaxBytes"] = "300000" });
        var desk = new SupplierDesk(trade);
        (int, int, int, int) before = await CountAsync(trade);
        byte[] bytes = SupplierDesk.Bytes("Leistung"), large = new byte[300_001];

        await IsAsync(HttpStatusCode.BadRequest, "HASH_MISMATCH", desk.PutAsync(bytes, sha256: new string('0', 64)));
        await IsAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST", desk.PutAsync(bytes, sha256: "ABC"));
        await IsAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED", desk.PutAsync(large));
        await IsAsync(HttpStatusCode.UnsupportedMediaType, "MALFORMED_REQUEST", desk.PutAsync(bytes, mediaType: "no media type"));
        await IsAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED", desk.PutAsync(bytes, client: null));
        await IsAsync(HttpStatusCode.Forbidden, "FORBIDDEN", desk.PutAsync(bytes, client: TradeHost.Powerless));

        // Too large without saying so: known only when it has arrived.
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/documents/{SupplierDesk.HashOf(large)}") { Content = new StreamContent(new Unmeasured(large)) };
        request.Headers.Authorization = new("Bearer", await trade.TokenAsync(SmallMarket.Supplier));
        request.Headers.TransferEncodingChunked = true;
        await IsAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED", trade.Host.Client.SendAsync(request));
        Assert.Equal(before, await CountAsync(trade));
    }

    [Fact]
    public async Task A_hash_alone_does_not_open_what_others_gave_in()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new SupplierDesk(trade);
        byte[] bytes = SupplierDesk.Bytes("Vertraulich");
        await desk.PutAsync(bytes, client: SmallMarket.Aachen);
        Dictionary<string, object?> row = desk.Row("D-1");
        row["documents"] = new[] { new { kind = "OTHER", title = "Fremdes", sha256 = SupplierDesk.HashOf(bytes) } };

        JsonElement result = (await desk.UploadAsync([row], "PARTIAL")).Data.At("uploadOffers", "results")[0];
        Assert.Equal("DOCUMENT_UNKNOWN /documents/0/sha256", $"{result.GetProperty("errors")[0].GetProperty("code")} {result.GetProperty("errors")[0].GetProperty("pointer")}");
        JsonElement terms = await PublishAsync(trade, SupplierDesk.HashOf(bytes), SmallMarket.Supplier);
        Assert.Equal("DOCUMENT_UNKNOWN", terms.GetProperty("errors")[0].GetProperty("code").GetString());

        await desk.PutAsync(bytes);
        Assert.Equal("CREATE", (await desk.UploadedAsync(row)).GetProperty("outcome").GetString());
    }

    private static async Task<JsonElement> PublishAsync(TradeHost trade, string sha256, string client)
    {
        var input = new { ownerId = trade.Organisation(client), kind = "OTHER", title = "Blatt", versionLabel = "1", sha256, validFrom = trade.Today, idempotencyKey = trade.NewKey() };
        return (await trade.RunAsync("PublishTerms", new { input }, client)).Data.GetProperty("publishTerms");
    }

    private static async Task IsAsync(HttpStatusCode status, string code, Task<HttpResponseMessage> sent)
    {
        using HttpResponseMessage answer = await sent;
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Equal((status, code), (answer.StatusCode, JsonDocument.Parse(text).RootElement.GetProperty("errors")[0].At("extensions", "code").GetString()));
    }

    /// <summary>Files and their pieces beyond those of the market, deposits and arrivals.</summary>
    private static async Task<(int Files, int Chunks, int Deposits, int Arrivals)> CountAsync(TradeHost trade)
    {
        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        int ofMarket = await context.Set<StoredFile>().CountAsync(f => f.MediaType == "text/markdown");
        return (await context.Set<StoredFile>().CountAsync() - ofMarket, await context.Set<FileChunk>().CountAsync() - ofMarket,
            await context.Set<FileDeposit>().CountAsync(), await context.Set<FileArrival>().CountAsync());
    }

    /// <summary>A stream that does not tell its length.</summary>
    private sealed class Unmeasured(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
