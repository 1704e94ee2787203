using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Billing;

/// <summary>Fees and uses over HTTP, by the named documents; the answers of a batch are rows.</summary>
public sealed class FeesApiTests
{
    [Fact]
    public async Task A_supplier_changes_fees_and_reports_uses()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string first = await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string second = await trade.ActiveAsync(SmallMarket.Uses, SmallMarket.Lippe);
        object[] changes =
        [
            new { orderId = first, expectedVersion = 4, effectiveYear = 2027, annualFee = "13000.00", nextBillingAmount = "9000", reason = "Mehr Nachnutzer" },
            new { orderId = second, expectedVersion = 4, effectiveYear = 2025, annualFee = "1", reason = "Zu spät" },
        ];

        JsonElement changed = (await trade.RunAsync("ChangeFees", new { input = new { changes, idempotencyKey = trade.NewKey() } }, SmallMarket.Supplier)).Data.GetProperty("changeFees");
        JsonElement reported = (await trade.RunAsync("ReportUsage", new { input = new { reports = new[] { new { orderId = second, year = 2026, uses = 12 } }, mode = "ATOMIC", idempotencyKey = trade.NewKey() } }, SmallMarket.Supplier))
            .Data.GetProperty("reportUsage");

        JsonElement good = changed.GetProperty("results")[0], late = changed.GetProperty("results")[1];
        Assert.Equal((1, first, 5, "[]"), (good.GetProperty("row").GetInt32(), good.At("order", "id").GetString(), good.At("order", "version").GetInt32(), good.GetProperty("errors").GetRawText()));
        JsonElement fees = Assert.Single(good.At("order", "fees").EnumerateArray());
        Assert.Equal((2027, "13000.00", "9000.00", "0.00", "Mehr Nachnutzer"),
            (fees.GetProperty("effectiveYear").GetInt32(), fees.At("annualFee", "amount").GetString(), fees.At("nextBillingAmount", "amount").GetString(), fees.At("oneTimeFee", "amount").GetString(), fees.GetProperty("reason").GetString()));
        JsonElement error = Assert.Single(late.GetProperty("errors").EnumerateArray());
        Assert.Equal((2, JsonValueKind.Null, "DeadlinePassedError", "DEADLINE_PASSED", "2025-09-30", 2026),
            (late.GetProperty("row").GetInt32(), late.GetProperty("order").ValueKind, error.GetProperty("__typename").GetString(), error.GetProperty("code").GetString(), error.GetProperty("deadline").GetString(), error.GetProperty("nextEffectiveYear").GetInt32()));
        Assert.Equal("[\"input\",\"changes\",\"1\",\"effectiveYear\"]", error.GetProperty("path").GetRawText());
        JsonElement usage = Assert.Single(reported.GetProperty("results")[0].At("order", "usage").EnumerateArray());
        Assert.Equal((2026, 12), (usage.GetProperty("year").GetInt32(), usage.GetProperty("uses").GetInt32()));
    }

    [Fact]
    public async Task Fees_and_usage_of_orders_take_the_same_commands_for_1_and_20()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string order = await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await Copies.OfOrderAsync(trade, order, 19);

        foreach (int first in new[] { 1, 20 })
        {
            Answer answer = await trade.AskAsync("query($first: Int!) { orders(first: $first) { nodes { fees { effectiveYear } usage { uses } } } }", new { first }, SmallMarket.Govdigital);
            Assert.Equal((first, 3), (answer.Data.At("orders", "nodes").GetArrayLength(), answer.Commands));
        }
    }
}
