using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering;
using GraphQL;
using GraphQL.Types;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>Asks for every field of the schema on every way to it, as whoever could ask, and compares with the table of rows.</summary>
[Collection(FullMarket.Name)]
public sealed class AuthorisationTests(FullMarket market)
{
    private static readonly MarketSchema Schema = SchemaTests.Schema();

    [Fact]
    [Trait("attack", "Z08")]
    public void Every_field_has_a_row_and_every_row_a_field()
    {
        string[] fields = [.. Readable().SelectMany(t => t.Fields.Select(f => $"{t.Name}.{f.Name}"))];

        Assert.Equal([], fields.Except(FieldRows.All.Keys).Order(StringComparer.Ordinal));
        Assert.Equal([], FieldRows.All.Keys.Except(fields).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("attack", "Z08"), Trait("attack", "Z09"), Trait("attack", "Z10"), Trait("attack", "Z11"), Trait("attack", "Z22")]
    public async Task Everything_is_shown_to_whom_the_table_says_and_to_nobody_else()
    {
        var selection = new Selection(Schema, market.Arguments);
        var look = new Look(market.Things);
        var query = (IObjectGraphType)Schema.Query;

        foreach (FieldType field in query.Fields.Where(f => f.Name is not ("node" or "nodes")))
        {
            (string text, SelectedField selected) = selection.Field(query, field, null, []);
            await look.AtAsync($"{{ {text} }}", [selected], Seen.ByEverybody, (query, who) => market.AskAsync(query, who, FullMarket.PartyOf(field.Name)));
        }
        foreach (Thing thing in market.Things)
        {
            (string text, IReadOnlyList<SelectedField> fields) = selection.Of(thing.Type);
            SelectedField[] node = [new("node", "Query.node", thing.Type, null, fields)];
            SelectedField[] nodes = [new("nodes", "Query.nodes", thing.Type, null, fields)];
            await look.AtAsync($"{{ node(id: \"{thing.Id}\") {{ ... on {thing.Type} {{ {text} }} }} }}", node, thing.Seen, (query, who) => market.AskAsync(query, who, thing.Party));
            await look.AtAsync($"{{ nodes(ids: [\"{thing.Id}\"]) {{ ... on {thing.Type} {{ {text} }} }} }}", nodes, thing.Seen, (query, who) => market.AskAsync(query, who, thing.Party));
        }

        Assert.True(look.Faults.Count == 0, string.Join('\n', look.Faults.Distinct()));
        // A thing that nobody was shown proves nothing.
        Assert.Equal([], FieldRows.All.Where(r => r.Value is Seen.ByParties or Seen.ByPartiesWithScope && !r.Key.StartsWith("Subscription.", StringComparison.Ordinal)).Select(r => r.Key).Except(look.Shown));
        Assert.Equal([], Readable().Where(t => t.ResolvedInterfaces.Any(i => i.Name == "Node")).Select(t => t.Name).Except(market.Things.Select(t => t.Type)));
    }

    [Fact]
    [Trait("attack", "Z06"), Trait("attack", "A23")]
    public async Task Mutations_are_refused_to_all_who_may_not_and_change_nothing()
    {
        var faults = new List<string>();
        long head = await market.Trade.HeadAsync();
        foreach (FieldType mutation in ((IObjectGraphType)Schema.Mutation!).Fields)
        {
            string query = $"mutation($input: {mutation.Arguments!.Single().ResolvedType}) {{ {mutation.Name}(input: $input) {{ {Refusals(mutation)} }} }}";
            object input = new { input = MutationInputs.Of(mutation, market) };
            Answer anonymous = await market.Trade.AskAsync(query, input);
            if (!anonymous.Json.ToString().Contains("\"UNAUTHENTICATED\"", StringComparison.Ordinal)) faults.Add($"{mutation.Name} for nobody: {anonymous.Json}");
            Expect("SCOPE_MISSING", await market.Trade.AskAsync(query, input, TradeHost.NoneOf(SmallMarket.Govdigital)));
            Expect("NOT_FOUND PERMISSION_DENIED", await market.Trade.AskAsync(query, input, FullMarket.ClientOf(Who.Stranger, "")));

            void Expect(string codes, Answer answer)
            {
                string?[] told = answer.Json.TryGetProperty("errors", out _) ? [] : [.. Codes(answer.Data.GetProperty(mutation.Name))];
                if (told.Length == 0 || told.Any(c => !codes.Split(' ').Contains(c))) faults.Add($"{mutation.Name}, expected {codes}: {answer.Json}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(head, await market.Trade.HeadAsync());
    }

    // Batches tell what concerns a row with the row.
    private static string Refusals(FieldType mutation) =>
        ((IObjectGraphType)mutation.ResolvedType!.GetNamedType()).Fields.Any(f => f.Name == "results") ? "errors { code } results { errors { code } }" : "errors { code }";

    private static IEnumerable<string?> Codes(JsonElement payload) =>
    [
        .. payload.GetProperty("errors").Texts("code"),
        .. payload.TryGetProperty("results", out JsonElement rows) ? rows.EnumerateArray().SelectMany(row => row.GetProperty("errors").Texts("code")) : [],
    ];

    [Fact]
    public async Task Subscriptions_are_refused_or_silent_to_all_who_may_not()
    {
        string follow = Repository.Operation("FollowOrders");
        // What changes in the catalogue is public.
        Assert.Equal("catalogChanged offerImportProgress orderStatusChanged", string.Join(' ', ((IObjectGraphType)Schema.Subscription!).Fields.Select(f => f.Name)));
        await using TradeHost trade = await TradeHost.StartAsync();
        await using OrderSocket stranger = await SubscribeAsync(Who.Stranger);
        await using OrderSocket powerless = await SubscribeAsync(Who.Powerless);
        await using OrderSocket right = await SubscribeAsync(Who.Right);
        Assert.Equal("FORBIDDEN", (await powerless.MessageAsync(TimeSpan.FromSeconds(30)))!.Value.GetProperty("payload")[0].At("extensions", "code").GetString());

        string id = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        Assert.Equal(id, (await right.NextAsync()).At("order", "id").GetString());
        Assert.Null(await stranger.MessageAsync(TimeSpan.FromMilliseconds(500)));
        Assert.Equal("UNAUTHENTICATED", (await trade.AskAsync("{ orderEvents { head } }")).OnlyError.At("extensions", "code").GetString());

        async Task<OrderSocket> SubscribeAsync(Who who) =>
            await OrderSocket.SubscribeAsync(trade.Host.Address, await trade.TokenAsync(FullMarket.ClientOf(who, SmallMarket.Aachen)), follow, null);
    }

    /// <summary>The types that a query or a subscription can lead to.</summary>
    private static IReadOnlyCollection<IObjectGraphType> Readable()
    {
        var found = new Dictionary<string, IObjectGraphType>();
        var waiting = new Queue<IGraphType>([Schema.Query, Schema.Subscription!]);
        while (waiting.TryDequeue(out IGraphType? type))
        {
            if (type is IAbstractGraphType several)
            {
                foreach (IObjectGraphType possible in several.PossibleTypes) waiting.Enqueue(possible);
            }
            else if (type is IObjectGraphType fields && found.TryAdd(type.Name, fields))
                foreach (FieldType field in fields.Fields) waiting.Enqueue(field.ResolvedType!.GetNamedType());
        }
        return found.Values;
    }
}
