using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Billing.XRechnung;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

public sealed class InvoiceDownloadTests
{
    private const string Query = "{ invoices { nodes { id number gross { amount } xml { mediaType sha256 url content } viewUrl } } }";

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_xml_is_the_same_in_the_answer_and_at_its_address(StoreKind kind)
    {
        await using TradeHost trade = await TradeHost.StartAsync(kind);
        JsonElement invoice = await IssuedAsync(trade);
        JsonElement xml = invoice.GetProperty("xml");
        string url = xml.GetProperty("url").GetString()!, sha256 = xml.GetProperty("sha256").GetString()!;
        Assert.Equal(new Uri(trade.Host.Address, $"/invoices/{invoice.GetProperty("id")}.xml"), new Uri(url));

        using HttpResponseMessage response = await GetAsync(trade, url, SmallMarket.Aachen);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("application/xml", "application/xml"), (xml.GetProperty("mediaType").GetString(), response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(xml.GetProperty("content").GetString(), Encoding.UTF8.GetString(bytes));
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        EInvoice read = ReadInvoice.Of(bytes);
        Assert.Empty(InvoiceRules.Check(read));
        Assert.Equal(invoice.At("gross", "amount").GetString(), read.Totals.Payable.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal($"\"{sha256}\"", response.Headers.ETag?.Tag);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("attachment; filename=GD-R-2026-000001.xml; filename*=UTF-8''GD-R-2026-000001.xml", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal(["default-src 'none'; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));

        using HttpResponseMessage unchanged = await GetAsync(trade, url, SmallMarket.Aachen, tag: $"\"{sha256}\"");
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using HttpResponseMessage head = await GetAsync(trade, url, SmallMarket.Aachen, method: HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, (long?)bytes.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_page_says_the_same_and_can_do_nothing()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement invoice = await IssuedAsync(trade);
        string url = invoice.GetProperty("viewUrl").GetString()!;
        Assert.Equal(new Uri(trade.Host.Address, $"/invoices/{invoice.GetProperty("id")}.html"), new Uri(url));

        using HttpResponseMessage response = await GetAsync(trade, url, SmallMarket.Govdigital);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync();
        string page = Encoding.UTF8.GetString(bytes);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        foreach (string text in new[] { "Rechnung GD-R-2026-000001", "Stadt Aachen", "05-AACHEN-30", "DE89370400440532013000", "14.661,45", "GD-2026-000001", "Angebot portal: Jahresentgelt" })
            Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"", response.Headers.ETag?.Tag);
        Assert.Equal("no-cache, private", response.Headers.CacheControl?.ToString());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("inline; filename=GD-R-2026-000001.html; filename*=UTF-8''GD-R-2026-000001.html", response.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal(["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"], response.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("attack", "Z07")]
    public async Task Parties_get_it_strangers_find_nothing_and_without_a_token_one_is_asked_for()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement invoice = await IssuedAsync(trade);
        foreach (string url in new[] { invoice.At("xml", "url").GetString()!, invoice.GetProperty("viewUrl").GetString()! })
        {
            foreach (string client in new[] { SmallMarket.Aachen, SmallMarket.Govdigital, TradeHost.Operator })
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(url, client));
            // The supplier is no party of the invoice; a reader of orders may not see invoices, though his organisation is.
            foreach (string client in new[] { SmallMarket.Lippe, SmallMarket.Supplier, TradeHost.Reader, TradeHost.Powerless })
                Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(url, client));

            using HttpResponseMessage anonymous = await GetAsync(trade, url, client: null);
            Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (anonymous.StatusCode, anonymous.Headers.WwwAuthenticate.ToString()));
            Assert.Empty(await anonymous.Content.ReadAsByteArrayAsync());
            Assert.Equal("no-store", anonymous.Headers.CacheControl?.ToString());

            string form = url[url.LastIndexOf('.')..];
            string order = trade.Organisation(SmallMarket.Aachen);
            foreach (string id in new[] { "invoice_00000000000000000000000000", "invoice_x", order, "..%2f..%2fmarket" })
                Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/invoices/{id}{form}", SmallMarket.Aachen));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync($"/invoices/invoice_x{form}", null));
        }
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(invoice.At("xml", "url").GetString()![..^4] + ".pdf", SmallMarket.Aachen));
        using HttpResponseMessage post = await GetAsync(trade, invoice.At("xml", "url").GetString()!, SmallMarket.Aachen, method: HttpMethod.Post);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);

        async Task<HttpStatusCode> StatusAsync(string url, string? client)
        {
            using HttpResponseMessage response = await GetAsync(trade, url, client);
            return response.StatusCode;
        }
    }

    private static async Task<JsonElement> IssuedAsync(TradeHost trade)
    {
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.BillAsync();
        return Assert.Single((await trade.AskAsync(Query, client: SmallMarket.Aachen)).Data.At("invoices", "nodes").EnumerateArray());
    }

    private static async Task<HttpResponseMessage> GetAsync(TradeHost trade, string url, string? client, string? tag = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, url);
        if (client is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await trade.TokenAsync(client));
        if (tag is not null) request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(tag));
        return await trade.Host.Client.SendAsync(request);
    }
}
