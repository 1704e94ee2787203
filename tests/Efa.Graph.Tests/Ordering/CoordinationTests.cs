using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class CoordinationTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_was_coordinated_binds_with_number_parties_and_evidence(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order agreed = await story.OrderInAsync(OrderState.TermsAgreed);
        Assert.Equal((null, null, null, null), (agreed.Number, agreed.StartsOn, agreed.PlacedAt, agreed.QuoteJson));
        PlaceCoordinatedOrder.Input input = await story.PlacingInputAsync(agreed);

        await story.DoAsync(new PlaceCoordinatedOrder(), input with { StartsOn = new DateOnly(2026, 4, 1), SellerNumber = "L-1" }, story.As(SmallMarket.Aachen));

        Order placed = await story.OrderAsync(agreed.Id);
        Assert.Equal((OrderState.Placed, "GD-2026-000001", new DateOnly(2026, 4, 1)), (placed.State, placed.Number, placed.StartsOn));
        Assert.Equal((agreed.OfferVersionId, agreed.OrderedById, "BE-4711", "L-1"), (placed.OfferVersionId, placed.BillToId, placed.PurchaseOrderNumber, placed.SellerNumber));
        Assert.Equal([placed.OrderedById], placed.Users.Select(u => u.OrganisationId));
        Assert.Equal(EligibilityBasis.Member, placed.KeptEligibility()!.Basis);
        Assert.Equal([placed.OrderedById], placed.KeptPricing().Users.Select(u => u.OrganisationId!.Value));
        ILookup<Guid, TermsAcceptance> accepted = await story.Store.ReadAsync(context => context.AcceptancesOfOrdersAsync([placed.Id], CancellationToken.None));
        Assert.Equal([(story.Market.Terms["general"], "client-aachen")], accepted[placed.Id].Select(a => (a.TermsId, a.Actor)));
        Assert.Equal(
            ["order.interest-expressed", "order.coordination-started", "order.terms-submitted", "order.terms-consented", "order.terms-agreed", "order.placed"],
            await EventsAsync(story, placed.Id));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task New_terms_void_the_consents_to_those_before(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.TermsAgreed);
        PlaceCoordinatedOrder.Input input = await story.PlacingInputAsync(order);

        await story.DoAsync(new SubmitTerms(), new SubmitTerms.Input(order.Id, order.Version, 13_000m, 6_500.50m, 0m, "Für alle Ämter."), story.As(SmallMarket.Supplier));

        order = await story.OrderAsync(order.Id);
        Assert.Equal((OrderState.TermsSubmitted, 2), (order.State, order.TermsNumber));
        AgreedTerms[] terms = await story.TermsAsync(order.Id);
        Assert.Equal([(2, 13_000m, 6_500.50m, 0m), (1, 12_000m, null, 1_800m)], terms.Select(t => (t.Number, t.AnnualFee, t.NextBillingAmount, t.OneTimeFee)));
        Assert.Equal(AgreedTerms.HashOf(order.Id, 2, 13_000m, 6_500.5m, 0m, "Für alle Ämter."), terms[0].Hash);
        Guid aachen = story.Organisation(SmallMarket.Aachen);

        // Neither consent nor order goes by the old hash; the refusal brings the new terms.
        var old = new ConsentToTerms.Input(order.Id, aachen, terms[1].Hash);
        await RefusedAsync(story, new ConsentToTerms(), old, SmallMarket.Aachen, (AgreedTermsChanged r) => Assert.Equal(terms[0].Hash, r.CurrentTerms.Hash));
        foreach (string party in new[] { SmallMarket.Aachen, SmallMarket.Govdigital })
            await story.DoAsync(new ConsentToTerms(), new ConsentToTerms.Input(order.Id, story.Organisation(party), terms[0].Hash), story.As(party));
        order = await story.OrderAsync(order.Id);
        Assert.Equal(OrderState.TermsAgreed, order.State);
        await RefusedAsync(story, new PlaceCoordinatedOrder(), input with { ExpectedVersion = order.Version }, SmallMarket.Aachen, (AgreedTermsChanged r) =>
        {
            Assert.Equal(["input", "agreedTermsHash"], r.Path);
            Assert.Equal(2, r.CurrentTerms.Number);
        });

        ILookup<Guid, Consent> consents = await story.Store.ReadAsync(context => context.ConsentsOfOrdersAsync([order.Id], CancellationToken.None));
        Assert.Equal(
            [(1, "client-aachen", terms[1].Hash), (1, "client-govdigital", terms[1].Hash), (2, "client-aachen", terms[0].Hash), (2, "client-govdigital", terms[0].Hash)],
            consents[order.Id].Select(c => (c.Number, c.Actor, c.TermsHash)).Order());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Consent_is_given_for_ones_own_side_only(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.TermsSubmitted);
        string hash = (await story.TermsAsync(order.Id))[0].Hash;
        foreach ((string who, string forWhom) in new[]
        {
            (SmallMarket.Aachen, SmallMarket.Govdigital), (SmallMarket.Govdigital, SmallMarket.Aachen), (SmallMarket.Supplier, SmallMarket.Supplier), (SmallMarket.Supplier, SmallMarket.Aachen),
        })
            await RefusedAsync(story, new ConsentToTerms(), new ConsentToTerms.Input(order.Id, story.Organisation(forWhom), hash), who,
                (PermissionDenied r) => Assert.Equal([OrganisationRole.Customer, OrganisationRole.Seller], r.RequiredRoles));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Fees_are_sums_of_money_and_the_scope_is_said(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.InCoordination);
        var input = new SubmitTerms.Input(order.Id, order.Version, -0.01m, 100.001m, 1_000_000_000.01m, " ");

        OperationResult refused = await story.Store.UnchangedAsync(() => story.Store.Runner.RunAsync(new SubmitTerms(), input, story.As(SmallMarket.Supplier), "key", CancellationToken.None));

        Assert.Equal(
            [("AMOUNT_NEGATIVE", "annualFee"), ("SUM_DECIMALS_TOO_MANY", "nextBillingAmount"), ("AMOUNT_TOO_HIGH", "oneTimeFee"), ("REQUIRED", "scope")],
            refused.Refusals.Select(r => (r.Code.Name, r.Path[1])));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Interest_is_expressed_by_whom_may_order_in_what_is_coordinated_and_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid Organisation(string key) => story.Organisation(key);
        var input = new ExpressInterest.Input(story.Market.Offers[SmallMarket.Coordinated], Organisation(SmallMarket.Aachen), null, null);
        var operation = new ExpressInterest();

        await RefusedAsync(story, operation, input with { OrderedById = Organisation(SmallMarket.Wismar) }, SmallMarket.Wismar, (NotEligible r) =>
            Assert.Equal(["NO_INHOUSE_RELATION", "NOT_ACCREDITED"], r.Eligibility.Reasons));
        await RefusedAsync(story, operation, input, SmallMarket.Wismar, (NotFound r) => Assert.Equal(["input", "orderedById"], r.Path));
        await RefusedAsync(story, operation, input with { OfferId = Guid.NewGuid() }, SmallMarket.Aachen, (NotFound r) => Assert.Equal(["input", "offerId"], r.Path));
        await RefusedAsync(story, operation, input with { OfferId = story.Market.Offers[SmallMarket.Portal] }, SmallMarket.Aachen, (Invalid r) => Assert.Equal("OFFER_NOT_COORDINATED", r.Code.Name));
        await RefusedAsync(story, operation, input with { UsedByIds = [Organisation(SmallMarket.Solnhofen)] }, SmallMarket.Aachen, (Invalid r) => Assert.Equal("USER_NOT_ALLOWED", r.Code.Name));
        await RefusedAsync(story, operation, input with { UsedByIds = [] }, SmallMarket.Aachen, (Invalid r) => Assert.Equal("REQUIRED", r.Code.Name));

        Order open = await story.ExpressAsync();
        await RefusedAsync(story, operation, input, SmallMarket.Aachen, (Invalid r) =>
        {
            Assert.Equal("INTEREST_OPEN", r.Code.Name);
            Assert.Equal([TypeId.Encode(IdPrefix.Order, open.Id)], r.Values);
        });
        await story.TakeAsync(OrderTransitions.Withdraw, open);
        await story.DoAsync(operation, input, story.As(SmallMarket.Aachen));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Everything_is_checked_again_when_it_is_to_bind(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.TermsAgreed);
        PlaceCoordinatedOrder.Input input = await story.PlacingInputAsync(order);
        var operation = new PlaceCoordinatedOrder();

        await RefusedAsync(story, operation, input with { DeclaresAuthorisedToRepresent = false }, SmallMarket.Aachen, (Invalid r) => Assert.Equal("DECLARATION_MISSING", r.Code.Name));
        await RefusedAsync(story, operation, input with { StartsOn = story.Store.Today.AddDays(-1) }, SmallMarket.Aachen, (Invalid r) => Assert.Equal("START_OUT_OF_RANGE", r.Code.Name));
        await RefusedAsync(story, operation, input with { BillToId = story.Organisation(SmallMarket.Lippe) }, SmallMarket.Aachen, (Invalid r) => Assert.Equal("BILL_TO_NOT_ALLOWED", r.Code.Name));
        await RefusedAsync(story, operation, input with { AcceptedTerms = [] }, SmallMarket.Aachen, (TermsNotAccepted r) =>
            Assert.Equal([story.Market.Terms["general"]], r.RequiredDocumentIds));
        await RefusedAsync(story, operation, input with { ExpectedVersion = 1 }, SmallMarket.Aachen, (StaleVersion r) => Assert.Equal(order.Version, r.CurrentVersion));

        await SetAccreditationAsync(AccreditationState.Suspended);
        await RefusedAsync(story, operation, input, SmallMarket.Aachen, (NotEligible r) => Assert.Equal(["ACCREDITATION_NOT_GRANTED"], r.Eligibility.Reasons));
        await SetAccreditationAsync(AccreditationState.Granted);
        await SetOfferAsync(OfferState.Suspended);
        await RefusedAsync(story, operation, input, SmallMarket.Aachen, (InvalidState r) => Assert.Equal(("OFFER_NOT_ORDERABLE", "SUSPENDED"), (r.Code.Name, r.State)));
        await SetOfferAsync(OfferState.Published);
        await story.DoAsync(operation, input, story.As(SmallMarket.Aachen));

        Task SetAccreditationAsync(AccreditationState state) => story.Store.ChangeAsync(context => context.Set<Accreditation>()
            .Where(a => a.OrganisationId == order.OrderedById).ExecuteUpdateAsync(a => a.SetProperty(x => x.State, state)));

        Task SetOfferAsync(OfferState state) => story.Store.ChangeAsync(context => context.Set<Offer>()
            .Where(o => o.Id == order.OfferId).ExecuteUpdateAsync(o => o.SetProperty(x => x.State, state)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_was_agreed_is_billed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderMoves.Ways.Single(w => w.Name == "coordinated and placed"));
        foreach (string mutation in new[] { OrderTransitions.Accept, OrderTransitions.StartProvisioning, OrderTransitions.Activate })
        {
            Assert.Empty((await story.TakeAsync(mutation, order)).Refusals);
            order = await story.OrderAsync(order.Id);
        }

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        // 12,000.00 for the year, whole although it began in February, and 1,800.00 once; 19 % as the offer is taxed.
        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal((13_800m, 2_622m, "BE-4711"), (invoice.Net, invoice.Tax, order.PurchaseOrderNumber));
    }

    private static async Task RefusedAsync<TInput, TRefusal>(MarketStory story, Operation<TInput> operation, TInput input, string who, Action<TRefusal> reason)
        where TInput : notnull
        where TRefusal : Refusal
    {
        OperationResult refused = await story.Store.UnchangedAsync(() =>
            story.Store.Runner.RunAsync(operation, input, story.As(who), Guid.NewGuid().ToString(), CancellationToken.None));
        reason(Assert.IsType<TRefusal>(Assert.Single(refused.Refusals)));
    }

    private static Task<string[]> EventsAsync(MarketStory story, Guid order) => story.Store.ReadAsync(context =>
        context.Set<LoggedEvent>().Where(e => e.SubjectId == order).OrderBy(e => e.Position).Select(e => e.Type).ToArrayAsync());
}
