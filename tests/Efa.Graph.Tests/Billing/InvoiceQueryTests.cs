using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Billing;

public sealed class InvoiceQueryTests
{
    private const string List = "query($filter: InvoiceFilter, $first: Int, $after: Cursor) { invoices(filter: $filter, first: $first, after: $after) { totalCount totals { net { amount } tax { amount } gross { amount } } nodes { id number net { amount } } pageInfo { hasNextPage endCursor } } }";

    [Fact]
    public async Task An_invoice_tells_parties_lines_tax_and_orders()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen, from: new DateOnly(2026, 3, 1));
        await trade.BillAsync();
        JsonElement list = (await trade.RunAsync("Invoices", new { }, SmallMarket.Aachen)).Data.GetProperty("invoices");
        JsonElement invoice = Assert.Single(list.GetProperty("nodes").EnumerateArray());

        // 12,000.00 for 306 of 365 days, and 1,800.00 once.
        Assert.Equal("11860.27", invoice.At("net", "amount").GetString());
        Assert.Equal("2253.45", invoice.At("tax", "amount").GetString());
        Assert.Equal("14113.72", invoice.At("gross", "amount").GetString());
        Assert.Equal("14113.72", list.At("totals", "gross", "amount").GetString());
        Assert.Equal("GD-R-2026-000001", invoice.GetProperty("number").GetString());
        Assert.Equal("GD-R-2026-000001", invoice.GetProperty("paymentReference").GetString());
        Assert.Equal("05-AACHEN-30", invoice.GetProperty("buyerReference").GetString());
        Assert.Equal("Stadt Aachen", invoice.At("buyerParty", "name").GetString());
        Assert.Equal("DE999999999", invoice.At("sellerParty", "vatId").GetString());
        Assert.Equal("2026-12-31", invoice.GetProperty("periodTo").GetString());
        Assert.Equal(["10060.27", "1800.00"], invoice.At("lines", "nodes").EnumerateArray().Select(l => l.At("net", "amount").GetString()).Order());
        Assert.All(invoice.At("lines", "nodes").EnumerateArray(), line => Assert.Equal("GD-2026-000001", line.At("order", "number").GetString()));
        Assert.All(invoice.At("lines", "nodes").EnumerateArray(), line => Assert.NotEmpty(line.GetProperty("explanation").EnumerateArray()));
        Assert.Equal("""[{"treatment":"STANDARD","rate":"19","taxable":{"amount":"11860.27"},"tax":{"amount":"2253.45"}}]""", invoice.GetProperty("taxes").ToString());
        Assert.Equal(["GD-2026-000001"], invoice.At("orders", "nodes").Texts("number"));
    }

    [Fact]
    public async Task Many_lists_in_one_request_have_each_their_sums()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen, from: new DateOnly(2026, 3, 1));
        await trade.BillAsync();
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"list{i}")];

        JsonElement lists = (await trade.AskAsync($"{{ {string.Join(' ', names.Select(name => $"{name}: invoices {{ totalCount totals {{ gross {{ amount }} }} }}"))} }}", client: SmallMarket.Aachen)).Data;

        Assert.All(names, name => Assert.Equal("""{"totalCount":1,"totals":{"gross":{"amount":"14113.72"}}}""", lists.GetProperty(name).GetRawText()));
    }

    [Fact]
    public async Task Lines_and_invoices_come_in_pages_and_by_filter()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string aachens = await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.ActiveAsync(SmallMarket.Mixed, SmallMarket.Lippe);
        await trade.BillAsync();

        JsonElement first = await ListAsync(new { first = 2 });
        Assert.Equal(3, first.GetProperty("totalCount").GetInt32());
        JsonElement second = await ListAsync(new { first = 2, after = first.At("pageInfo", "endCursor").GetString() });
        string?[] all = [.. first.GetProperty("nodes").Texts("number"), .. second.GetProperty("nodes").Texts("number")];
        Assert.Equal(["GD-R-2026-000001", "GD-R-2026-000002", "GD-R-2026-000003"], all.Order());
        Assert.False(second.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.Equal(2, (await ListAsync(new { filter = new { buyerIds = new[] { trade.Organisation(SmallMarket.Lippe) } } })).GetProperty("totalCount").GetInt32());
        Assert.Equal(1, (await ListAsync(new { filter = new { orderIds = new[] { aachens } } })).GetProperty("totalCount").GetInt32());
        Assert.Equal(0, (await ListAsync(new { filter = new { sellerIds = new[] { trade.Organisation(SmallMarket.Fitko) } } })).GetProperty("totalCount").GetInt32());
        Assert.Equal(0, (await ListAsync(new { filter = new { kinds = new[] { "CREDIT_NOTE" } } })).GetProperty("totalCount").GetInt32());
        Assert.Equal(3, (await ListAsync(new { filter = new { issuedFrom = trade.Today, issuedTo = trade.Today } })).GetProperty("totalCount").GetInt32());
        JsonElement none = await ListAsync(new { filter = new { issuedFrom = trade.Today.AddDays(1) } });
        Assert.Equal("0.00", none.At("totals", "gross", "amount").GetString());

        const string lines = "query($first: Int!, $after: Cursor) { invoices(filter: {}) { nodes { lines(first: $first, after: $after) { totalCount nodes { position } pageInfo { hasNextPage endCursor } } } } }";
        JsonElement aachen = (await trade.AskAsync(lines, new { first = 1 }, SmallMarket.Aachen)).Data.At("invoices", "nodes")[0].GetProperty("lines");
        Assert.Equal(2, aachen.GetProperty("totalCount").GetInt32());
        Assert.Equal(1, aachen.GetProperty("nodes")[0].GetProperty("position").GetInt32());
        Assert.True(aachen.At("pageInfo", "hasNextPage").GetBoolean());
        aachen = (await trade.AskAsync(lines, new { first = 5, after = aachen.At("pageInfo", "endCursor").GetString() }, SmallMarket.Aachen)).Data.At("invoices", "nodes")[0].GetProperty("lines");
        Assert.Equal(2, Assert.Single(aachen.GetProperty("nodes").EnumerateArray()).GetProperty("position").GetInt32());
        Answer wrongCursor = await trade.AskAsync(lines, new { first = 1, after = first.At("pageInfo", "endCursor").GetString() }, SmallMarket.Aachen);
        Assert.Equal("INVALID_CURSOR", wrongCursor.OnlyError.At("extensions", "code").GetString());

        async Task<JsonElement> ListAsync(object variables) => (await trade.AskAsync(List, variables, SmallMarket.Govdigital)).Data.GetProperty("invoices");
    }

    [Fact]
    public async Task An_invoice_is_seen_by_its_seller_and_its_buyer_only()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string run = await trade.BillAsync();
        string id = (await trade.AskAsync(List, null, SmallMarket.Aachen)).Data.At("invoices", "nodes")[0].GetProperty("id").GetString()!;
        const string query =
            """
            query($id: ID!, $run: ID!, $seller: ID!) {
              byId: invoice(by: { id: $id }) { number } byNumber: invoice(by: { number: { sellerId: $seller, number: "GD-R-2026-000001" } }) { id }
              node(id: $id) { __typename } run: node(id: $run) { __typename } invoices { totalCount nodes { id } totals { gross { amount } } }
            }
            """;
        var variables = new { id, run, seller = trade.Organisation(SmallMarket.Govdigital) };
        foreach (string client in new[] { SmallMarket.Aachen, SmallMarket.Govdigital, TradeHost.Operator })
        {
            JsonElement seen = (await trade.AskAsync(query, variables, client)).Data;
            Assert.Equal("GD-R-2026-000001", seen.At("byId", "number").GetString());
            Assert.Equal(id, seen.At("byNumber", "id").GetString());
            Assert.Equal("Invoice", seen.At("node", "__typename").GetString());
            Assert.Equal(client == SmallMarket.Aachen ? JsonValueKind.Null : JsonValueKind.Object, seen.GetProperty("run").ValueKind);
        }
        foreach (string client in new[] { SmallMarket.Wismar, SmallMarket.Supplier, SmallMarket.Lippe })
        {
            JsonElement stranger = (await trade.AskAsync(query, variables, client)).Data;
            foreach (string name in new[] { "byId", "byNumber", "node", "run" }) Assert.Equal(JsonValueKind.Null, stranger.GetProperty(name).ValueKind);
            Assert.Equal(0, stranger.At("invoices", "totalCount").GetInt32());
            Assert.Equal("0.00", stranger.At("invoices", "totals", "gross", "amount").GetString());
            JsonElement foreignRuns = (await trade.RunAsync("BillingRuns", new { sellerId = variables.seller }, client)).Data.At("billingRuns", "nodes");
            Assert.Empty(foreignRuns.EnumerateArray());
            JsonElement preview = (await trade.RunAsync("BillingPreview", new { sellerId = variables.seller, year = 2026 }, client)).Data.GetProperty("billingPreview");
            Assert.Equal(JsonValueKind.Null, preview.ValueKind);
        }

        Answer unscoped = await trade.AskAsync("query($id: ID!) { orders { nodes { number invoices { totalCount } } } invoice(by: { id: $id }) { number } }", new { id }, TradeHost.Reader);
        Assert.Equal(2, unscoped.Json.GetProperty("errors").GetArrayLength());
        Assert.All(unscoped.Json.GetProperty("errors").EnumerateArray(), e => Assert.Equal("FORBIDDEN", e.At("extensions", "code").GetString()));
        Assert.Equal("GD-2026-000001", unscoped.Json.At("data", "orders", "nodes")[0].GetProperty("number").GetString());

        Answer wrongKind = await trade.AskAsync("query($id: ID!) { invoice(by: { id: $id }) { number } }", new { id = run }, SmallMarket.Aachen);
        Assert.Equal("INVALID_ID", wrongKind.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("an id that begins with invoice_", wrongKind.OnlyError.At("extensions", "expected").GetString());
    }

    [Fact]
    public async Task Invoices_with_all_around_them_take_the_same_commands_for_1_20_and_100()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        const string query =
            """
            query($first: Int!) {
              invoices(first: $first) {
                totalCount totals { gross { amount } }
                nodes { number viewUrl xml { sha256 url content } seller { name } buyer { name } taxes { treatment } lines { totalCount nodes { position order { number } usedBy { name } } } orders { totalCount nodes { number orderedBy { name } } } }
              }
            }
            """;
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await trade.BillAsync();
        foreach (string id in (await trade.AskAsync(List, null, SmallMarket.Govdigital)).Data.At("invoices", "nodes").Texts("id").OfType<string>()) await Copies.OfInvoiceAsync(trade, id, 49);
        foreach (int first in new[] { 1, 20, 100 })
        {
            Answer answer = await trade.AskAsync(query, new { first }, SmallMarket.Govdigital);
            Assert.Equal(first, answer.Data.At("invoices", "nodes").GetArrayLength());
            // Invoices, their count and totals; organisations; taxes; lines, their count, their orders; orders of invoices; documents.
            Assert.Equal(10, answer.Commands);
        }
    }
}
