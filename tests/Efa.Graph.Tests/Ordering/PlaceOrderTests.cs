using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class PlaceOrderTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_order_binds_at_once_with_number_parties_and_evidence(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Lippe, i => i with { PurchaseOrderNumber = "B-17", SellerNumber = "4711", ExpectedUses = 90 });

        OperationResult placed = await story.PlaceAsync(input, story.As(SmallMarket.Lippe));

        Assert.Empty(placed.Refusals);
        Order order = await story.OrderAsync(placed.Subject!.Value);
        Guid lippe = story.Organisation(SmallMarket.Lippe);
        Assert.Equal((OrderState.Placed, OrderOrigin.Marketplace, "GD-2026-000001", 1), (order.State, order.Origin, order.Number, order.Version));
        Assert.Equal((lippe, lippe), (order.OrderedById, order.BillToId));
        Assert.Equal([lippe], order.Users.Select(u => u.OrganisationId));
        Assert.Equal((story.Organisation(SmallMarket.Govdigital), story.Organisation(SmallMarket.Supplier)), (order.SellerId, order.SupplierId));
        Assert.Equal(("B-17", "4711", 90, input.StartsOn), (order.PurchaseOrderNumber, order.SellerNumber, order.ExpectedUses, order.StartsOn));
        Assert.Equal((MarketStore.FifteenthOfFebruary, MarketStore.FifteenthOfFebruary), (order.CreatedAt, order.PlacedAt));
        Assert.Equal(input.QuoteHash, order.QuoteHash);

        Quote quote = order.KeptQuote()!;
        Assert.Equal((order.OfferId, order.OfferVersionId, order.QuoteHash), (quote.OfferId, quote.OfferVersionId, quote.Hash));
        Eligibility eligibility = order.KeptEligibility()!;
        Assert.Equal((true, EligibilityBasis.OwnerOfMember), (eligibility.Eligible, eligibility.Basis));
        Assert.Equal([EligibilityRelation.Owns, EligibilityRelation.MemberOf], eligibility.Chain.Select(l => l.Relation));
        Assert.Equal(["year", "onboarding"], order.KeptPricing().Components.Select(c => c.Code));
        Assert.Equal(CanonicalJson.Write(order.KeptPricing()), order.PricingJson);

        ILookup<Guid, TermsAcceptance> acceptances = await story.Store.ReadAsync(context => context.AcceptancesOfOrdersAsync([order.Id], CancellationToken.None));
        Assert.Equal(input.AcceptedTerms, acceptances[order.Id].Select(a => new AcceptedTerms(a.TermsId, a.Sha256)));
        Assert.All(acceptances[order.Id], a => Assert.Equal(("client-lippe", MarketStore.FifteenthOfFebruary), (a.Actor, a.At)));

        OrderEventPage log = await story.Store.Get<OrderEvents>().ReadAsync(story.As(SmallMarket.Lippe), new OrderEventFilter(), after: 0, count: 10, CancellationToken.None);
        OrderEvent placing = Assert.Single(log.Events);
        Assert.Equal((1L, "order.placed", order.Id, 1, (string?)null, "PLACED", "client-lippe"), (placing.Position, placing.Type, placing.OrderId, placing.Version, placing.From, placing.To, placing.Actor));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_order_keeps_its_version_price_and_eligibility_when_they_change(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        await story.Store.ChangeAsync(async context =>
        {
            Offer offer = await context.Set<Offer>().SingleAsync(o => o.Id == order.OfferId);
            offer.State = OfferState.Retired;
            await context.Set<Ownership>().ExecuteDeleteAsync();
        });

        Order later = await story.OrderAsync(order.Id);
        Assert.True(later.KeptEligibility()!.Eligible);
        Assert.Equal((order.OfferVersionId, order.QuoteJson, order.PricingJson), (later.OfferVersionId, later.QuoteJson, later.PricingJson));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_aggregator_orders_for_its_clients_and_itself(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid[] users = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Aggregator)];

        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aggregator, i => i with { UsedByIds = users });

        ILookup<Guid, Guid> kept = await story.Store.ReadAsync(context => context.UsersOfOrdersAsync([order.Id], CancellationToken.None));
        Assert.Equal(users, kept[order.Id]);
        Assert.Equal(1, await story.Store.ReadAsync(context => context.OrdersVisibleTo(story.As(SmallMarket.Solnhofen)).CountAsync()));
        Assert.Equal(0, await story.Store.ReadAsync(context => context.OrdersVisibleTo(story.As(SmallMarket.Wismar)).CountAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_caller_can_have_another_of_his_organisations_billed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid brandenburg = story.Organisation(SmallMarket.Brandenburg);
        Caller both = story.As(SmallMarket.Aachen) with { Organisations = [story.Organisation(SmallMarket.Aachen), brandenburg] };

        OperationResult placed = await story.PlaceAsync(await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen, i => i with { BillToId = brandenburg }), both);

        Assert.Empty(placed.Refusals);
        Assert.Equal(brandenburg, (await story.OrderAsync(placed.Subject!.Value)).BillToId);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Numbers_count_by_the_calendar_year_in_Berlin(StoreKind kind)
    {
        // 23:30 and 00:30 in Berlin, one hour behind in UTC.
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2026, 12, 31, 22, 30, 0, TimeSpan.Zero));
        Order old = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        story.Store.Clock.Advance(TimeSpan.FromHours(1));
        Order young = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Order residence = await story.PlaceAsync(SmallMarket.Residence, SmallMarket.Brandenburg);

        Assert.Equal(("GD-2026-000001", "GD-2027-000001", "FITKO-2027-000001"), (old.Number, young.Number, residence.Number));
        Assert.Equal(new DateOnly(2027, 1, 1), young.StartsOn);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B01")]
    public async Task Fifty_calls_with_one_key_make_one_order_and_fifty_equal_answers(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Caller caller = story.As(SmallMarket.Aachen);

        OperationResult[] answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => story.PlaceAsync(input, caller, "double-click"))));

        Assert.All(answers, a => Assert.Empty(a.Refusals));
        Guid only = Assert.Single(answers.Select(a => a.Subject!.Value).Distinct());
        Assert.Equal([only], await story.Store.ReadAsync(context => context.OrdersVisibleTo(Caller.System).Select(o => o.Id).ToListAsync()));
        Assert.Equal(1, await story.Store.ReadAsync(context => context.Set<LoggedEvent>().CountAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B12")]
    public async Task Thirty_two_orders_at_once_get_consecutive_numbers(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Caller caller = story.As(SmallMarket.Aachen);

        OperationResult[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => story.PlaceAsync(input, caller, $"order-{i}"))));

        Assert.All(answers, a => Assert.Empty(a.Refusals));
        List<string?> numbers = await story.Store.ReadAsync(context => context.OrdersVisibleTo(Caller.System).Select(o => o.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, 32).Select(n => $"GD-2026-{n:D6}"), numbers.Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, 32).Select(p => (long)p), await story.Store.ReadAsync(context => context.Set<LoggedEvent>().OrderBy(e => e.Position).Select(e => e.Position).ToListAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B02")]
    public async Task A_key_with_other_input_is_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.PlaceAsync(input, story.As(SmallMarket.Aachen), "key");
        story.Store.Clock.Advance(TimeSpan.FromMinutes(1));

        OperationResult other = await story.Store.UnchangedAsync(() => story.PlaceAsync(input with { SellerNumber = "other" }, story.As(SmallMarket.Aachen), "key"));

        Assert.Equal(MarketStore.FifteenthOfFebruary, Assert.IsType<IdempotencyConflict>(Assert.Single(other.Refusals)).FirstSeenAt);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B03"), Trait("attack", "Z19")]
    public async Task A_key_belongs_to_its_caller_and_a_refused_call_leaves_it_free(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Caller caller = story.As(SmallMarket.Aachen);

        OperationResult refused = await story.PlaceAsync(input with { QuoteHash = "old" }, caller, "key");
        OperationResult mended = await story.PlaceAsync(input, caller, "key");
        OperationResult other = await story.PlaceAsync(input, caller with { Id = "another-client" }, "key");

        Assert.Equal(OrderingRefusals.PriceChanged, Assert.Single(refused.Refusals).Code);
        Assert.Empty(mended.Refusals);
        Assert.Empty(other.Refusals);
        Assert.NotEqual(mended.Subject, other.Subject);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B10")]
    public async Task No_order_binds_after_its_offer_was_suspended(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        int version = await story.Store.ReadAsync(context => context.OffersVisibleTo(Caller.System).Where(o => o.Id == input.OfferId).Select(o => o.Version).SingleAsync());
        var suspend = new SuspendOffer.Input(input.OfferId, version, "Wartung.");

        Task<OperationResult>[] orders = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(() => story.PlaceAsync(input, story.As(SmallMarket.Aachen))))];
        // In the midst of them.
        await Task.WhenAny(orders);
        await story.DoAsync(new SuspendOffer(), suspend, story.As(SmallMarket.Supplier));
        OperationResult[] answers = await Task.WhenAll(orders);

        List<LoggedEvent> log = await story.Store.ReadAsync(context => context.Set<LoggedEvent>().OrderBy(e => e.Position).ToListAsync());
        Assert.Equal(answers.Count(a => a.Refusals.Count == 0) + 1, log.Count);
        Assert.Equal("offer.suspended", log[^1].Type);
    }
}
