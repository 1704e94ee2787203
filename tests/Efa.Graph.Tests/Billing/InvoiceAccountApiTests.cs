using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

public sealed class InvoiceAccountApiTests
{
    private const string Account =
        """
        query($id: ID!) {
          invoice(by: { id: $id }) {
            number kind paymentState paid { amount } credited { amount } outstanding { amount } payments { amount { amount } receivedOn reference recordedAt }
            response deliveryState deliveryAttempts { at } corrects { number } correctedBy { number kind } history { type actor note }
          }
        }
        """;

    private const string List = "query($filter: InvoiceFilter) { invoices(filter: $filter) { totalCount totals { net { amount } tax { amount } gross { amount } paid { amount } outstanding { amount } } nodes { id number } } }";

    [Fact]
    public async Task What_becomes_of_an_invoice_is_told_apart()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = await BilledAsync(trade, SmallMarket.Aachen);

        await DoneAsync(trade, "RecordPayment", new { invoiceId = id, amount = "4000", receivedOn = trade.Today, reference = "GD-R-2026-000001" }, SmallMarket.Govdigital);
        await DoneAsync(trade, "RecordInvoiceResponse", new { invoiceId = id, response = "REJECTED", note = "Wir haben gekündigt" }, SmallMarket.Aachen);
        JsonElement credited = await DoneAsync(trade, "CreditInvoice", new { invoiceId = id, lines = new[] { new { position = 2, quantity = "1" } }, reason = "Keine Anbindung" }, SmallMarket.Govdigital);

        Assert.Equal(
            $$$$"""{"id":"{{{{credited.At("creditNote", "id")}}}}","number":"GD-R-2026-000002","kind":"CREDIT_NOTE","net":{"amount":"1800.00"},"tax":{"amount":"342.00"},"gross":{"amount":"2142.00"},"corrects":{"id":"{{{{id}}}}","number":"GD-R-2026-000001","paymentState":"PARTIALLY_PAID","outstanding":{"amount":"8519.45"}}}""",
            credited.GetProperty("creditNote").ToString());
        JsonElement invoice = (await trade.AskAsync(Account, new { id }, SmallMarket.Aachen)).Data.GetProperty("invoice");
        Assert.Equal("INVOICE PARTIALLY_PAID 4000.00 2142.00 8519.45 REJECTED PENDING", string.Join(' ',
            invoice.GetProperty("kind"), invoice.GetProperty("paymentState"), invoice.At("paid", "amount"), invoice.At("credited", "amount"), invoice.At("outstanding", "amount"), invoice.GetProperty("response"), invoice.GetProperty("deliveryState")));
        Assert.Equal("""[{"amount":{"amount":"4000.00"},"receivedOn":"2026-02-15","reference":"GD-R-2026-000001","recordedAt":"2026-02-15T12:00:00.001Z"}]""", invoice.GetProperty("payments").ToString());
        Assert.Equal("""[{"number":"GD-R-2026-000002","kind":"CREDIT_NOTE"}]""", invoice.GetProperty("correctedBy").ToString());
        Assert.Equal(JsonValueKind.Null, invoice.GetProperty("corrects").ValueKind);
        Assert.Equal(
            """[{"type":"invoice.issued","actor":"system","note":null},{"type":"invoice.paid","actor":"govdigital","note":null},{"type":"invoice.answered","actor":"aachen","note":"Wir haben gekündigt"},{"type":"invoice.credited","actor":"govdigital","note":"Keine Anbindung"}]""",
            invoice.GetProperty("history").ToString());
    }

    [Fact]
    public async Task Corrections_show_what_they_replace_and_the_rules_that_stand_against_them()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = await BilledAsync(trade, SmallMarket.Aachen);
        var input = new { invoiceId = id, reason = "Falsche Anschrift", issueOn = trade.Today, dueOn = trade.Today.AddDays(14) };

        JsonElement correction = (await DoneAsync(trade, "CorrectInvoice", input, SmallMarket.Govdigital)).GetProperty("correction");

        Assert.Equal("CORRECTION 14661.45 GD-R-2026-000001 CANCELLED", $"{correction.GetProperty("kind")} {correction.At("gross", "amount")} {correction.At("corrects", "number")} {correction.At("corrects", "paymentState")}");
        JsonElement payload = await PayloadAsync(trade, "CorrectInvoice", input, SmallMarket.Govdigital);
        Assert.Equal("InvalidStateError INVOICE_CANCELLED", $"{payload.GetProperty("errors")[0].GetProperty("__typename")} {payload.GetProperty("errors")[0].GetProperty("code")}");
        payload = await PayloadAsync(trade, "CreditInvoice", new { invoiceId = correction.GetProperty("id").GetString(), reason = "a\uffff" }, SmallMarket.Govdigital);
        Assert.Equal("InvoiceRuleError INVOICE_RULE_BROKEN", $"{payload.GetProperty("errors")[0].GetProperty("__typename")} {payload.GetProperty("errors")[0].GetProperty("code")}");
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("creditNote").ValueKind);
    }

    [Fact]
    public async Task Each_mutation_answers_a_repeated_call_alike_and_refuses_without_the_scope()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = await BilledAsync(trade, SmallMarket.Aachen);
        (string Name, object Input, string Client)[] calls =
        [
            ("RecordPayment", new { invoiceId = id, amount = "1.00", receivedOn = trade.Today, reference = "GD-R-2026-000001", idempotencyKey = "pay" }, SmallMarket.Govdigital),
            ("RecordInvoiceResponse", new { invoiceId = id, response = "ACKNOWLEDGED", idempotencyKey = "answer" }, SmallMarket.Aachen),
            ("CreditInvoice", new { invoiceId = id, reason = "Falsch", lines = new[] { new { position = 1, quantity = "1.5" } }, idempotencyKey = "credit" }, SmallMarket.Govdigital),
        ];
        foreach ((string name, object input, string client) in calls)
        {
            JsonElement first = (await trade.RunAsync(name, new { input }, client)).Data.EnumerateObject().Single().Value;
            long head = await trade.HeadAsync();
            JsonElement again = (await trade.RunAsync(name, new { input }, client)).Data.EnumerateObject().Single().Value;
            Assert.Equal(first.ToString(), again.ToString());
            JsonElement unscoped = (await trade.RunAsync(name, new { input }, TradeHost.Reader)).Data.EnumerateObject().Single().Value;
            Assert.Equal(["SCOPE_MISSING"], unscoped.GetProperty("errors").Texts("code"));
            Assert.Equal(head, await trade.HeadAsync());
        }
        JsonElement decimals = (await trade.RunAsync("RecordPayment", new { input = new { invoiceId = id, amount = "1.001", receivedOn = trade.Today, reference = "GD-R-2026-000001", idempotencyKey = "x" } }, SmallMarket.Govdigital)).Data.At("recordPayment", "errors")[0];
        Assert.Equal("ValidationError SUM_DECIMALS_TOO_MANY input/amount", $"{decimals.GetProperty("__typename")} {decimals.GetProperty("code")} {string.Join('/', decimals.GetProperty("path").Texts())}");
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Invoices_are_filtered_by_what_became_of_them_and_summed_with_credits_taken_off(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        string aachen = await BilledAsync(trade, SmallMarket.Aachen);
        string lippe = await BilledAsync(trade, SmallMarket.Lippe);
        await DoneAsync(trade, "RecordPayment", new { invoiceId = aachen, amount = "4000", receivedOn = trade.Today, reference = "GD-R-2026-000001" }, SmallMarket.Govdigital);
        await DoneAsync(trade, "RecordInvoiceResponse", new { invoiceId = aachen, response = "IN_PROCESS" }, SmallMarket.Aachen);
        await DoneAsync(trade, "CreditInvoice", new { invoiceId = lippe, reason = "Falsch" }, SmallMarket.Govdigital);

        Assert.Equal(["GD-R-2026-000001"], await NumbersAsync(new { paymentStates = new[] { "OPEN", "PARTIALLY_PAID" } }));
        Assert.Equal(["GD-R-2026-000002"], await NumbersAsync(new { paymentStates = new[] { "CANCELLED" } }));
        Assert.Equal(["GD-R-2026-000001"], await NumbersAsync(new { responses = new[] { "IN_PROCESS" } }));
        Assert.Empty(await NumbersAsync(new { responses = new[] { "PAID" } }));
        Assert.Equal(3, (await NumbersAsync(new { deliveryStates = new[] { "PENDING" } })).Length);
        Assert.Empty(await NumbersAsync(new { deliveryStates = new[] { "FAILED", "DELIVERED" } }));
        Assert.Equal(["GD-R-2026-000003"], await NumbersAsync(new { kinds = new[] { "CREDIT_NOTE" } }));
        Assert.Empty(await NumbersAsync(new { overdueOn = trade.Today.AddDays(30) }));
        Assert.Equal(["GD-R-2026-000001"], await NumbersAsync(new { overdueOn = trade.Today.AddDays(31) }));

        Assert.Equal("12320.55 2340.90 14661.45 4000.00 10661.45", await TotalsAsync(new { }));
        Assert.Equal("12320.55 2340.90 14661.45 4000.00 10661.45", await TotalsAsync(new { paymentStates = new[] { "PARTIALLY_PAID" } }));
        Assert.Equal("0.00 0.00 0.00 0.00 0.00", await TotalsAsync(new { buyerIds = new[] { trade.Organisation(SmallMarket.Lippe) } }));
        Assert.Equal("14661.45", (await trade.RunAsync("OverdueInvoices", new { overdueOn = "2027-01-01" }, SmallMarket.Aachen)).Data.At("invoices", "totals", "gross", "amount").GetString());

        async Task<string[]> NumbersAsync(object filter) => [.. (await trade.AskAsync(List, new { filter }, SmallMarket.Govdigital)).Data.At("invoices", "nodes").Texts("number").OfType<string>().Order()];

        async Task<string> TotalsAsync(object filter)
        {
            JsonElement totals = (await trade.AskAsync(List, new { filter }, SmallMarket.Govdigital)).Data.At("invoices", "totals");
            return string.Join(' ', totals.EnumerateObject().Select(sum => sum.Value.GetProperty("amount").GetString()));
        }
    }

    [Fact]
    public async Task Accounts_of_1_20_and_100_invoices_take_the_same_commands()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = await BilledAsync(trade, SmallMarket.Aachen);
        await Copies.OfInvoiceAsync(trade, id, 99);
        const string query =
            """
            query($first: Int!) {
              invoices(first: $first, filter: { paymentStates: [OPEN], deliveryStates: [PENDING] }) {
                totals { paid { amount } outstanding { amount } }
                nodes { paymentState outstanding { amount } payments { reference } deliveryAttempts { at } corrects { number } correctedBy { number paymentState } history { type note } }
              }
            }
            """;
        foreach (int first in new[] { 1, 20, 100 })
        {
            Answer answer = await trade.AskAsync(query, new { first }, SmallMarket.Govdigital);
            Assert.Equal(first, answer.Data.At("invoices", "nodes").GetArrayLength());
            // Invoices and totals; accounts, payments, corrections, events.
            Assert.Equal(6, answer.Commands);
        }
    }

    private static async Task<string> BilledAsync(TradeHost trade, string buyer)
    {
        await trade.ActiveAsync(SmallMarket.Portal, buyer);
        await trade.BillAsync();
        JsonElement invoices = (await trade.AskAsync(List, new { filter = new { buyerIds = new[] { trade.Organisation(buyer) } } }, SmallMarket.Govdigital)).Data.At("invoices", "nodes");
        return invoices[0].GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> PayloadAsync(TradeHost trade, string name, object input, string client)
    {
        JsonElement keyed = JsonSerializer.SerializeToElement(JsonSerializer.SerializeToElement(input).EnumerateObject().Select(p => (p.Name, (object)p.Value)).Append(("idempotencyKey", trade.NewKey())).ToDictionary(p => p.Item1, p => p.Item2));
        return (await trade.RunAsync(name, new { input = keyed }, client)).Data.EnumerateObject().Single().Value;
    }

    private static async Task<JsonElement> DoneAsync(TradeHost trade, string name, object input, string client)
    {
        JsonElement payload = await PayloadAsync(trade, name, input, client);
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        return payload;
    }
}
