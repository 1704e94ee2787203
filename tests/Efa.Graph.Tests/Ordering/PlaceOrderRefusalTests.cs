using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class PlaceOrderRefusalTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Without_the_scope_nothing_is_ordered(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var refused = await RefusedAsync<PermissionDenied>(story, SmallMarket.Portal, SmallMarket.Aachen, caller: story.As(SmallMarket.Aachen, "orders:read"));
        Assert.Equal((OperationsRefusals.ScopeMissing, "orders:write"), (refused.Code, refused.RequiredScope));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "V08")]
    public async Task What_is_wrong_with_the_input_alone_is_said_at_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid aachen = story.Organisation(SmallMarket.Aachen);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        input = input with
        {
            UsedByIds = [aachen, aachen],
            ExpectedUses = -1,
            PurchaseOrderNumber = new string('x', 101),
            SellerNumber = "bell \u0007",
            PackageCode = new string('p', 41),
            AcceptedTerms = [input.AcceptedTerms[0], input.AcceptedTerms[0]],
            DeclaresAuthorisedToRepresent = false,
        };

        OperationResult answer = await story.Store.UnchangedAsync(() => story.PlaceAsync(input, story.As(SmallMarket.Aachen), "k y"));

        Assert.Equal(
            [
                "IDEMPOTENCY_KEY_INVALID input/idempotencyKey",
                "DECLARATION_MISSING input/declaresAuthorisedToRepresent",
                "DUPLICATE input/acceptedTerms/1",
                "EXPECTED_USES_OUT_OF_RANGE input/expectedUses",
                "DUPLICATE input/usedByIds/1",
                "TOO_LONG input/packageCode",
                "TOO_LONG input/purchaseOrderNumber",
                "TEXT_INVALID input/sellerNumber",
            ],
            answer.Refusals.Select(Shown));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B16")]
    public async Task There_are_one_to_two_hundred_users(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);

        OperationResult many = await story.Store.UnchangedAsync(() =>
            story.PlaceAsync(input with { UsedByIds = [.. Enumerable.Range(0, 201).Select(_ => Guid.NewGuid())] }, story.As(SmallMarket.Aachen)));
        OperationResult none = await story.Store.UnchangedAsync(() => story.PlaceAsync(input with { UsedByIds = [] }, story.As(SmallMarket.Aachen)));

        Assert.Equal(["TOO_MANY input/usedByIds"], many.Refusals.Select(Shown));
        Assert.Equal(["REQUIRED input/usedByIds"], none.Refusals.Select(Shown));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_offer_that_the_caller_does_not_see_is_not_found(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var hidden = await RefusedAsync<NotFound>(story, SmallMarket.Unpublished, SmallMarket.Aachen);
        var unknown = await RefusedAsync<NotFound>(story, SmallMarket.Portal, SmallMarket.Aachen, i => i with { OfferId = Guid.NewGuid() });
        Assert.Equal(["input", "offerId"], hidden.Path);
        Assert.Equal(["input", "offerId"], unknown.Path);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_offer_takes_orders_only_while_it_is_published_and_direct(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Caller seller = story.As(SmallMarket.Aachen) with { Organisations = [story.Organisation(SmallMarket.Aachen), story.Organisation(SmallMarket.Govdigital)] };

        var suspended = await RefusedAsync<InvalidState>(story, SmallMarket.Suspended, SmallMarket.Aachen, caller: seller);
        var coordinated = await RefusedAsync<Invalid>(story, SmallMarket.Coordinated, SmallMarket.Aachen);

        Assert.Equal((OrderingRefusals.OfferNotOrderable, "SUSPENDED"), (suspended.Code, suspended.State));
        Assert.Equal(OrderingRefusals.OfferNotDirect, coordinated.Code);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Nobody_orders_for_an_organisation_that_he_does_not_act_for(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var foreign = await RefusedAsync<NotFound>(story, SmallMarket.Portal, SmallMarket.Aachen, caller: story.As(SmallMarket.Lippe));
        var seller = await RefusedAsync<NotFound>(story, SmallMarket.Portal, SmallMarket.Aachen, caller: story.As(SmallMarket.Govdigital));
        var operates = await RefusedAsync<NotFound>(story, SmallMarket.Portal, SmallMarket.Aachen, caller: story.As(SmallMarket.Wismar) with { IsOperator = true });
        Assert.All(new[] { foreign, seller, operates }, r => Assert.Equal(["input", "orderedById"], r.Path));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Start_users_and_payer_are_checked_together(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aggregator);
        input = input with
        {
            StartsOn = story.Store.Today.AddDays(-1),
            BillToId = story.Organisation(SmallMarket.Aachen),
            UsedByIds = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Eichstaett), Guid.NewGuid()],
        };

        OperationResult answer = await story.Store.UnchangedAsync(() => story.PlaceAsync(input, story.As(SmallMarket.Aggregator)));

        Assert.Equal(
            ["BILL_TO_NOT_ALLOWED input/billToId", "USER_NOT_ALLOWED input/usedByIds/1", "NOT_FOUND input/usedByIds/2", "START_OUT_OF_RANGE input/startsOn"],
            answer.Refusals.Select(Shown));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B15")]
    public async Task An_order_starts_within_two_years(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var late = await RefusedAsync<Invalid>(story, SmallMarket.Portal, SmallMarket.Aachen, i => i with { StartsOn = new DateOnly(2028, 2, 16) });
        Assert.Equal((OrderingRefusals.StartOutOfRange, "2028-02-15"), (late.Code, Assert.Single(late.Values)));
        Assert.Equal(new DateOnly(2028, 2, 15), (await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen, i => i with { StartsOn = new DateOnly(2028, 2, 15) })).StartsOn);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Who_has_no_in_house_relation_gets_the_whole_decision(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var refused = await RefusedAsync<NotEligible>(story, SmallMarket.Portal, SmallMarket.Wismar);
        Assert.False(refused.Eligibility.Eligible);
        Assert.Equal(["NO_INHOUSE_RELATION", "NOT_ACCREDITED"], refused.Eligibility.Reasons);
        Assert.Equal((story.Organisation(SmallMarket.Wismar), story.Organisation(SmallMarket.Govdigital)), (refused.Eligibility.OrganisationId, refused.Eligibility.SellerId));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_client_cannot_order_itself(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var refused = await RefusedAsync<NotEligible>(story, SmallMarket.Portal, SmallMarket.Solnhofen);
        Assert.Contains("NOT_A_CUSTOMER", refused.Eligibility.Reasons);
        Assert.Contains(refused.Eligibility.Alternatives, a => a.ThroughId == story.Organisation(SmallMarket.Aggregator));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_unknown_package_is_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var none = await RefusedAsync<Invalid>(story, SmallMarket.Packages, SmallMarket.Aachen);
        var unknown = await RefusedAsync<Invalid>(story, SmallMarket.Packages, SmallMarket.Aachen, i => i with { PackageCode = "XL" });
        Assert.Equal(["PACKAGE_REQUIRED input/packageCode", "PACKAGE_UNKNOWN input/packageCode"], new[] { none, unknown }.Select(Shown));
        Assert.Equal("M", (await story.PlaceAsync(SmallMarket.Packages, SmallMarket.Aachen, i => i with { PackageCode = "M" })).PackageCode);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_has_no_price_for_a_user_is_refused_where_the_user_stands(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var orderer = await RefusedAsync<Invalid>(story, SmallMarket.Inhabitants, SmallMarket.Aggregator);
        var user = await RefusedAsync<Invalid>(story, SmallMarket.Inhabitants, SmallMarket.Aggregator,
            i => i with { UsedByIds = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Aggregator)] });
        Assert.Equal(["POPULATION_UNKNOWN input/orderedById", "POPULATION_UNKNOWN input/usedByIds/1"], new[] { orderer, user }.Select(Shown));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Accepted_are_exactly_the_documents_in_force_by_their_hashes(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        AcceptedTerms[] accepted = [.. input.AcceptedTerms];
        AcceptedTerms[][] wrong =
        [
            [],
            [accepted[0]],
            [accepted[0], accepted[1] with { Sha256 = accepted[0].Sha256 }],
            [.. accepted, new AcceptedTerms(Guid.NewGuid(), accepted[0].Sha256)],
        ];
        foreach (AcceptedTerms[] terms in wrong)
        {
            OperationResult answer = await story.Store.UnchangedAsync(() => story.PlaceAsync(input with { AcceptedTerms = terms }, story.As(SmallMarket.Aachen)));
            var refused = Assert.IsType<TermsNotAccepted>(Assert.Single(answer.Refusals));
            Assert.Equal(accepted.Select(a => a.DocumentId), refused.RequiredDocumentIds);
        }

        OperationResult otherOrder = await story.PlaceAsync(input with { AcceptedTerms = [.. accepted.Reverse()] }, story.As(SmallMarket.Aachen));
        Assert.Empty(otherOrder.Refusals);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Terms_that_were_superseded_are_not_enough(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input input = await story.InputAsync(SmallMarket.Naturalisation, SmallMarket.Aachen);
        Guid successor = Guid.CreateVersion7();
        await story.Store.ChangeAsync(async context =>
        {
            TermsDocument old = await context.Set<TermsDocument>().SingleAsync(t => t.Id == input.AcceptedTerms[0].DocumentId);
            context.Add(new TermsDocument
            {
                Id = successor,
                OwnerId = old.OwnerId,
                DocumentKind = old.DocumentKind,
                Title = old.Title,
                VersionLabel = "2.0",
                Sha256 = old.Sha256,
                ValidFrom = story.Store.Today,
            });
            old.SupersededById = successor;
        });

        OperationResult answer = await story.Store.UnchangedAsync(() => story.PlaceAsync(input, story.As(SmallMarket.Aachen)));

        Assert.Equal([successor], Assert.IsType<TermsNotAccepted>(Assert.Single(answer.Refusals)).RequiredDocumentIds);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B09")]
    public async Task Another_price_than_quoted_is_refused_with_the_one_that_can_be_ordered(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        PlaceOrder.Input quoted = await story.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        PlaceOrder.Input later = quoted with { StartsOn = quoted.StartsOn.AddMonths(1) };

        OperationResult answer = await story.Store.UnchangedAsync(() => story.PlaceAsync(later, story.As(SmallMarket.Aachen)));

        Quote current = Assert.IsType<PriceChanged>(Assert.Single(answer.Refusals)).CurrentQuote;
        Assert.Equal(later.StartsOn, current.StartsOn);
        OperationResult again = await story.PlaceAsync(later with { QuoteHash = current.Hash! }, story.As(SmallMarket.Aachen));
        Assert.Empty(again.Refusals);
    }

    private static async Task<TRefusal> RefusedAsync<TRefusal>(
        MarketStory story, string offer, string orderedBy, Func<PlaceOrder.Input, PlaceOrder.Input>? change = null, Caller? caller = null)
        where TRefusal : Refusal
    {
        PlaceOrder.Input input = await story.InputAsync(offer, orderedBy);
        input = change?.Invoke(input) ?? input;
        OperationResult answer = await story.Store.UnchangedAsync(() => story.PlaceAsync(input, caller ?? story.As(orderedBy)));
        Assert.Null(answer.Subject);
        return Assert.IsAssignableFrom<TRefusal>(Assert.Single(answer.Refusals));
    }

    private static string Shown(Refusal refusal) => $"{refusal.Code} {string.Join('/', refusal.Path)}";
}
