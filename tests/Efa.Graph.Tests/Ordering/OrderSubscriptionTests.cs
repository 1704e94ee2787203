using System.Data.Common;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderSubscriptionTests
{
    private static readonly string Follow = Repository.Operation("FollowOrders");

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_socket_begun_at_the_head_and_cut_resumes_by_cursor_without_gap_or_repetition(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string head = await HeadAsync(trade, SmallMarket.Aachen);
        string token = await trade.TokenAsync(SmallMarket.Aachen);
        string order, cursor;
        await using (OrderSocket socket = await OrderSocket.SubscribeAsync(trade.Host.Address, token, Follow, new { after = head }))
        {
            order = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
            JsonElement placed = await socket.NextAsync();
            Assert.Equal($"order.placed:  > PLACED, {order}", Step(placed));
            await trade.StepAsync("AcceptOrder", order, 1, SmallMarket.Govdigital);
            JsonElement accepted = await socket.NextAsync();
            Assert.Equal($"order.accepted: PLACED > ACCEPTED, {order}", Step(accepted));
            cursor = accepted.GetProperty("cursor").GetString()!;
        }

        await trade.StepAsync("StartProvisioning", order, 2, SmallMarket.Supplier);
        await using (OrderSocket socket = await OrderSocket.SubscribeAsync(trade.Host.Address, token, Follow, new { after = cursor }))
        {
            Assert.Equal($"order.provisioning: ACCEPTED > PROVISIONING, {order}", Step(await socket.NextAsync()));
            await trade.StepAsync("ActivateOrder", order, 3, SmallMarket.Supplier, trade.Today);
            Assert.Equal($"order.activated: PROVISIONING > ACTIVE, {order}", Step(await socket.NextAsync()));
            Assert.Null(await socket.MessageAsync(TimeSpan.FromMilliseconds(300)));
        }
    }

    [Fact]
    public async Task An_event_stream_resumes_by_the_id_that_it_gave()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string head = await HeadAsync(trade, SmallMarket.Aachen);
        string token = await trade.TokenAsync(SmallMarket.Aachen);
        string order;
        string? last;
        await using (OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, token, Follow, new { after = head }))
        {
            order = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
            JsonElement placed = await stream.NextAsync();
            Assert.Equal($"order.placed:  > PLACED, {order}", Step(placed));
            Assert.Equal(placed.GetProperty("cursor").GetString(), stream.LastEventId);
            last = stream.LastEventId;
        }

        await trade.StepAsync("AcceptOrder", order, 1, SmallMarket.Govdigital);
        await trade.StepAsync("StartProvisioning", order, 2, SmallMarket.Supplier);
        // As a browser does it: the first address again, with the old cursor in it, and the newer one beside it.
        await using (OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, token, Follow, new { after = head }, last))
        {
            Assert.Equal($"order.accepted: PLACED > ACCEPTED, {order}", Step(await stream.NextAsync()));
            Assert.Equal($"order.provisioning: ACCEPTED > PROVISIONING, {order}", Step(await stream.NextAsync()));
            await trade.StepAsync("ActivateOrder", order, 3, SmallMarket.Supplier, trade.Today);
            Assert.Equal($"order.activated: PROVISIONING > ACTIVE, {order}", Step(await stream.NextAsync()));
        }
    }

    [Fact]
    public async Task Without_a_cursor_it_begins_now()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await using OrderSocket socket = await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(SmallMarket.Aachen), Follow, null);
        Assert.Null(await socket.MessageAsync(TimeSpan.FromMilliseconds(500)));
        string order = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        Assert.Equal($"order.placed:  > PLACED, {order}", Step(await socket.NextAsync()));
    }

    [Fact]
    public async Task A_stranger_hears_nothing_and_each_party_what_is_its_own()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string head = await HeadAsync(trade, SmallMarket.Wismar);
        await using OrderSocket stranger = await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(SmallMarket.Wismar), Follow, new { after = head });
        await using OrderSocket supplier = await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(SmallMarket.Supplier), Follow, new { after = head });
        await using OrderSocket lippe = await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(SmallMarket.Lippe), Follow, new { after = head });
        string aachens = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        string lippes = (await trade.PlaceAsync(SmallMarket.Naturalisation, SmallMarket.Lippe)).GetProperty("id").GetString()!;

        Assert.Equal($"order.placed:  > PLACED, {aachens}", Step(await supplier.NextAsync()));
        Assert.Equal($"order.placed:  > PLACED, {lippes}", Step(await supplier.NextAsync()));
        Assert.Equal($"order.placed:  > PLACED, {lippes}", Step(await lippe.NextAsync()));
        Assert.Null(await stranger.MessageAsync(TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public async Task Orders_and_organisations_narrow_it()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string head = await HeadAsync(trade, SmallMarket.Govdigital);
        string first = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        string second = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe)).GetProperty("id").GetString()!;
        string token = await trade.TokenAsync(SmallMarket.Govdigital);
        await using OrderSocket byOrder = await OrderSocket.SubscribeAsync(trade.Host.Address, token, Follow, new { after = head, orderIds = new[] { second } });
        await using OrderSocket byOrganisation = await OrderSocket.SubscribeAsync(trade.Host.Address, token, Follow, new { after = head, organisationId = trade.Organisation(SmallMarket.Aachen) });
        Assert.Equal($"order.placed:  > PLACED, {second}", Step(await byOrder.NextAsync()));
        Assert.Equal($"order.placed:  > PLACED, {first}", Step(await byOrganisation.NextAsync()));
    }

    [Fact]
    public async Task Cursors_that_cannot_be_read_on_from_are_refused()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        LogCursor head = LogCursor.Parse(await HeadAsync(trade, SmallMarket.Aachen))!;
        await RefusedAsync("CURSOR_OTHER_LOG", head with { Epoch = head.Epoch + 1 });
        await RefusedAsync("CURSOR_OTHER_LOG", head with { Log = "catalog" });
        await RefusedAsync("CURSOR_AHEAD", head with { Position = head.Position + 1 });
        Answer malformed = await trade.RunAsync("OrderEvents", new { after = "x" }, SmallMarket.Aachen);
        Assert.Equal("INVALID_CURSOR", malformed.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("""["orderEvents","after"]""", malformed.OnlyError.At("extensions", "path").GetRawText());
        Assert.Equal("a cursor that this log gave out", malformed.OnlyError.At("extensions", "expected").GetString());

        // As if the log had been cut off.
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await using (MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync())
        {
            foreach (string trigger in await context.Database.SqlQuery<string>($"SELECT name AS Value FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'Events'").ToListAsync())
                await ExecuteAsync(context, $"DROP TRIGGER \"{trigger}\"");
            await context.Set<LoggedEvent>().Where(e => e.Position <= head.Position).ExecuteDeleteAsync();
        }
        await RefusedAsync("CURSOR_EXPIRED", head with { Position = head.Position - 1 });
        Assert.Single((await trade.RunAsync("OrderEvents", new { after = head.ToString() }, SmallMarket.Aachen)).Data.At("orderEvents", "nodes").EnumerateArray());

        async Task RefusedAsync(string code, LogCursor cursor)
        {
            Answer answer = await trade.RunAsync("OrderEvents", new { after = cursor.ToString() }, SmallMarket.Aachen);
            Assert.Equal(code, answer.OnlyError.At("extensions", "code").GetString());
            await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, await trade.TokenAsync(SmallMarket.Aachen), Follow, new { after = cursor.ToString() });
            JsonElement error = Assert.Single((await stream.AnswerAsync()).GetProperty("errors").EnumerateArray());
            Assert.Equal(code, error.At("extensions", "code").GetString());
        }
    }

    [Fact]
    public async Task Who_lacks_the_scope_or_a_token_is_told_so()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, await trade.TokenAsync(TradeHost.Powerless), Follow, null);
        JsonElement error = Assert.Single((await stream.AnswerAsync()).GetProperty("errors").EnumerateArray());
        Assert.Equal("FORBIDDEN", error.At("extensions", "code").GetString());
        Answer anonymous = await trade.RunAsync("OrderEventsHead");
        Assert.Equal("UNAUTHENTICATED", anonymous.OnlyError.At("extensions", "code").GetString());
    }

    private static async Task ExecuteAsync(MarketContext context, string sql)
    {
        await context.Database.OpenConnectionAsync();
        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> HeadAsync(TradeHost trade, string client) =>
        (await trade.RunAsync("OrderEventsHead", null, client)).Data.At("orderEvents", "head").GetString()!;

    private static string Step(JsonElement change) =>
        $"{change.GetProperty("type")}: {change.GetProperty("from")} > {change.GetProperty("to")}, {change.At("order", "id")}";
}
