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
        if (!OrderTransitions.TakenBy(Name).Any(role => IsOf(work.Caller, order, role, input))) return Denied(OrderTransitions.TakenBy(Name));
        if (input is VersionedStepInput seen && await work.StaleAsync(order, seen.ExpectedVersion, cancellationToken) is { } stale) return stale;

        OrderTransition[] steps = [.. OrderTransitions.From(order).Where(t => t.Mutation == Name)];
        if (steps.Length == 0) return OrderTransitions.NotIn(order, ["input", "orderId"]);
        if (Array.Find(steps, t => IsOf(work.Caller, order, t.By, input)) is not { } step) return Denied([.. steps.Select(t => t.By)]);
        work.Acts(order.Party(step.By), step.By);
        return order.Obstacle(step, work.Caller) is { } obstacle ? obstacle : await TakeAsync(order, step, input, work, cancellationToken);
    }

    /// <summary>Whether the caller takes the step in this role.</summary>
    protected virtual bool IsOf(Caller caller, Order order, OrganisationRole role, TInput input) => caller.ActsFor(order.Party(role));

    /// <summary>Changes the order, or says why not.</summary>
    protected abstract ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, TInput input, Work work, CancellationToken cancellationToken);

    protected static ValueTask<Outcome> Done(Order order) => new(Outcome.Done(order.Id));

    private static PermissionDenied Denied(IReadOnlyList<OrganisationRole> roles) => new(OperationsRefusals.PermissionDenied, ["input", "orderId"], roles);
}

/// <summary>The order that takes the step.</summary>
public abstract record StepInput(Guid OrderId);

/// <summary>The order, and the row version that the caller has seen.</summary>
public abstract record VersionedStepInput(Guid OrderId, int ExpectedVersion) : StepInput(OrderId);
