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
        {
            Guid party = order.Party(step.By);
            return new OrderAction(step.Mutation, step.By, party, step.To, [.. Against(caller, party, step.By)]);
        })];

    private static IEnumerable<Refusal> Against(Caller caller, Guid party, OrganisationRole by)
    {
        if (!caller.ActsFor(party)) yield return new PermissionDenied(OperationsRefusals.PermissionDenied, [], [by]);
        if (!caller.Has(OrderTransitions.Scope))
            yield return new PermissionDenied(OperationsRefusals.ScopeMissing, [], [], OrderTransitions.Scope) { Values = [OrderTransitions.Scope] };
    }
}
