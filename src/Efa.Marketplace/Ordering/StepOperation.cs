using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>A step of the transition table, taken by a party that the table names.</summary>
public abstract class StepOperation<TInput> : Operation<TInput>
    where TInput : StepInput
{
    public override string Scope => OrderTransitions.Scope;

    public override async Task<Outcome> RunAsync(TInput input, Work work, CancellationToken cancellationToken)
    {
        if (await work.OrderToChangeAsync(input.OrderId, cancellationToken) is not { } order) return new NotFound(["input", "orderId"]);
        if (!OrderTransitions.TakenBy(Name).Any(role => work.Caller.ActsFor(order.Party(role)))) return Denied(OrderTransitions.TakenBy(Name));
        if (await work.StaleAsync(order, input.ExpectedVersion, cancellationToken) is { } stale) return stale;

        OrderTransition[] open = [.. OrderTransitions.From(order)];
        OrderTransition[] steps = [.. open.Where(t => t.Mutation == Name)];
        if (steps.Length == 0)
            return new InvalidState(OperationsRefusals.InvalidState, ["input", "orderId"], ApiName.Of(order.State), [.. open.Select(t => t.Mutation).Distinct()])
            {
                Values = [ApiName.Of(order.State)],
            };
        return Array.Find(steps, t => work.Caller.ActsFor(order.Party(t.By))) is { } step
            ? await TakeAsync(order, step, input, work, cancellationToken)
            : Denied([.. steps.Select(t => t.By)]);
    }

    /// <summary>Changes the order, or says why not.</summary>
    protected abstract ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, TInput input, Work work, CancellationToken cancellationToken);

    protected static ValueTask<Outcome> Done(Order order) => new(Outcome.Done(order.Id));

    private static PermissionDenied Denied(IReadOnlyList<OrganisationRole> roles) => new(OperationsRefusals.PermissionDenied, ["input", "orderId"], roles);
}

/// <summary>The order, and the row version that the caller has seen.</summary>
public abstract record StepInput(Guid OrderId, int ExpectedVersion);
