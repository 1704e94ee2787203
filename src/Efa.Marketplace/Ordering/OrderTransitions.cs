using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>A step that an order can take, and which party takes it.</summary>
/// <param name="Mutation">Name of the mutation that takes it.</param>
public sealed record OrderTransition(string Mutation, OrganisationRole By, OrderState From, OrderState To);

/// <summary>The life of an order as one table.</summary>
public static class OrderTransitions
{
    /// <summary>The OAuth 2 scope of all steps.</summary>
    public const string Scope = "orders:write";

    public const string Accept = "acceptOrder";
    public const string Reject = "rejectOrder";
    public const string StartProvisioning = "startProvisioning";
    public const string Activate = "activateOrder";

    public static readonly IReadOnlyList<OrderTransition> All =
    [
        new(Accept, OrganisationRole.Seller, OrderState.Placed, OrderState.Accepted),
        new(Reject, OrganisationRole.Seller, OrderState.Placed, OrderState.Rejected),
        new(StartProvisioning, OrganisationRole.Supplier, OrderState.Accepted, OrderState.Provisioning),
        new(Activate, OrganisationRole.Supplier, OrderState.Provisioning, OrderState.Active),
    ];

    public static IEnumerable<OrderTransition> From(OrderState state) => All.Where(t => t.From == state);

    public static OrderTransition? Find(string mutation, OrderState from) => All.FirstOrDefault(t => t.Mutation == mutation && t.From == from);

    /// <summary>Refuses what an order's state does not allow, and names the steps that it does.</summary>
    public static InvalidState NotIn(OrderState state, IReadOnlyList<string> path) =>
        new(OperationsRefusals.InvalidState, path, ApiName.Of(state), [.. From(state).Select(t => t.Mutation)]) { Values = [ApiName.Of(state)] };

    /// <summary>Which party takes a step, whatever the order's state.</summary>
    public static OrganisationRole TakenBy(string mutation) => All.First(t => t.Mutation == mutation).By;
}
