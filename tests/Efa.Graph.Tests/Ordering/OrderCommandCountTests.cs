using Efa.Graph.Tests.Catalog;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderCommandCountTests
{
    // Orders, their count; offers, services; versions; organisations; users; acceptances, terms; log range, events, their orders;
    // invoices of orders, their count, invoices, lines (whose orders are known by then).
    private const int OrdersCommands = 16;

    // Range, head, events, orders, organisations.
    private const int LogCommands = 5;

    private const string Orders =
        """
        query($first: Int!) {
          orders(first: $first) {
            totalCount
            nodes {
              number
              offer { slug service { name } }
              offerVersion { number }
              orderedBy { name }
              usedBy { name }
              billTo { name }
              termsAcceptances { document { title } }
              nextActions { organisation { name } }
              events(first: 5) { nodes { type order { number } } }
              invoices { totalCount nodes { number lines { nodes { position order { number } } } } }
            }
          }
        }
        """;

    [Fact]
    public async Task Orders_with_all_around_them_take_the_same_commands_for_1_20_and_100()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string first = await trade.ActiveAsync(SmallMarket.Mixed, SmallMarket.Lippe);
        string second = await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await trade.BillAsync();
        await Copies.OfOrderAsync(trade, first, 49);
        await Copies.OfOrderAsync(trade, second, 49);

        await TakesAsync(OrdersCommands, Orders);

        const string plain = "query($first: Int!) { orders(first: $first) { nodes { number state nextActions { mutation } quote { gross { amount } } } } }";
        await TakesAsync(1, plain);
        const string log = "query($first: Int!) { orderEvents(first: $first) { nodes { type order { number orderedBy { name } } } } }";
        await TakesAsync(LogCommands, log);

        async Task TakesAsync(int commands, string query)
        {
            foreach (int first in new[] { 1, 20, 100 })
            {
                Answer answer = await trade.AskAsync(query, new { first }, SmallMarket.Govdigital);
                Assert.Equal(first, answer.Data.EnumerateObject().Single().Value.GetProperty("nodes").GetArrayLength());
                Assert.Equal((first, commands), (first, answer.Commands));
            }
        }
    }
}
