using System.Text.Json;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Cost;

public sealed class PageSizeTests
{
    [Theory]
    [InlineData("offers(first: null) { nodes { id } }")]
    [InlineData("offers(first: $first) { nodes { id } }")]
    [InlineData("orderEvents(first: $first) { nodes { type } }")]
    [InlineData("orders(first: 1) { nodes { events(first: $first) { nodes { type } } } }")]
    [InlineData("catalogChanges(first: $first) { nodes { cursor } }")]
    [InlineData("audit(first: $first) { nodes { index } }")]
    [InlineData("offerSuggestions(search: \"wohn\", first: $first) { text }")]
    public async Task A_page_size_of_null_is_the_usual_one(string field)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string declared = field.Contains("$first", StringComparison.Ordinal) ? "query($first: Int) " : "";
        string usual = field.Replace("first: null", "", StringComparison.Ordinal).Replace("first: $first", "", StringComparison.Ordinal).Replace("()", "", StringComparison.Ordinal);

        JsonElement nothing = (await trade.AskAsync($"{declared}{{ {field} }}", new { first = (int?)null }, SmallMarket.Aachen)).Data;

        Assert.Equal((await trade.AskAsync($"{{ {usual} }}", client: SmallMarket.Aachen)).Data.GetRawText(), nothing.GetRawText());
    }
}
