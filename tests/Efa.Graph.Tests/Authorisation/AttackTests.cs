using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>What somebody tries who wants to see or do what is not theirs.</summary>
[Collection(FullMarket.Name)]
public sealed class AttackTests(FullMarket market)
{
    private static readonly string Aachen = TradeHost.AllOf(SmallMarket.Aachen);
    private static readonly string Wismar = TradeHost.AllOf(SmallMarket.Wismar);

    [Fact]
    [Trait("attack", "Z01"), Trait("attack", "Z02"), Trait("attack", "I13")]
    public async Task A_foreign_id_is_answered_byte_by_byte_like_an_unknown_one()
    {
        foreach (Thing thing in market.Things.Where(t => t.Seen > Seen.ByCallers))
        {
            string prefix = thing.Id[..thing.Id.IndexOf('_', StringComparison.Ordinal)];
            Answer foreign = await AskAsync(thing.Id);
            Assert.Equal((await AskAsync(GlobalIds.Of(prefix, Guid.CreateVersion7()))).Json.ToString(), foreign.Json.ToString());
            Assert.Equal("""{"node":null,"nodes":[null]}""", foreign.Data.ToString());
        }

        Task<Answer> AskAsync(string id) => market.Trade.AskAsync("query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", new { id }, Wismar);
    }

    [Fact]
    [Trait("attack", "Z03")]
    public async Task A_foreign_id_among_ones_own_is_null_and_the_others_are_answered()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string foreign = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe)).GetProperty("id").GetString()!;
        string own = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        string[] ids = [.. Enumerable.Repeat(own, 49), foreign, .. Enumerable.Repeat(own, 50)];

        JsonElement nodes = (await trade.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids }, Aachen)).Data.GetProperty("nodes");
        Assert.Equal(100, nodes.GetArrayLength());
        Assert.All(nodes.EnumerateArray().Index(), n => Assert.Equal(n.Index == 49 ? JsonValueKind.Null : JsonValueKind.Object, n.Item.ValueKind));
    }

    [Fact]
    [Trait("attack", "Z04")]
    public async Task Neighbours_of_an_id_lead_to_nothing()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string lippes = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe)).GetProperty("id").GetString()!;
        Assert.True(TypeId.TryDecode(lippes, IdPrefix.Order, out Guid id));
        byte[] bytes = id.ToByteArray(bigEndian: true);
        string[] guesses = [.. Enumerable.Range(-50, 101).Select(i =>
        {
            byte[] guess = [.. bytes];
            guess[^1] = (byte)(guess[^1] + i);
            return GlobalIds.Of(IdPrefix.Order, new Guid(guess, bigEndian: true));
        }).Take(100)];

        JsonElement nodes = (await trade.AskAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = guesses }, Aachen)).Data.GetProperty("nodes");
        Assert.All(nodes.EnumerateArray(), n => Assert.Equal(JsonValueKind.Null, n.ValueKind));
    }

    public static TheoryData<string> Spellings => new(
        "{ orders { nodes { id } } }",
        "{ mine: orders { nodes { id } } }",
        "{ orders { nodes { id } } orders { nodes { state } } }",
        "{ ...F } fragment F on Query { orders { nodes { id } } }",
        "{ ... on Query { orders { nodes { id } } } }",
        "{ ... { ... { orders { nodes { id } } } } }",
        "query($yes: Boolean = true) { orders @include(if: $yes) { nodes { id } } }",
        "query($no: Boolean = false) { orders @skip(if: $no) { nodes { id } } }",
        "query($no: Boolean = false) { ... @skip(if: $no) { orders { nodes { id } } } }",
        "{ orders { edges { node { id } } } }",
        "{ orders { totalCount } }",
        "{ federalStates { code } orders(first: 1) { nodes { ...O } } } fragment O on Order { id }");

    [Theory]
    [MemberData(nameof(Spellings))]
    [Trait("attack", "Z14"), Trait("attack", "Z16")]
    public async Task However_a_forbidden_field_is_spelt_it_gives_no_data(string query)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        JsonElement answer = (await trade.AskAsync(query, client: TradeHost.Powerless)).Json;
        Assert.Contains(answer.GetProperty("errors").EnumerateArray(), e => e.At("extensions", "code").GetString() == "FORBIDDEN");
        Assert.DoesNotContain("order_", answer.ToString(), StringComparison.Ordinal);
        if (answer.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.Object)
            Assert.All(data.EnumerateObject().Where(p => p.Name is "orders" or "mine"), p => Assert.Equal(JsonValueKind.Null, p.Value.ValueKind));
    }

    [Fact]
    [Trait("attack", "Z15")]
    public async Task What_is_executed_is_judged_and_not_what_stands_first()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        const string query = "query Open { federalStates { code } } query Closed { orders { nodes { id } } }";
        Assert.Equal("FORBIDDEN", await CodeAsync("Closed"));
        Assert.Null(await CodeAsync("Open"));
        Answer left = await trade.AskAsync("query($x: Boolean = false) { federalStates { code } orders @include(if: $x) { nodes { id } } }", client: TradeHost.Powerless);
        Assert.Equal(16, left.Data.GetProperty("federalStates").GetArrayLength());

        async Task<string?> CodeAsync(string operationName)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, operationName }) };
            request.Headers.Authorization = new("Bearer", await trade.TokenAsync(TradeHost.Powerless));
            using HttpResponseMessage response = await trade.Host.Client.SendAsync(request);
            JsonElement json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            return json.TryGetProperty("errors", out JsonElement errors) ? errors[0].At("extensions", "code").GetString() : null;
        }
    }

    [Fact]
    [Trait("attack", "A25")]
    public async Task No_header_makes_a_caller_somebody_else()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ orders { totalCount } viewer { actsFor { organisation { id } } } }" }) };
        request.Headers.Authorization = new("Bearer", await trade.TokenAsync(Aachen));
        foreach (string name in new[] { "X-Tenant-Id", "X-Organisation-Id", "X-User", "X-Forwarded-User" }) request.Headers.Add(name, trade.Organisation(SmallMarket.Lippe));
        using HttpResponseMessage response = await trade.Host.Client.SendAsync(request);
        JsonElement data = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
        Assert.Equal(0, data.At("orders", "totalCount").GetInt32());
        Assert.Equal(trade.Organisation(SmallMarket.Aachen), data.At("viewer", "actsFor")[0].At("organisation", "id").GetString());
    }

    [Fact]
    [Trait("attack", "Z12"), Trait("attack", "Z19"), Trait("attack", "Z20")]
    public async Task Counts_sums_cursors_and_keys_of_others_give_only_what_is_ones_own()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        for (int i = 0; i < 3; i++) await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe);
        Dictionary<string, object?> lippes = await trade.InputAsync(SmallMarket.Naturalisation, SmallMarket.Lippe);
        lippes["idempotencyKey"] = "the-same-key";
        await trade.RunAsync("PlaceOrder", new { input = lippes }, SmallMarket.Lippe);

        string foreign = trade.Organisation(SmallMarket.Lippe);
        JsonElement none = (await trade.AskAsync("query($ids: [ID!]) { orders(filter: { orderedByIds: $ids }) { totalCount nodes { id } } }", new { ids = new[] { foreign } }, Aachen)).Data.GetProperty("orders");
        Assert.Equal("""{"totalCount":0,"nodes":[]}""", none.ToString());

        string cursor = (await trade.AskAsync("{ orders(first: 1) { pageInfo { endCursor } } }", client: SmallMarket.Lippe)).Data.At("orders", "pageInfo", "endCursor").GetString()!;
        Assert.Equal(0, (await trade.AskAsync("query($after: Cursor) { orders(after: $after) { nodes { id } } }", new { after = cursor }, Aachen)).Data.At("orders", "nodes").GetArrayLength());

        Dictionary<string, object?> own = await trade.InputAsync(SmallMarket.Naturalisation, SmallMarket.Aachen);
        own["idempotencyKey"] = "the-same-key";
        JsonElement placed = (await trade.RunAsync("PlaceOrder", new { input = own }, SmallMarket.Aachen)).Data.GetProperty("placeOrder");
        Assert.Empty(placed.GetProperty("errors").EnumerateArray());
        Assert.Equal(1, (await trade.AskAsync("{ orders { totalCount } }", client: Aachen)).Data.At("orders", "totalCount").GetInt32());
    }

    [Fact]
    [Trait("attack", "Z24")]
    public async Task Loaders_of_parallel_requests_never_mix_callers()
    {
        string id = market.Things.First(t => t.Type == "Contact").Id;
        object variables = new { id, organisation = market.Things.First(t => t.Type == "Organisation").Id };
        const string query = "query($id: ID!, $organisation: ID!) { node(id: $id) { id } organisation(id: $organisation) { iban } }";
        await Task.WhenAll(market.Trade.TokenAsync(Aachen), market.Trade.TokenAsync(Wismar));

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => market.Trade.AskAsync(query, variables, i % 2 == 0 ? Aachen : Wismar)));
        Assert.All(answers.Index(), a => Assert.Equal(a.Index % 2 == 0, a.Item.Data.GetProperty("node").ValueKind == JsonValueKind.Object));
        Assert.All(answers.Index(), a => Assert.Equal(a.Index % 2 == 0, a.Item.Data.At("organisation", "iban").ValueKind == JsonValueKind.String));
    }

    [Theory]
    [InlineData("authorization_code")]
    [InlineData("refresh_token")]
    [InlineData("password")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [Trait("attack", "A28"), Trait("attack", "A29")]
    public async Task Only_clients_prove_themselves_at_the_token_endpoint(string grant)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = grant,
            ["client_id"] = Aachen,
            ["client_secret"] = "demo-secret",
            ["code"] = "x",
            ["refresh_token"] = "x",
            ["username"] = "x",
            ["password"] = "x",
            ["device_code"] = "x",
        };
        using HttpResponseMessage response = await trade.Host.Client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("unsupported_grant_type", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("attack", "A30")]
    public async Task A_stranger_does_not_learn_which_clients_there_are()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        using HttpResponseMessage known = await trade.Host.TokenResponseAsync(Aachen, "guessed"), unknown = await trade.Host.TokenResponseAsync("nobody", "guessed");
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (known.StatusCode, unknown.StatusCode));
        Assert.Equal(await unknown.Content.ReadAsStringAsync(), await known.Content.ReadAsStringAsync());
    }
}
