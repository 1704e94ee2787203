using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class PlaceOrdersTests
{
    // Offers with their versions; organisations, ways to the clients; offers of the service, ownerships, parties with what is said of them; terms.
    private const int Reads = 7;

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Each_row_is_answered_for_itself_and_each_client_sees_its_own(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrders.Input input = await InputAsync(story, SmallMarket.Solnhofen, SmallMarket.Eichstaett, SmallMarket.Pappenheim, SmallMarket.Aggregator);
        DirectOrder[] orders = [.. input.Orders];
        orders[2] = orders[2] with { PurchaseOrderNumber = "B-17" };
        orders = [.. orders, orders[0] with { StartsOn = story.Store.Today.AddDays(-1) }, orders[0] with { OrderedById = story.Organisation(SmallMarket.Aachen) }, orders[0] with { QuoteHash = "old" }, orders[0] with { ExpectedUses = -1 }];
        input = input with { Orders = orders };

        IReadOnlyList<RowResult> rows = await story.BatchAsync(new PlaceOrders(), input, story.As(SmallMarket.Aggregator), "batch");

        Assert.Equal(
            [
                "", "USER_NOT_ALLOWED input.orders.1.usedByIds.0", "", "", "START_OUT_OF_RANGE input.orders.4.startsOn", "NOT_FOUND input.orders.5.orderedById", "PRICE_CHANGED input.orders.6.quoteHash",
                "EXPECTED_USES_OUT_OF_RANGE input.orders.7.expectedUses",
            ],
            rows.Select(r => string.Join(' ', r.Refusals.Select(x => $"{x.Code.Name} {string.Join('.', x.Path)}"))));
        Order[] placed = await Task.WhenAll(rows.Where(r => r.Subject is not null).Select(r => story.OrderAsync(r.Subject!.Value)));
        Assert.Equal(["GD-2026-000001", "GD-2026-000002", "GD-2026-000003"], placed.Select(o => o.Number));
        Assert.Equal([SmallMarket.Solnhofen, SmallMarket.Pappenheim, SmallMarket.Aggregator], placed.Select(o => story.KeyOf(Assert.Single(o.Users).OrganisationId)));
        Assert.All(placed, o => Assert.Equal((OrderState.Placed, SmallMarket.Aggregator, SmallMarket.Aggregator), (o.State, story.KeyOf(o.OrderedById), story.KeyOf(o.BillToId))));
        Assert.Equal([null, "B-17", null], placed.Select(o => o.PurchaseOrderNumber));
        foreach ((string client, Order own) in new[] { (SmallMarket.Solnhofen, placed[0]), (SmallMarket.Pappenheim, placed[1]) })
            Assert.Equal([own.Id], await story.Store.ReadAsync(context => context.OrdersVisibleTo(story.As(client)).Select(o => o.Id).ToListAsync()));
        ILookup<Guid, TermsAcceptance> accepted = await story.Store.ReadAsync(context => context.AcceptancesOfOrdersAsync([.. placed.Select(o => o.Id)], CancellationToken.None));
        Assert.All(placed, o => Assert.Equal(input.AcceptedTerms, accepted[o.Id].Select(a => new AcceptedTerms(a.TermsId, a.Sha256))));

        // Repeated it is told the same, and done once.
        IReadOnlyList<RowResult> again = await story.Store.UnchangedAsync(() => story.BatchAsync(new PlaceOrders(), input, story.As(SmallMarket.Aggregator), "batch"));
        Assert.Equal(rows.Select(r => (r.Row, r.Subject)), again.Select(r => (r.Row, r.Subject)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task All_or_none_where_that_is_wanted(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrders.Input input = await InputAsync(story, SmallMarket.Solnhofen, SmallMarket.Eichstaett);

        IReadOnlyList<RowResult> none = await story.Store.UnchangedAsync(() => story.BatchAsync(new PlaceOrders(), input with { Mode = BatchMode.Atomic }, story.As(SmallMarket.Aggregator)));
        Assert.All(none, r => Assert.Null(r.Subject));
        Assert.Equal([0, 1], none.Select(r => r.Refusals.Count));

        IReadOnlyList<RowResult> all = await story.BatchAsync(new PlaceOrders(), input with { Mode = BatchMode.Atomic, Orders = [input.Orders[0]] }, story.As(SmallMarket.Aggregator));
        Assert.NotNull(Assert.Single(all).Subject);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Terms_are_accepted_for_all_and_asked_by_each(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrders.Input portal = await InputAsync(story, SmallMarket.Solnhofen);
        PlaceOrder.Input once = await story.InputAsync(SmallMarket.Naturalisation, SmallMarket.Aggregator);
        PlaceOrders.Input both = portal with { Orders = [portal.Orders[0], Row(once)] };
        Assert.Equal((2, 1), (portal.AcceptedTerms.Count, once.AcceptedTerms.Count));

        IReadOnlyList<RowResult> less = await story.BatchAsync(new PlaceOrders(), both with { AcceptedTerms = once.AcceptedTerms }, story.As(SmallMarket.Aggregator));
        var missing = Assert.IsType<TermsNotAccepted>(Assert.Single(less[0].Refusals));
        Assert.Equal((2, "input.acceptedTerms"), (missing.RequiredDocumentIds.Count, string.Join('.', missing.Path)));
        Assert.NotNull(less[1].Subject);
        IReadOnlyList<RowResult> more = await story.BatchAsync(new PlaceOrders(), both, story.As(SmallMarket.Aggregator));
        ILookup<Guid, TermsAcceptance> accepted = await story.Store.ReadAsync(context => context.AcceptancesOfOrdersAsync([.. more.Select(r => r.Subject!.Value)], CancellationToken.None));
        Assert.Equal([2, 1], more.Select(r => accepted[r.Subject!.Value].Count()));
    }

    [Fact]
    public void A_batch_is_bounded_and_declared()
    {
        var order = new DirectOrder(Guid.NewGuid(), Guid.NewGuid(), null, null, new DateOnly(2026, 2, 15), null, null, null, null, "");

        Assert.Equal(["REQUIRED"], Codes(new([], BatchMode.Partial, [], true)));
        Assert.Equal(["TOO_MANY"], Codes(new([.. Enumerable.Repeat(order, 201)], BatchMode.Partial, [], true)));
        Assert.Equal(["DECLARATION_MISSING"], Codes(new([order], BatchMode.Partial, [], false)));

        static IEnumerable<string> Codes(PlaceOrders.Input input) => new PlaceOrders().Check(input).Select(r => r.Code.Name);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Orders_take_the_same_commands_for_1_20_and_200_clients(StoreKind kind)
    {
        await using MarketStory story = await ManyClientsAsync(kind);
        foreach (int clients in new[] { 1, 20, 200 })
        {
            PlaceOrders.Input input = await InputAsync(story, [.. Enumerable.Range(0, clients).Select(Client)]);
            PlaceOrders.Input bad = input with { Mode = BatchMode.Atomic, Orders = [.. input.Orders.SkipLast(1), input.Orders[^1] with { BillToId = story.Organisation(SmallMarket.Aachen) }] };
            int reading = await story.Store.Commands.OfAsync(async () =>
                Assert.All(await story.BatchAsync(new PlaceOrders(), bad, story.As(SmallMarket.Aggregator)), r => Assert.Null(r.Subject)));
            int placing = await story.Store.Commands.OfAsync(async () =>
                Assert.All(await story.BatchAsync(new PlaceOrders(), input, story.As(SmallMarket.Aggregator)), r => Assert.NotNull(r.Subject)));

            Assert.Equal((clients, Reads), (clients, reading));
            // SQLite takes a row a command; there is no way to it.
            if (kind == StoreKind.PostgreSql) Assert.Equal((clients, Reads + 1), (clients, placing));
        }
    }

    [Fact]
    public async Task Over_the_api_an_aggregator_orders_for_its_clients()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> first = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aggregator, [SmallMarket.Solnhofen]);
        Dictionary<string, object?> second = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aggregator, [SmallMarket.Eichstaett]);
        string[] shared = ["acceptedTerms", "declaresAuthorisedToRepresent", "idempotencyKey"];
        var input = new
        {
            orders = new[] { first, second }.Select(o => o.Where(p => !shared.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value)),
            acceptedTerms = first["acceptedTerms"],
            declaresAuthorisedToRepresent = true,
            idempotencyKey = "batch",
        };

        JsonElement payload = (await trade.RunAsync("PlaceOrders", new { input }, SmallMarket.Aggregator)).Data.GetProperty("placeOrders");

        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        JsonElement[] rows = [.. payload.GetProperty("results").EnumerateArray()];
        Assert.Equal(("GD-2026-000001", "PLACED"), (rows[0].At("order", "number").GetString(), rows[0].At("order", "state").GetString()));
        Assert.Equal((2, JsonValueKind.Null), (rows[1].GetProperty("row").GetInt32(), rows[1].GetProperty("order").ValueKind));
        Assert.Equal("""["input","orders","1","usedByIds","0"]""", rows[1].GetProperty("errors")[0].GetProperty("path").ToString());
        Assert.Equal(1, (await trade.AskAsync("{ orders { totalCount } }", client: SmallMarket.Solnhofen)).Data.At("orders", "totalCount").GetInt32());
        Assert.Equal(0, (await trade.AskAsync("{ orders { totalCount } }", client: SmallMarket.Pappenheim)).Data.At("orders", "totalCount").GetInt32());
    }

    private static string Client(int number) => string.Create(CultureInfo.InvariantCulture, $"client-{number:D3}");

    private static Task<MarketStory> ManyClientsAsync(StoreKind kind)
    {
        MarketSeed seed = SmallMarket.Seed();
        string[] keys = [.. Enumerable.Range(0, 200).Select(Client)];
        return MarketStory.BeginAsync(kind, seed: seed with
        {
            Organisations = [.. seed.Organisations, .. keys.Select(key => new OrganisationSeed(key, key, OrganisationKind.Municipality, [OrganisationRole.Client]))],
            Clients = [.. seed.Clients, .. keys.Select(key => new ClientSeed(SmallMarket.Aggregator, key, new DateOnly(2020, 1, 1)))],
        });
    }

    /// <summary>An order of the portal for each of these, by the aggregator.</summary>
    private static async Task<PlaceOrders.Input> InputAsync(MarketStory story, params string[] users)
    {
        var rows = new List<PlaceOrder.Input>();
        foreach (string user in users) rows.Add(await story.InputAsync(SmallMarket.Portal, SmallMarket.Aggregator, i => i with { UsedByIds = [story.Organisation(user)] }));
        return new PlaceOrders.Input([.. rows.Select(Row)], BatchMode.Partial, rows[0].AcceptedTerms, DeclaresAuthorisedToRepresent: true);
    }

    private static DirectOrder Row(PlaceOrder.Input input) => new(
        input.OfferId, input.OrderedById, input.UsedByIds, input.BillToId, input.StartsOn, input.PackageCode, input.ExpectedUses, input.PurchaseOrderNumber, input.SellerNumber, input.QuoteHash);
}
