using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Billing;

public sealed class BillingApiTests
{
    private const string Bill =
        """
        mutation($input: ExecuteBillingRunInput!) {
          executeBillingRun(input: $input) { run { id } errors { __typename code path ... on PermissionDeniedError { requiredRoles requiredScope } } }
        }
        """;

    private const string Run =
        """
        query($id: ID!) {
          node(id: $id) {
            ... on BillingRun {
              id year issueOn dueOn state ordersTotal ordersDone startedAt finishedAt seller { name }
              invoices { totalCount totals { gross { amount } } nodes { number buyer { name } gross { amount } } }
              blocked { totalCount nodes { buyer { name } reasons { __typename code message path ... on InvoiceRuleError { rule subject { __typename id } } } orders { totalCount nodes { number } } } }
            }
          }
        }
        """;

    private const string Preview =
        """
        query($sellerId: ID!, $year: Int!, $first: Int, $after: Cursor) {
          billingPreview(sellerId: $sellerId, year: $year) {
            year feeChangesUntil net { amount } tax { amount } gross { amount }
            invoices(first: $first, after: $after) {
              totalCount pageInfo { hasNextPage endCursor }
              nodes { buyer { name } net { amount } tax { amount } gross { amount } taxes { treatment rate taxable { amount } tax { amount } }
                lines(first: 1) { totalCount pageInfo { hasNextPage } nodes { position net { amount } order { number } explanation { label } } } }
            }
            blocked { totalCount nodes { buyer { name } reasons { code } orders { nodes { number } } } }
          }
        }
        """;

    [Fact]
    public async Task A_run_bills_what_was_previewed_and_blocks_who_cannot_be_billed()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.ActiveAsync(SmallMarket.Mixed, SmallMarket.Lippe);
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Unreachable);
        string seller = trade.Organisation(SmallMarket.Govdigital);

        JsonElement preview = (await trade.AskAsync(Preview, new { sellerId = seller, year = 2026, first = 10 }, SmallMarket.Govdigital)).Data.GetProperty("billingPreview");
        Assert.Equal("2026-09-30", preview.GetProperty("feeChangesUntil").GetString());
        Assert.Equal(3, preview.At("invoices", "totalCount").GetInt32());
        string?[] drafts = [.. preview.At("invoices", "nodes").EnumerateArray().Select(i => $"{i.At("buyer", "name")} {i.At("gross", "amount")}").Order()];
        Assert.Equal(["Gemeinde ohne Leitweg"], preview.At("blocked", "nodes").EnumerateArray().Select(b => b.At("buyer", "name").GetString()));
        Assert.Equal(["GD-2026-000003"], preview.At("blocked", "nodes")[0].At("orders", "nodes").Texts("number"));
        JsonElement firstPage = (await trade.AskAsync(Preview, new { sellerId = seller, year = 2026, first = 2 }, SmallMarket.Govdigital)).Data.At("billingPreview", "invoices");
        Assert.True(firstPage.At("pageInfo", "hasNextPage").GetBoolean());
        JsonElement secondPage = (await trade.AskAsync(Preview, new { sellerId = seller, year = 2026, first = 2, after = firstPage.At("pageInfo", "endCursor").GetString() }, SmallMarket.Govdigital)).Data.At("billingPreview", "invoices");
        Assert.Equal(drafts, firstPage.GetProperty("nodes").EnumerateArray().Concat(secondPage.GetProperty("nodes").EnumerateArray()).Select(i => $"{i.At("buyer", "name")} {i.At("gross", "amount")}").Order());

        JsonElement run = await BillAsync(trade, Input(trade));
        Assert.Equal("FINISHED", run.GetProperty("state").GetString());
        Assert.Equal(3, run.GetProperty("ordersTotal").GetInt32());
        Assert.Equal(3, run.GetProperty("ordersDone").GetInt32());
        Assert.Equal(3, run.At("invoices", "totalCount").GetInt32());
        Assert.Equal(drafts, run.At("invoices", "nodes").EnumerateArray().Select(i => $"{i.At("buyer", "name")} {i.At("gross", "amount")}").Order());
        Assert.Equal(preview.At("gross", "amount").GetString(), run.At("invoices", "totals", "gross", "amount").GetString());
        Assert.Equal(["GD-R-2026-000001", "GD-R-2026-000002", "GD-R-2026-000003"], run.At("invoices", "nodes").Texts("number").Order());
        JsonElement blocked = Assert.Single(run.At("blocked", "nodes").EnumerateArray());
        Assert.Equal(["BR-DE-15", "PEPPOL-EN16931-R010"], blocked.GetProperty("reasons").Texts("rule"));
        Assert.Equal(["Der Empfängerin fehlt die Leitweg-ID (BT-10).", "Der Empfängerin fehlt die elektronische Adresse (BT-49)."], blocked.GetProperty("reasons").Texts("message"));
        Assert.Equal([["leitwegId"], ["electronicAddress"]], blocked.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("path").Texts().ToArray()));
        Assert.All(blocked.GetProperty("reasons").EnumerateArray(), reason => Assert.Equal(
            $"InvoiceRuleError INVOICE_RULE_BROKEN Organisation {trade.Organisation(SmallMarket.Unreachable)}",
            $"{reason.GetProperty("__typename")} {reason.GetProperty("code")} {reason.At("subject", "__typename")} {reason.At("subject", "id")}"));
        Assert.Equal(["GD-2026-000003"], blocked.At("orders", "nodes").Texts("number"));
    }

    [Fact]
    public async Task What_was_billed_is_not_billed_again_and_the_same_key_gives_the_same_run()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        object input = Input(trade);
        JsonElement first = await BillAsync(trade, input);
        JsonElement again = await BillAsync(trade, input);
        Assert.Equal(first.ToString(), again.ToString());
        trade.Clock.Advance(TimeSpan.FromMinutes(1));
        JsonElement second = await BillAsync(trade, Input(trade));
        Assert.NotEqual(first.GetProperty("id").GetString(), second.GetProperty("id").GetString());
        Assert.Equal("FINISHED", second.GetProperty("state").GetString());
        Assert.Empty(second.At("invoices", "nodes").EnumerateArray());
        Assert.Equal("0.00", (await trade.AskAsync(Preview, new { sellerId = trade.Organisation(SmallMarket.Govdigital), year = 2026 }, SmallMarket.Govdigital)).Data.At("billingPreview", "gross", "amount").GetString());

        JsonElement runs = (await trade.RunAsync("BillingRuns", new { sellerId = trade.Organisation(SmallMarket.Govdigital) }, SmallMarket.Govdigital)).Data.At("billingRuns", "nodes");
        Assert.Equal([second.GetProperty("id").GetString(), first.GetProperty("id").GetString()], runs.Texts("id"));
    }

    [Fact]
    public async Task A_run_is_refused_with_reasons_and_begins_nothing()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string seller = trade.Organisation(SmallMarket.Govdigital);
        await RefusedAsync(new { sellerId = seller, year = 2027, issueOn = trade.Today, dueOn = trade.Today, idempotencyKey = "a" }, SmallMarket.Govdigital, "ValidationError YEAR_OUT_OF_RANGE input/year");
        await RefusedAsync(new { sellerId = seller, year = 2026, issueOn = trade.Today.AddDays(-1), dueOn = trade.Today, idempotencyKey = "a" }, SmallMarket.Govdigital, "ValidationError ISSUE_OUT_OF_RANGE input/issueOn");
        await RefusedAsync(new { sellerId = seller, year = 2026, issueOn = trade.Today, dueOn = trade.Today.AddDays(-1), idempotencyKey = "a" }, SmallMarket.Govdigital, "ValidationError DUE_BEFORE_ISSUE input/dueOn");
        await RefusedAsync(new { sellerId = seller, year = 2026, issueOn = trade.Today, dueOn = trade.Today, idempotencyKey = "a" }, SmallMarket.Aachen, "PermissionDeniedError PERMISSION_DENIED input/sellerId");
        await RefusedAsync(new { sellerId = seller, year = 2026, issueOn = trade.Today, dueOn = trade.Today, idempotencyKey = "a" }, TradeHost.Reader, "PermissionDeniedError SCOPE_MISSING ");
        await RefusedAsync(new { sellerId = "org_00000000000000000000000000", year = 2026, issueOn = trade.Today, dueOn = trade.Today, idempotencyKey = "a" }, SmallMarket.Govdigital, "NotFoundError NOT_FOUND input/sellerId");
        Answer year = await trade.AskAsync(Preview, new { sellerId = seller, year = 2028 }, SmallMarket.Govdigital);
        Assert.Equal("INVALID_VALUE", year.OnlyError.At("extensions", "code").GetString());
        Answer scope = await trade.AskAsync(Preview, new { sellerId = seller, year = 2026 }, TradeHost.Reader);
        Assert.Equal("FORBIDDEN", scope.OnlyError.At("extensions", "code").GetString());

        async Task RefusedAsync(object input, string client, string expected)
        {
            long head = await trade.HeadAsync();
            JsonElement payload = (await trade.AskAsync(Bill, new { input }, client)).Data.GetProperty("executeBillingRun");
            JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
            JsonElement path = error.GetProperty("path");
            Assert.Equal(expected, $"{error.GetProperty("__typename")} {error.GetProperty("code")} {(path.ValueKind == JsonValueKind.Null ? "" : string.Join('/', path.Texts()))}");
            Assert.Equal(JsonValueKind.Null, payload.GetProperty("run").ValueKind);
            Assert.Equal(head, await trade.HeadAsync());
        }
    }

    private static async Task<JsonElement> BillAsync(TradeHost trade, object input)
    {
        string id = (await trade.AskAsync(Bill, input, SmallMarket.Govdigital)).Data.At("executeBillingRun", "run", "id").GetString()!;
        await trade.EndOfRunAsync(id);
        return (await trade.AskAsync(Run, new { id }, SmallMarket.Govdigital)).Data.GetProperty("node");
    }

    private static object Input(TradeHost trade) => new { input = RunInput(trade) };

    private static object RunInput(TradeHost trade) =>
        new { sellerId = trade.Organisation(SmallMarket.Govdigital), year = 2026, issueOn = trade.Today, dueOn = trade.Today.AddDays(30), idempotencyKey = trade.NewKey() };
}
