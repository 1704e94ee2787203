using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>A step that an order can take, and which party takes it.</summary>
/// <param name="Mutation">Name of the mutation that takes it.</param>
/// <param name="To">Where it leads; a step that several have to take leads there with the last of them.</param>
public sealed record OrderTransition(string Mutation, OrganisationRole By, OrderState From, OrderState To)
{
    /// <summary>Whether the order waits for the party to take it; otherwise the party may, and the order can go on without.</summary>
    public bool IsAwaited { get; init; } = true;

    /// <summary>Whether it answers a proposal, so that only the side takes it that does not stand by the proposal yet.</summary>
    public bool IsAnswer { get; init; }
}

/// <summary>The life of an order as one table.</summary>
public static class OrderTransitions
{
    /// <summary>The OAuth 2 scope of all steps.</summary>
    public const string Scope = "orders:write";

    public const string StartCoordination = "startCoordination";
    public const string SubmitTerms = "submitTerms";
    public const string ConsentToTerms = "consentToTerms";
    public const string PlaceCoordinated = "placeCoordinatedOrder";
    public const string Approve = "approveOrder";
    public const string Withdraw = "withdrawOrder";
    public const string Accept = "acceptOrder";
    public const string Reject = "rejectOrder";
    public const string StartProvisioning = "startProvisioning";
    public const string Activate = "activateOrder";
    public const string RequestTermination = "requestTermination";
    public const string ConfirmTermination = "confirmTermination";

    /// <summary>States before an order binds: it can be withdrawn and rejected, and expires where nobody reacts.</summary>
    public static readonly IReadOnlyList<OrderState> BeforeBinding =
        [OrderState.InterestExpressed, OrderState.InCoordination, OrderState.TermsSubmitted, OrderState.TermsAgreed, OrderState.AwaitingApproval];

    public static readonly IReadOnlyList<OrderTransition> All =
    [
        new(StartCoordination, OrganisationRole.Supplier, OrderState.InterestExpressed, OrderState.InCoordination),
        new(SubmitTerms, OrganisationRole.Supplier, OrderState.InCoordination, OrderState.TermsSubmitted),
        new(ConsentToTerms, OrganisationRole.Customer, OrderState.TermsSubmitted, OrderState.TermsAgreed) { IsAnswer = true },
        new(ConsentToTerms, OrganisationRole.Seller, OrderState.TermsSubmitted, OrderState.TermsAgreed) { IsAnswer = true },
        new(PlaceCoordinated, OrganisationRole.Customer, OrderState.TermsAgreed, OrderState.Placed),
        new(Approve, OrganisationRole.Customer, OrderState.AwaitingApproval, OrderState.Placed),

        new(Accept, OrganisationRole.Seller, OrderState.Placed, OrderState.Accepted),
        new(Reject, OrganisationRole.Seller, OrderState.Placed, OrderState.Rejected),
        new(StartProvisioning, OrganisationRole.Supplier, OrderState.Accepted, OrderState.Provisioning),
        new(Activate, OrganisationRole.Supplier, OrderState.Provisioning, OrderState.Active),

        // Terms can be submitted anew until the order is placed; the consents to those before are void then.
        new(SubmitTerms, OrganisationRole.Supplier, OrderState.TermsSubmitted, OrderState.TermsSubmitted) { IsAwaited = false },
        new(SubmitTerms, OrganisationRole.Supplier, OrderState.TermsAgreed, OrderState.TermsSubmitted) { IsAwaited = false },
        .. BeforeBinding.SelectMany(state => new OrderTransition[]
        {
            new(Withdraw, OrganisationRole.Customer, state, OrderState.Withdrawn) { IsAwaited = false },
            new(Reject, OrganisationRole.Seller, state, OrderState.Rejected) { IsAwaited = false },
            new(Reject, OrganisationRole.Supplier, state, OrderState.Rejected) { IsAwaited = false },
        }),

        // Each side may end what runs. What the customer asks for is confirmed by the seller, its partner in the contract;
        // what the seller or the supplier asks for, by the customer.
        new(RequestTermination, OrganisationRole.Customer, OrderState.Active, OrderState.TerminationRequested) { IsAwaited = false },
        new(RequestTermination, OrganisationRole.Seller, OrderState.Active, OrderState.TerminationRequested) { IsAwaited = false },
        new(RequestTermination, OrganisationRole.Supplier, OrderState.Active, OrderState.TerminationRequested) { IsAwaited = false },
        new(ConfirmTermination, OrganisationRole.Customer, OrderState.TerminationRequested, OrderState.Terminated) { IsAnswer = true },
        new(ConfirmTermination, OrganisationRole.Seller, OrderState.TerminationRequested, OrderState.Terminated) { IsAnswer = true },
    ];

    /// <summary>The steps that are open to an order as it stands, whoever asks.</summary>
    public static IEnumerable<OrderTransition> From(Order order) => All.Where(t => t.From == order.State && !(t.IsAnswer && order.StandsBy(t.By)));

    /// <summary>Refuses what an order's state does not allow, and names the steps that it does.</summary>
    public static InvalidState NotIn(Order order, IReadOnlyList<string> path) =>
        new(OperationsRefusals.InvalidState, path, ApiName.Of(order.State), [.. From(order).Select(t => t.Mutation).Distinct()]) { Values = [ApiName.Of(order.State)] };

    /// <summary>Which parties take a step, whatever the order's state.</summary>
    public static IReadOnlyList<OrganisationRole> TakenBy(string mutation) => [.. All.Where(t => t.Mutation == mutation).Select(t => t.By).Distinct()];
}
