using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>A step that an order can take, and which party takes it.</summary>
/// <param name="Mutation">Name of the mutation that takes it.</param>
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

    public const string Accept = "acceptOrder";
    public const string Reject = "rejectOrder";
    public const string StartProvisioning = "startProvisioning";
    public const string Activate = "activateOrder";
    public const string RequestTermination = "requestTermination";
    public const string ConfirmTermination = "confirmTermination";

    public static readonly IReadOnlyList<OrderTransition> All =
    [
        new(Accept, OrganisationRole.Seller, OrderState.Placed, OrderState.Accepted),
        new(Reject, OrganisationRole.Seller, OrderState.Placed, OrderState.Rejected),
        new(StartProvisioning, OrganisationRole.Supplier, OrderState.Accepted, OrderState.Provisioning),
        new(Activate, OrganisationRole.Supplier, OrderState.Provisioning, OrderState.Active),

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

    /// <summary>Which parties take a step, whatever the order's state.</summary>
    public static IReadOnlyList<OrganisationRole> TakenBy(string mutation) => [.. All.Where(t => t.Mutation == mutation).Select(t => t.By).Distinct()];
}
