using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>What the supplier of the small market does with files of offers over HTTP.</summary>
internal sealed class ImportDesk(TradeHost trade)
{
    public const string Header = "externalId,service.own.externalId,service.own.name,service.own.kind,title,summary,orderingMode,availableIn,prices";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>A line of CSV below <see cref="Header"/>.</summary>
    public static string Line(string externalId, string title = "Bewohnerparken", string amount = "950.00", string states = "05|09", string service = "parken") =>
        $"{externalId},{service},Parkausweis,EFA_ONLINE_SERVICE,{title},Ausweise für Anwohner.,DIRECT,{states},{Price(amount)}";

    public static string Price(string amount) => Cell($$$"""[{"flat":{"code":"year","label":"Jahresentgelt","period":"YEAR","taxes":[{"treatment":"STANDARD"}],"amount":"{{{amount}}}"} }]""");

    /// <summary>A text as a cell in quotes.</summary>
    public static string Cell(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static byte[] Csv(params IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. lines]) + "\n");

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"I-{number}");

    public static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>An import that waits for its file; rows are govdigital's unless they say otherwise.</summary>
    public async Task<JsonElement> StartAsync(string format = "CSV")
    {
        var input = new { supplierId = trade.Organisation(SmallMarket.Supplier), format, sellerId = trade.Organisation(SmallMarket.Govdigital), idempotencyKey = trade.NewKey() };
        JsonElement payload = (await trade.RunAsync("StartOfferImport", new { input }, SmallMarket.Supplier)).Data.GetProperty("startOfferImport");
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        return payload.GetProperty("import");
    }

    public async Task<HttpResponseMessage> PutAsync(JsonElement import, byte[] bytes, string? client = SmallMarket.Supplier, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(import.GetProperty("uploadUrl").GetString()!).AbsolutePath) { Content = new ByteArrayContent(bytes) };
        if (encoding is not null) request.Content.Headers.ContentEncoding.Add(encoding);
        if (client is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await trade.TokenAsync(client));
        return await trade.Host.Client.SendAsync(request);
    }

    /// <summary>A file that was sent and planned, or failed.</summary>
    public async Task<JsonElement> PlannedAsync(byte[] file, string format = "CSV")
    {
        JsonElement import = await StartAsync(format);
        using HttpResponseMessage sent = await PutAsync(import, file);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        return await SettledAsync(import);
    }

    public async Task<JsonElement> ApplyAsync(JsonElement planned, string mode = "ATOMIC", bool submit = false) => await SettledAsync(await BeginAsync(planned, mode, submit));

    /// <summary>The import as it is when it has begun to be applied.</summary>
    public async Task<JsonElement> BeginAsync(JsonElement planned, string mode = "ATOMIC", bool submit = false)
    {
        JsonElement payload = await TryApplyAsync(planned, mode, submit: submit);
        Assert.Equal("[]", payload.GetProperty("errors").GetRawText());
        return payload.GetProperty("import");
    }

    public async Task<JsonElement> TryApplyAsync(JsonElement planned, string mode = "ATOMIC", string? planHash = null, bool submit = false)
    {
        var input = new { importId = planned.GetProperty("id").GetString(), planHash = planHash ?? planned.GetProperty("planHash").GetString(), mode, submit, idempotencyKey = trade.NewKey() };
        return (await trade.RunAsync("ApplyOfferImport", new { input }, SmallMarket.Supplier)).Data.GetProperty("applyOfferImport");
    }

    public async Task<JsonElement> CancelAsync(JsonElement import)
    {
        var input = new { importId = import.GetProperty("id").GetString(), idempotencyKey = trade.NewKey() };
        return (await trade.RunAsync("CancelOfferImport", new { input }, SmallMarket.Supplier)).Data.GetProperty("cancelOfferImport");
    }

    public async Task<JsonElement> ReadAsync(JsonElement import, string[]? outcomes = null, int first = 50, string? after = null) =>
        (await trade.RunAsync("OfferImport", new { id = import.GetProperty("id").GetString(), outcomes, first, after }, SmallMarket.Supplier)).Data.GetProperty("offerImport");

    /// <summary>The import when nothing is being done with it.</summary>
    public async Task<JsonElement> SettledAsync(JsonElement import)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            JsonElement now = await ReadAsync(import);
            if (State(now) is not ("PLANNING" or "APPLYING")) return now;
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>How many offers the supplier finds.</summary>
    public async Task<int> FoundAsync(string search) =>
        (await trade.AskAsync("query($search: String) { offers(filter: { search: $search }) { totalCount } }", new { search }, SmallMarket.Supplier)).Data.At("offers", "totalCount").GetInt32();

    /// <summary>Offers of files that the supplier sees.</summary>
    public Task<int> OffersAsync() => StoreAsync(context => context.OffersVisibleTo(Caller.System).CountAsync(o => o.ExternalId!.StartsWith("I-")));

    /// <summary>What stands in the store.</summary>
    public async Task<T> StoreAsync<T>(Func<MarketContext, Task<T>> read)
    {
        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        return await read(context);
    }

    /// <summary>Imports leave offers, versions, words and a log that fit, and nothing of their own work.</summary>
    public async Task NothingIsLeftAsync()
    {
        await EventuallyAsync(async () => await StoreAsync(async context =>
            await context.Set<UpcomingThing>().CountAsync() + await context.Set<UpcomingDraft>().CountAsync() + await context.Set<UpcomingEvent>().CountAsync()
            + await context.Set<FileArrival>().CountAsync()) == 0);
        Assert.Equal(0, await StoreAsync(context => context.Set<OfferWords>().CountAsync(w => !context.Set<Offer>().Any(o => o.ShownVersionId == w.VersionId))));
        Assert.Equal(await trade.HeadAsync(), await StoreAsync(context => context.Set<LoggedEvent>().LongCountAsync()));
    }

    public static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo()) await Task.Delay(50, limit.Token);
    }

    /// <summary>Of the first error of a payload.</summary>
    public static string? Code(JsonElement payload) => payload.GetProperty("errors")[0].GetProperty("code").GetString();

    public static string State(JsonElement import) => import.GetProperty("state").GetString()!;

    /// <summary>State with the counts of created, updated, unchanged and rejected rows.</summary>
    public static string Counts(JsonElement import) =>
        $"{State(import)} {import.GetProperty("created")} {import.GetProperty("updated")} {import.GetProperty("unchanged")} {import.GetProperty("rejected")}";

    /// <summary>Row, line, code and pointer of each error.</summary>
    public static IEnumerable<string> Errors(JsonElement import) =>
        from row in import.GetProperty("rows").GetProperty("nodes").EnumerateArray()
        from error in row.GetProperty("errors").EnumerateArray()
        select $"{error.GetProperty("row")} {error.GetProperty("line")} {error.GetProperty("code")} {error.GetProperty("pointer")}";
}
