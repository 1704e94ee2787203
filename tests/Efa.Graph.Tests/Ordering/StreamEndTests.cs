using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Access;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Ordering;

/// <summary>Streams do not outlive what they were opened with: a token, or a client's access.</summary>
public sealed class StreamEndTests
{
    private const int Forbidden = 4403;

    private static readonly string Follow = Repository.Operation("FollowOrders");

    private static readonly Dictionary<string, string> Watchful = new() { ["Limits:PingSeconds"] = "0.2", ["Limits:CommentSeconds"] = "0.2" };

    [Fact]
    [Trait("attack", "Z18")]
    public async Task A_socket_is_closed_when_its_token_runs_out_and_the_next_one_misses_nothing()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: Watchful);
        string head = (await trade.RunAsync("OrderEventsHead", null, SmallMarket.Aachen)).Data.At("orderEvents", "head").GetString()!;
        await using (OrderSocket socket = await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(SmallMarket.Aachen), Follow, new { after = head }))
        {
            trade.Clock.Advance(TimeSpan.FromMinutes(10));
            Assert.Equal(Forbidden, await socket.CloseCodeAsync());
        }

        string id = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        await using OrderSocket resumed = await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(SmallMarket.Aachen), Follow, new { after = head });
        Assert.Equal(id, (await resumed.NextAsync()).At("order", "id").GetString());
    }

    [Fact]
    public async Task An_event_stream_says_so_and_ends_when_its_token_runs_out()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: Watchful);
        await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, await trade.TokenAsync(SmallMarket.Aachen), Follow, null);
        trade.Clock.Advance(TimeSpan.FromMinutes(10));
        await EndsAsync(stream);
    }

    [Fact]
    [Trait("attack", "Z18")]
    public async Task Streams_of_a_revoked_client_end_and_get_no_further_event()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: Watchful);
        string token = await trade.TokenAsync(TradeHost.Reader);
        await using OrderSocket socket = await OrderSocket.SubscribeAsync(trade.Host.Address, token, Follow, null);
        await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, token, Follow, null);
        JsonElement[] clients = [.. (await trade.RunAsync("ApiClients", new { organisationId = trade.Organisation(SmallMarket.Aachen) }, TradeHost.Manager)).Data.GetProperty("apiClients").EnumerateArray()];
        string id = clients.Single(c => c.GetProperty("clientId").GetString() == TradeHost.Reader).GetProperty("id").GetString()!;

        await trade.RunAsync("RevokeApiClient", new { input = new { apiClientId = id, idempotencyKey = trade.NewKey() } }, TradeHost.Manager);
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        await EndsAsync(stream);
        Assert.Equal(Forbidden, await socket.CloseCodeAsync());
        // What it was sent before it was closed is no event.
        while (await socket.MessageAsync(TimeSpan.FromSeconds(5)) is { } message) Assert.NotEqual("next", message.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_stream_whose_client_has_lost_the_scope_gets_no_further_event()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: Watchful);
        await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, await trade.TokenAsync(TradeHost.Reader), Follow, null);
        await using (MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync())
        {
            (await context.Set<ApiClient>().SingleAsync(c => c.ClientId == TradeHost.Reader)).Scopes = [];
            await context.SaveChangesAsync();
        }
        await trade.Host.Services.GetRequiredService<CallerTable>().RefreshAsync(CancellationToken.None);
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        JsonElement error = Assert.Single((await stream.AnswerAsync()).GetProperty("errors").EnumerateArray());
        Assert.Equal("FORBIDDEN", error.At("extensions", "code").GetString());
    }

    private static async Task EndsAsync(OrderEventStream stream)
    {
        JsonElement error = Assert.Single((await stream.AnswerAsync()).GetProperty("errors").EnumerateArray());
        Assert.Equal("UNAUTHENTICATED", error.At("extensions", "code").GetString());
        await Assert.ThrowsAsync<InvalidOperationException>(stream.AnswerAsync);
    }
}
