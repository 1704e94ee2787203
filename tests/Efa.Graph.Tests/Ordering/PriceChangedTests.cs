using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Ordering;

public sealed class PriceChangedTests
{
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_changed_price_is_told_with_what_was_quoted_and_can_be_ordered_at_once(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        DateOnly start = trade.Today.AddDays(60);
        string hash = await QuotedAsync(trade, start);
        Assert.Equal(hash, await QuotedAsync(trade, start));
        await GrowAsync(trade, SmallMarket.Solnhofen, 2_000);
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Inhabitants, SmallMarket.Aggregator, [SmallMarket.Solnhofen]);
        (input["startsOn"], input["quoteHash"]) = (start, hash);
        long head = await trade.HeadAsync();

        JsonElement error = await ChangedAsync(trade, input);

        // 1,748 inhabitants for 260 of 365 days at 0.10, then 2,000; with 19 %.
        Assert.Equal(("148.18", "169.54"), (error.At("quoted", "amount").GetString(), error.At("current", "amount").GetString()));
        JsonElement unknown = await ChangedAsync(trade, new Dictionary<string, object?>(input) { ["quoteHash"] = new string('0', 64) });
        Assert.Equal(JsonValueKind.Null, unknown.GetProperty("quoted").ValueKind);
        Assert.Equal(head, await trade.HeadAsync());
        input["quoteHash"] = error.At("currentQuote", "hash").GetString();
        input["idempotencyKey"] = trade.NewKey();
        Assert.Equal("PLACED", (await trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aggregator)).Data.At("placeOrder", "order", "state").GetString());
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_quote_is_known_as_long_as_it_is_valid_and_then_deleted(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        DateOnly start = trade.Today.AddDays(60);
        string hash = await QuotedAsync(trade, start);
        IServiceProvider services = trade.Host.Services;
        var prune = new PruneJob([new QuoteExpiry()], services.GetRequiredService<IDbContextFactory<MarketContext>>(), services.GetRequiredService<StoreDialect>(), services.GetRequiredService<TimeProvider>());

        trade.Clock.AdjustTime(trade.Clock.GetUtcNow() + TimeSpan.FromDays(30));
        await prune.RunAsync(Guid.Empty, CancellationToken.None);
        Assert.Equal(hash, await KeptAsync());
        // Quoted again, it is kept from then on.
        await QuotedAsync(trade, start);
        trade.Clock.AdjustTime(trade.Clock.GetUtcNow() + TimeSpan.FromDays(2));
        await prune.RunAsync(Guid.Empty, CancellationToken.None);
        Assert.Equal(hash, await KeptAsync());
        trade.Clock.AdjustTime(trade.Clock.GetUtcNow() + TimeSpan.FromDays(30));
        await prune.RunAsync(Guid.Empty, CancellationToken.None);
        Assert.Null(await KeptAsync());

        async Task<string?> KeptAsync()
        {
            await using MarketContext context = await services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
            return await context.Set<KeptQuote>().Select(q => q.Hash).SingleOrDefaultAsync();
        }
    }

    private static async Task<string> QuotedAsync(TradeHost trade, DateOnly start) => (await trade.AskAsync(
        "query($id: ID!, $quote: QuoteInput!) { offer(by: { id: $id }) { quote(input: $quote) { quote { hash } } } }",
        new { id = trade.Offer(SmallMarket.Inhabitants), quote = new { @for = new { organisationId = trade.Organisation(SmallMarket.Aggregator) }, usedByIds = new[] { trade.Organisation(SmallMarket.Solnhofen) }, startsOn = start } },
        SmallMarket.Aggregator)).Data.At("offer", "quote", "quote", "hash").GetString()!;

    private static async Task<JsonElement> ChangedAsync(TradeHost trade, Dictionary<string, object?> input)
    {
        JsonElement payload = (await trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aggregator)).Data.GetProperty("placeOrder");
        JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        Assert.Equal("PRICE_CHANGED", error.GetProperty("code").GetString());
        return error;
    }

    private static async Task GrowAsync(TradeHost trade, string organisation, int population)
    {
        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        Guid id = GlobalIds.Parse(trade.Organisation(organisation), IdPrefix.Organisation);
        Assert.Equal(1, await context.Set<Organisation>().Where(o => o.Id == id).ExecuteUpdateAsync(o => o.SetProperty(x => x.Population, population)));
    }
}
