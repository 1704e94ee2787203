using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

/// <summary>A way into a state: the mutations that lead there, each with the party that takes it.</summary>
internal sealed record OrderWay(string Name, OrderState State, params (string Mutation, OrganisationRole By)[] Steps);

/// <summary>Takes any step of the table with good input, and brings orders into any state.</summary>
internal static class OrderMoves
{
    public const string Express = "expressInterest";
    public const string Place = "placeOrder";
    public const string Expire = "expireOrders";

    /// <summary>Not a mutation: placeOrder where the customer's rules want one approval, or two.</summary>
    public const string PlaceForApproval = "placeOrder for approval";
    public const string PlaceForTwoApprovals = "placeOrder for two approvals";

    public static readonly IReadOnlyList<string> Mutations = [.. OrderTransitions.All.Select(t => t.Mutation).Distinct()];

    private static readonly (string, OrganisationRole)[] Submitted =
        [(Express, OrganisationRole.Customer), (OrderTransitions.StartCoordination, OrganisationRole.Supplier), (OrderTransitions.SubmitTerms, OrganisationRole.Supplier)];

    private static readonly (string, OrganisationRole)[] Agreed =
        [.. Submitted, (OrderTransitions.ConsentToTerms, OrganisationRole.Customer), (OrderTransitions.ConsentToTerms, OrganisationRole.Seller)];

    private static readonly (string, OrganisationRole)[] Running =
    [
        (Place, OrganisationRole.Customer), (OrderTransitions.Accept, OrganisationRole.Seller),
        (OrderTransitions.StartProvisioning, OrganisationRole.Supplier), (OrderTransitions.Activate, OrganisationRole.Supplier),
    ];

    /// <summary>All states, each in every form in which it opens other steps.</summary>
    public static readonly IReadOnlyList<OrderWay> Ways =
    [
        new("interest", OrderState.InterestExpressed, Submitted[..1]),
        new("in coordination", OrderState.InCoordination, Submitted[..2]),
        new("terms submitted", OrderState.TermsSubmitted, Submitted),
        new("customer has consented", OrderState.TermsSubmitted, Agreed[..4]),
        new("seller has consented", OrderState.TermsSubmitted, [.. Submitted, (OrderTransitions.ConsentToTerms, OrganisationRole.Seller)]),
        new("terms agreed", OrderState.TermsAgreed, Agreed),
        new("approval wanted", OrderState.AwaitingApproval, (PlaceForApproval, OrganisationRole.Customer)),
        new("two approvals wanted", OrderState.AwaitingApproval, (PlaceForTwoApprovals, OrganisationRole.Customer)),
        new("coordinated and placed", OrderState.Placed, [.. Agreed, (OrderTransitions.PlaceCoordinated, OrganisationRole.Customer)]),
        new("placed", OrderState.Placed, Running[..1]),
        new("accepted", OrderState.Accepted, Running[..2]),
        new("provisioning", OrderState.Provisioning, Running[..3]),
        new("active", OrderState.Active, Running),
        new("customer gave notice", OrderState.TerminationRequested, [.. Running, (OrderTransitions.RequestTermination, OrganisationRole.Customer)]),
        new("seller gave notice", OrderState.TerminationRequested, [.. Running, (OrderTransitions.RequestTermination, OrganisationRole.Seller)]),
        new("supplier gave notice", OrderState.TerminationRequested, [.. Running, (OrderTransitions.RequestTermination, OrganisationRole.Supplier)]),
        new("terminated", OrderState.Terminated,
            [.. Running, (OrderTransitions.RequestTermination, OrganisationRole.Customer), (OrderTransitions.ConfirmTermination, OrganisationRole.Seller)]),
        new("withdrawn", OrderState.Withdrawn, [.. Submitted, (OrderTransitions.Withdraw, OrganisationRole.Customer)]),
        new("rejected", OrderState.Rejected, [.. Submitted[..1], (OrderTransitions.Reject, OrganisationRole.Supplier)]),
        new("expired", OrderState.Expired, [.. Submitted[..2], (Expire, OrganisationRole.Operator)]),
    ];

    public static Task<Order> OrderInAsync(this MarketStory story, OrderState state) => story.OrderInAsync(Ways.First(w => w.State == state));

    /// <summary>An order of Aachen's that has gone a way.</summary>
    public static async Task<Order> OrderInAsync(this MarketStory story, OrderWay way)
    {
        Order? order = null;
        foreach ((string mutation, OrganisationRole by) in way.Steps)
        {
            if (order is null)
            {
                if (mutation is PlaceForApproval or PlaceForTwoApprovals) await story.SetRulesAsync(new ApprovalRule(null, mutation == PlaceForApproval ? 1 : 2));
                order = mutation == Express ? await story.ExpressAsync() : await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
                if (mutation is PlaceForApproval or PlaceForTwoApprovals) await story.SetRulesAsync();
                continue;
            }
            Caller caller = by == OrganisationRole.Operator ? Caller.System : story.As(story.KeyOf(order.Party(by)));
            OperationResult result = await story.TakeAsync(mutation, order, caller);
            Assert.True(result.Refusals.Count == 0, $"{way.Name}: {mutation} {string.Join(' ', result.Refusals)}");
            order = await story.OrderAsync(order.Id);
        }
        Assert.Equal(way.State, order!.State);
        return order;
    }

    /// <summary>Sets the rules by which Aachen's orders have to be approved.</summary>
    public static async Task SetRulesAsync(this MarketStory story, params ApprovalRule[] rules)
    {
        Guid aachen = story.Organisation(SmallMarket.Aachen);
        int version = await story.Store.ReadAsync(context => context.Organisations().Where(o => o.Id == aachen).Select(o => o.Version).SingleAsync());
        await story.DoAsync(new SetApprovalRules(), new SetApprovalRules.Input(aachen, version, rules), story.As(SmallMarket.Aachen, "organisations:write"));
    }

    /// <summary>Aachen asks for the coordinated offer, after taking back what it asked before.</summary>
    public static async Task<Order> ExpressAsync(this MarketStory story)
    {
        Guid aachen = story.Organisation(SmallMarket.Aachen);
        Order[] open = await story.Store.ReadAsync(context => context.OrdersVisibleTo(Caller.System)
            .Where(o => o.OrderedById == aachen && OrderTransitions.BeforeBinding.Contains(o.State)).ToArrayAsync());
        foreach (Order before in open) await story.DoAsync(new WithdrawOrder(), new WithdrawOrder.Input(before.Id, before.Version, null), story.As(SmallMarket.Aachen));
        var input = new ExpressInterest.Input(story.Market.Offers[SmallMarket.Coordinated], aachen, null, "Wir haben Interesse.");
        return await story.OrderAsync(await story.DoAsync(new ExpressInterest(), input, story.As(SmallMarket.Aachen)));
    }

    public static Task<AgreedTerms[]> TermsAsync(this MarketStory story, Guid orderId) =>
        story.Store.ReadAsync(async context => (await context.TermsOfOrdersAsync([orderId], CancellationToken.None))[orderId].ToArray());

    /// <summary>What a careful customer sends to order what is agreed.</summary>
    public static async Task<PlaceCoordinatedOrder.Input> PlacingInputAsync(this MarketStory story, Order order)
    {
        ILookup<Guid, TermsDocument> terms = await story.Store.ReadAsync(context => context.TermsOfVersionsAsync([order.OfferVersionId], story.Store.Today, CancellationToken.None));
        string hash = (await story.TermsAsync(order.Id)) is [var newest, ..] ? newest.Hash : "";
        return new PlaceCoordinatedOrder.Input(order.Id, order.Version, hash, null, story.Store.Today, "BE-4711", null,
            [.. terms[order.OfferVersionId].Select(t => new AcceptedTerms(t.Id, t.Sha256))], DeclaresAuthorisedToRepresent: true);
    }

    /// <summary>Takes a step as a caller, or as the first party for whom it is open or ever will be.</summary>
    public static async Task<OperationResult> TakeAsync(this MarketStory story, string mutation, Order order, Caller? caller = null)
    {
        OrganisationRole by = OrderTransitions.From(order).FirstOrDefault(t => t.Mutation == mutation)?.By
            ?? OrderTransitions.TakenBy(mutation).FirstOrDefault(OrganisationRole.Customer);
        Caller taker = caller ?? story.As(story.KeyOf(order.Party(by)));
        return mutation switch
        {
            OrderTransitions.StartCoordination => await RunAsync(new StartCoordination(), new StartCoordination.Input(order.Id, order.Version, null)),
            OrderTransitions.SubmitTerms => await RunAsync(new SubmitTerms(), new SubmitTerms.Input(order.Id, order.Version, 12_000m, null, 1_800m, "Für alle Ämter.")),
            OrderTransitions.ConsentToTerms => await RunAsync(new ConsentToTerms(),
                new ConsentToTerms.Input(order.Id, taker.Organisations is [var organisation] ? organisation : Guid.Empty, (await story.TermsAsync(order.Id)) is [var newest, ..] ? newest.Hash : "")),
            OrderTransitions.PlaceCoordinated => await RunAsync(new PlaceCoordinatedOrder(), await story.PlacingInputAsync(order)),
            OrderTransitions.Approve => await RunAsync(new ApproveOrder(), new ApproveOrder.Input(order.Id, order.Version)),
            OrderTransitions.Withdraw => await RunAsync(new WithdrawOrder(), new WithdrawOrder.Input(order.Id, order.Version, null)),
            OrderTransitions.Accept => await RunAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, order.Version)),
            OrderTransitions.Reject => await RunAsync(new RejectOrder(), new RejectOrder.Input(order.Id, order.Version, "Nein.")),
            OrderTransitions.StartProvisioning => await RunAsync(new StartProvisioning(), new StartProvisioning.Input(order.Id, order.Version, null)),
            OrderTransitions.Activate => await RunAsync(new ActivateOrder(), new ActivateOrder.Input(order.Id, order.Version, order.StartsOn ?? story.Store.Today)),
            OrderTransitions.RequestTermination => await RunAsync(new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, story.Store.Today.AddYears(1), "Fusion.")),
            OrderTransitions.ConfirmTermination => await RunAsync(new ConfirmTermination(), new ConfirmTermination.Input(order.Id, order.Version)),
            Expire => await RunAsync(new ExpireOrders(), new ExpireOrders.Input(order.Id, story.Store.Clock.GetUtcNow().AddDays(1))),
            _ => throw new ArgumentOutOfRangeException(nameof(mutation), mutation, null),
        };

        Task<OperationResult> RunAsync<TInput>(Operation<TInput> operation, TInput input)
            where TInput : notnull =>
            story.Store.Runner.RunAsync(operation, input, taker, Guid.NewGuid().ToString(), CancellationToken.None);
    }
}
