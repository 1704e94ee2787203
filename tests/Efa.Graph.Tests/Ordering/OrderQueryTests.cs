using System.Text.Json;
using Efa.Graph.Tests.Catalog;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderQueryTests
{
    private const string List = "query($filter: OrderFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) { orders(filter: $filter, first: $first, after: $after, last: $last, before: $before) { totalCount nodes { number } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

    [Fact]
    public async Task Orders_come_newest_first_and_are_paged_both_ways()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        for (int i = 0; i < 5; i++) await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        JsonElement first = await PageAsync(new { first = 2 });
        Assert.Equal(["GD-2026-000005", "GD-2026-000004"], first.GetProperty("nodes").Texts("number"));
        Assert.Equal(5, first.GetProperty("totalCount").GetInt32());
        Assert.True(first.At("pageInfo", "hasNextPage").GetBoolean());
        JsonElement second = await PageAsync(new { first = 2, after = first.At("pageInfo", "endCursor").GetString() });
        Assert.Equal(["GD-2026-000003", "GD-2026-000002"], second.GetProperty("nodes").Texts("number"));
        JsonElement back = await PageAsync(new { last = 1, before = second.At("pageInfo", "startCursor").GetString() });
        Assert.Equal(["GD-2026-000004"], back.GetProperty("nodes").Texts("number"));
        Assert.True(back.At("pageInfo", "hasPreviousPage").GetBoolean());

        async Task<JsonElement> PageAsync(object variables) => (await trade.AskAsync(List, variables, SmallMarket.Govdigital)).Data.GetProperty("orders");
    }

    [Fact]
    public async Task Filters_narrow_and_foreign_ids_match_nothing()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        JsonElement second = await trade.PlaceAsync(SmallMarket.Naturalisation, SmallMarket.Lippe);
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aggregator, [SmallMarket.Solnhofen]);
        await trade.StepAsync("AcceptOrder", second.GetProperty("id").GetString()!, 1, SmallMarket.Govdigital);

        Assert.Equal(["GD-2026-000003", "GD-2026-000002", "GD-2026-000001"], await NumbersAsync(new { }));
        Assert.Equal(["GD-2026-000002"], await NumbersAsync(new { states = new[] { "ACCEPTED" } }));
        Assert.Equal(["GD-2026-000003", "GD-2026-000001"], await NumbersAsync(new { offerIds = new[] { trade.Offer(SmallMarket.Portal) } }));
        Assert.Equal(["GD-2026-000001"], await NumbersAsync(new { orderedByIds = new[] { trade.Organisation(SmallMarket.Aachen) } }));
        Assert.Equal(["GD-2026-000003"], await NumbersAsync(new { usedByIds = new[] { trade.Organisation(SmallMarket.Solnhofen) } }));
        Assert.Equal(["GD-2026-000002"], await NumbersAsync(new { billToIds = new[] { trade.Organisation(SmallMarket.Lippe) } }));
        Assert.Empty(await NumbersAsync(new { sellerIds = new[] { trade.Organisation(SmallMarket.Fitko) } }));
        Assert.Equal(3, (await NumbersAsync(new { supplierIds = new[] { trade.Organisation(SmallMarket.Supplier) } })).Count);
        Assert.Equal(["GD-2026-000002"], await NumbersAsync(new { nextActionBy = trade.Organisation(SmallMarket.Supplier) }));
        Assert.Equal(["GD-2026-000003", "GD-2026-000001"], await NumbersAsync(new { nextActionBy = trade.Organisation(SmallMarket.Govdigital) }));
        Assert.Equal(3, (await NumbersAsync(new { placedFrom = trade.Today, placedTo = trade.Today })).Count);
        Assert.Empty(await NumbersAsync(new { placedFrom = trade.Today.AddDays(1) }));
        Assert.Empty(await NumbersAsync(new { placedTo = trade.Today.AddDays(-1) }));
        Assert.Empty(await NumbersAsync(new { states = Array.Empty<string>() }));
        // A client of the aggregator sees the order that is for it, and the filter shows it no other.
        Assert.Equal(["GD-2026-000003"], await NumbersAsync(new { }, SmallMarket.Solnhofen));
        Assert.Empty(await NumbersAsync(new { orderedByIds = new[] { trade.Organisation(SmallMarket.Aachen) } }, SmallMarket.Solnhofen));
        Assert.Equal(3, (await NumbersAsync(new { }, TradeHost.Operator)).Count);

        async Task<List<string?>> NumbersAsync(object filter, string client = SmallMarket.Govdigital) =>
            (await trade.AskAsync(List, new { filter }, client)).Data.At("orders", "nodes").Texts("number");
    }

    [Fact]
    public async Task An_order_is_found_by_id_number_and_node_by_its_parties_only()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement order = await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string id = order.GetProperty("id").GetString()!;
        string number = order.GetProperty("number").GetString()!;
        const string query =
            """
            query($id: ID!, $number: String!) {
              byId: order(by: { id: $id }) { number } byNumber: order(by: { number: $number }) { id }
              node(id: $id) { __typename id ... on Order { number } } nodes(ids: [$id]) { id }
              orders { nodes { id } totalCount } orderEvents { nodes { type } head pageInfo { endCursor } }
            }
            """;
        foreach (string client in new[] { SmallMarket.Aachen, SmallMarket.Govdigital, SmallMarket.Supplier, TradeHost.Operator, TradeHost.Reader })
        {
            JsonElement seen = (await trade.AskAsync(query, new { id, number }, client)).Data;
            Assert.Equal(number, seen.At("byId", "number").GetString());
            Assert.Equal(id, seen.At("byNumber", "id").GetString());
            Assert.Equal("Order", seen.At("node", "__typename").GetString());
            Assert.Equal(number, seen.At("node", "number").GetString());
            Assert.Equal([id], seen.GetProperty("nodes").Texts("id"));
            Assert.Equal(1, seen.At("orders", "totalCount").GetInt32());
            Assert.Equal(["order.placed"], seen.At("orderEvents", "nodes").Texts("type"));
        }
        foreach (string client in new[] { SmallMarket.Wismar, SmallMarket.Lippe, SmallMarket.Fitko })
        {
            JsonElement stranger = (await trade.AskAsync(query, new { id, number }, client)).Data;
            Assert.Equal(JsonValueKind.Null, stranger.GetProperty("byId").ValueKind);
            Assert.Equal(JsonValueKind.Null, stranger.GetProperty("byNumber").ValueKind);
            Assert.Equal(JsonValueKind.Null, stranger.GetProperty("node").ValueKind);
            Assert.Equal(JsonValueKind.Null, stranger.GetProperty("nodes")[0].ValueKind);
            Assert.Empty(stranger.At("orders", "nodes").EnumerateArray());
            Assert.Equal(0, stranger.At("orders", "totalCount").GetInt32());
            Assert.Empty(stranger.At("orderEvents", "nodes").EnumerateArray());
            // Its place in the log it knows all the same.
            Assert.Equal(stranger.At("orderEvents", "head").GetString(), stranger.At("orderEvents", "pageInfo", "endCursor").GetString());
        }
        Answer anonymous = await trade.AskAsync("query($id: ID!) { node(id: $id) { id } }", new { id });
        Assert.Equal(JsonValueKind.Null, anonymous.Data.GetProperty("node").ValueKind);
    }

    [Fact]
    public async Task Exactly_one_key_finds_an_order()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        foreach (object by in new object[] { new { }, new { id = "order_00000000000000000000000000", number = "GD-2026-000001" }, new { number = (string?)null } })
        {
            Answer answer = await trade.AskAsync("query($by: OrderBy!) { order(by: $by) { id } }", new { by }, SmallMarket.Aachen);
            Assert.Equal("INVALID_VALUE", answer.OnlyError.At("extensions", "code").GetString());
        }
    }

    [Fact]
    public async Task An_order_keeps_what_was_ordered_and_tells_each_party_its_turn()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe)).GetProperty("id").GetString()!;
        const string query =
            """
            query($id: ID!) {
              order(by: { id: $id }) {
                version state origin startsOn createdAt placedAt activeFrom endsOn packageCode expectedUses purchaseOrderNumber sellerNumber
                seller { name } supplier { name } orderedBy { name } usedBy { name } billTo { name } offer { slug } offerVersion { number }
                eligibility { eligible basis chain { relation } checkedAt }
                quote { oneTime { amount } net { amount } hash years { year lines { component { code } net { amount } } } }
                termsAcceptances { document { versionLabel } sha256 actor at }
                nextActions { mutation by organisation { name } target allowed blockedBy { code } }
                invoices { totalCount nodes { number } }
              }
            }
            """;
        JsonElement order = (await trade.AskAsync(query, new { id }, SmallMarket.Lippe)).Data.GetProperty("order");
        Assert.Equal("PLACED", order.GetProperty("state").GetString());
        Assert.Equal("MARKETPLACE", order.GetProperty("origin").GetString());
        Assert.Equal("2026-02-15", order.GetProperty("startsOn").GetString());
        Assert.Equal("2026-02-15T12:00:00.000Z", order.GetProperty("placedAt").GetString());
        Assert.Equal(["Kreis Lippe"], order.GetProperty("usedBy").Texts("name"));
        Assert.Equal("""{"eligible":true,"basis":"OWNER_OF_MEMBER","chain":[{"relation":"OWNS"},{"relation":"MEMBER_OF"}],"checkedAt":"2026-02-15T12:00:00.000Z"}""", order.GetProperty("eligibility").ToString());
        Assert.Equal("1800.00", order.At("quote", "oneTime", "amount").GetString());
        Assert.Equal(["1.0", "1.0"], order.GetProperty("termsAcceptances").EnumerateArray().Select(a => a.At("document", "versionLabel").GetString()));
        Assert.All(order.GetProperty("termsAcceptances").Texts("actor"), actor => Assert.Equal(SmallMarket.Lippe, actor));
        Assert.Equal(["acceptOrder", "rejectOrder"], order.GetProperty("nextActions").Texts("mutation"));
        Assert.Equal("""{"mutation":"acceptOrder","by":"SELLER","organisation":{"name":"govdigital"},"target":"ACCEPTED","allowed":false,"blockedBy":[{"code":"PERMISSION_DENIED"}]}""", order.GetProperty("nextActions")[0].ToString());
        Assert.Equal(0, order.At("invoices", "totalCount").GetInt32());

        JsonElement sellers = (await trade.AskAsync(query, new { id }, SmallMarket.Govdigital)).Data.GetProperty("order");
        Assert.All(sellers.GetProperty("nextActions").EnumerateArray(), action => Assert.True(action.GetProperty("allowed").GetBoolean()));
        JsonElement suppliers = (await trade.AskAsync(query, new { id }, SmallMarket.Supplier)).Data.GetProperty("order");
        Assert.Equal(JsonValueKind.Null, suppliers.GetProperty("invoices").ValueKind);
    }

    [Fact]
    public async Task The_log_is_read_in_parts_for_all_orders_and_for_one()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = await trade.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        JsonElement first = (await trade.RunAsync("OrderEvents", new { first = 3 }, SmallMarket.Aachen)).Data.GetProperty("orderEvents");
        Assert.Equal(["order.placed", "order.accepted", "order.provisioning"], first.GetProperty("nodes").Texts("type"));
        Assert.True(first.At("pageInfo", "hasNextPage").GetBoolean());
        string? end = first.At("pageInfo", "endCursor").GetString();
        Assert.Equal(first.GetProperty("nodes")[2].GetProperty("cursor").GetString(), end);
        JsonElement rest = (await trade.RunAsync("OrderEvents", new { first = 3, after = end }, SmallMarket.Aachen)).Data.GetProperty("orderEvents");
        Assert.Equal(["order.activated"], rest.GetProperty("nodes").Texts("type"));
        Assert.Equal(rest.GetProperty("head").GetString(), rest.At("pageInfo", "endCursor").GetString());
        Assert.False(rest.At("pageInfo", "hasNextPage").GetBoolean());

        const string nested = "query($id: ID!, $after: Cursor) { order(by: { id: $id }) { events(first: 2, after: $after) { nodes { type cursor from to version } pageInfo { hasNextPage hasPreviousPage endCursor } head } } }";
        JsonElement events = (await trade.AskAsync(nested, new { id }, SmallMarket.Aachen)).Data.At("order", "events");
        Assert.Equal(["order.placed", "order.accepted"], events.GetProperty("nodes").Texts("type"));
        Assert.True(events.At("pageInfo", "hasNextPage").GetBoolean());
        events = (await trade.AskAsync(nested, new { id, after = events.At("pageInfo", "endCursor").GetString() }, SmallMarket.Aachen)).Data.At("order", "events");
        Assert.Equal(["order.provisioning", "order.activated"], events.GetProperty("nodes").Texts("type"));
        Assert.False(events.At("pageInfo", "hasNextPage").GetBoolean());
        Assert.Equal(events.GetProperty("head").GetString(), events.At("pageInfo", "endCursor").GetString());
        Assert.Equal(4, events.GetProperty("nodes")[1].GetProperty("version").GetInt32());
    }
}
