using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>What can be done next with an order, and whose turn it is.</summary>
/// <param name="OrganisationId">The party that takes the step.</param>
/// <param name="BlockedBy">What stands in the caller's way; nothing where he could do it now.</param>
public sealed record OrderAction(string Mutation, OrganisationRole By, Guid OrganisationId, OrderState Target, IReadOnlyList<Refusal> BlockedBy)
{
    public bool Allowed => BlockedBy.Count == 0;
}

/// <summary>Reads an order's next steps from the table of transitions.</summary>
public static class OrderActions
{
    public static IReadOnlyList<OrderAction> NextActions(this Order order, Caller caller) =>
        [.. OrderTransitions.From(order).Select(step =>
            new OrderAction(step.Mutation, step.By, order.Party(step.By), order.Target(step), [.. Against(order, step, caller)]))];

    /// <summary>What stands against a party's step beside its state and party; null where nothing does.</summary>
    internal static Refusal? Obstacle(this Order order, OrderTransition step, Caller caller) => step.Mutation switch
    {
        OrderTransitions.Approve when caller.Id == order.PlacedBy || order.Approvals.Any(a => a.Actor == caller.Id) =>
            new Invalid(OrderingRefusals.ApproverNotAnother, ["input", "orderId"]),
        OrderTransitions.SubmitTerms when order.TermsNumber >= AgreedTerms.MostNumbers =>
            new Invalid(OperationsRefusals.TooMany, ["input", "orderId"]) { Values = [AgreedTerms.MostNumbers] },
        _ => null,
    };

    private static IEnumerable<Refusal> Against(Order order, OrderTransition step, Caller caller)
    {
        if (!caller.ActsFor(order.Party(step.By))) yield return new PermissionDenied(OperationsRefusals.PermissionDenied, [], [step.By]);
        if (!caller.Has(OrderTransitions.Scope))
            yield return new PermissionDenied(OperationsRefusals.ScopeMissing, [], [], OrderTransitions.Scope) { Values = [OrderTransitions.Scope] };
        if (order.Obstacle(step, caller) is { } obstacle) yield return obstacle with { Path = [] };
    }
}
