using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Organisations;

/// <summary>Numbers with check digits are refused by the API before anything is decided, with their place and what is expected there.</summary>
public sealed class CheckDigitTests
{
    [Theory]
    [InlineData("iban", "DE88370400440532013000", Iban.Expected)]
    [InlineData("iban", "DE8937040044053201300", Iban.Expected)]
    [InlineData("leitwegId", "05-AACHEN-31", LeitwegId.Expected)]
    [InlineData("leitwegId", "04011000-1234512345-05", LeitwegId.Expected)]
    [InlineData("leitwegId", "04011000--45", LeitwegId.Expected)]
    public async Task Wrong_check_digits_are_told_with_their_place_and_change_nothing(string field, string value, string expected)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long head = await trade.HeadAsync();
        var input = new Dictionary<string, object?> { ["organisationId"] = trade.Organisation(SmallMarket.Aachen), ["expectedVersion"] = 0, [field] = value, ["idempotencyKey"] = trade.NewKey() };

        Answer answer = await trade.RunAsync("UpdateOrganisation", new { input }, TradeHost.AllOf(SmallMarket.Aachen));

        JsonElement extensions = answer.OnlyError.GetProperty("extensions");
        Assert.Equal(("INVALID_VALUE", $"[\"variables\",\"input\",\"{field}\"]", expected), (extensions.GetProperty("code").GetString(), extensions.GetProperty("path").ToString(), extensions.GetProperty("expected").GetString()));
        Assert.Equal(head, await trade.HeadAsync());
    }
}
