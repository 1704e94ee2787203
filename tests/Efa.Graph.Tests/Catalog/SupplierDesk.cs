using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Catalog;

/// <summary>What the supplier and the seller of the small market do over HTTP.</summary>
internal sealed class SupplierDesk(TradeHost trade)
{
    /// <summary>A good row for an own service, as a client sends it.</summary>
    public Dictionary<string, object?> Row(string externalId, string title = "Bewohnerparken", string amount = "950.00") => new()
    {
        ["externalId"] = externalId,
        ["service"] = new { own = new { externalId = "own-" + externalId, name = "Parkausweis", kind = "EFA_ONLINE_SERVICE", leikaKeys = new[] { "99108001001000" } } },
        ["sellerId"] = trade.Organisation(SmallMarket.Govdigital),
        ["title"] = title,
        ["summary"] = "Ausweise für Anwohner.",
        ["orderingMode"] = "DIRECT",
        ["prices"] = new object[] { new { flat = new { code = "year", label = "Jahresentgelt", period = "YEAR", taxes = new[] { new { treatment = "STANDARD" } }, amount } } },
        ["contacts"] = new object[] { new { name = "Erika Beispiel", email = "erika@supplier.example", purpose = "TECHNICAL" } },
    };

    public async Task<Answer> UploadAsync(object[] rows, string mode = "ATOMIC", bool submit = false, string client = SmallMarket.Supplier) =>
        await trade.RunAsync("UploadOffers", new { input = new { supplierId = trade.Organisation(SmallMarket.Supplier), mode, offers = rows, submit, idempotencyKey = trade.NewKey() } }, client);

    /// <summary>Uploads one row that must be good and answers with its result.</summary>
    public async Task<JsonElement> UploadedAsync(object row, bool submit = false)
    {
        JsonElement payload = (await UploadAsync([row], submit: submit)).Data.GetProperty("uploadOffers");
        JsonElement result = Assert.Single(payload.GetProperty("results").EnumerateArray());
        Assert.Empty(result.GetProperty("errors").EnumerateArray());
        return result;
    }

    /// <summary>Takes a step and answers with the offer.</summary>
    public async Task<JsonElement> StepAsync(string name, JsonElement offer, string client, string? note = null)
    {
        JsonElement payload = await TryAsync(name, offer, client, note);
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        return payload.GetProperty("offer");
    }

    public async Task<JsonElement> TryAsync(string name, JsonElement offer, string client, string? note = null)
    {
        var input = new Dictionary<string, object?> { ["offerId"] = offer.GetProperty("id").GetString(), ["expectedVersion"] = offer.GetProperty("version").GetInt32(), ["idempotencyKey"] = trade.NewKey() };
        if (note is not null) input[name is "SuspendOffer" or "RetireOffer" ? "reason" : "note"] = note;
        return (await trade.RunAsync(name, new { input }, client)).Data.EnumerateObject().Single().Value;
    }

    /// <summary>Puts bytes to their address, or to another one.</summary>
    public async Task<HttpResponseMessage> PutAsync(byte[] bytes, string? client = SmallMarket.Supplier, string? sha256 = null, string? mediaType = "application/pdf")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/documents/{sha256 ?? HashOf(bytes)}") { Content = new ByteArrayContent(bytes) };
        if (mediaType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        if (client is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await trade.TokenAsync(client));
        return await trade.Host.Client.SendAsync(request);
    }

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
