using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>A step of the transition table, taken by the party that the table names.</summary>
public abstract class StepOperation<TInput> : Operation<TInput>
    where TInput : StepInput
{
    public override string Scope => OrderTransitions.Scope;

    public override async Task<Outcome> RunAsync(TInput input, Work work, CancellationToken cancellationToken)
    {
        if (await work.OrderToChangeAsync(input.OrderId, cancellationToken) is not { } order) return new NotFound(["input", "orderId"]);
        OrganisationRole by = OrderTransitions.TakenBy(Name);
        if (!work.Caller.ActsFor(order.Party(by)))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "orderId"], [by]);
        if (await work.StaleAsync(order, input.ExpectedVersion, cancellationToken) is { } stale) return stale;
        if (OrderTransitions.Find(Name, order.State) is not { } step)
            return new InvalidState(OperationsRefusals.InvalidState, ["input", "orderId"], ApiName.Of(order.State),
                [.. OrderTransitions.From(order.State).Select(t => t.Mutation)])
            { Values = [ApiName.Of(order.State)] };
        work.Acts(order.Party(by), by);
        return Take(order, step, input, work) is { } refusal ? refusal : Outcome.Done(order.Id);
    }

    /// <summary>Changes the order, or says why not.</summary>
    protected abstract Refusal? Take(Order order, OrderTransition step, TInput input, Work work);
}

/// <summary>The order, and the row version that the caller has seen.</summary>
public abstract record StepInput(Guid OrderId, int ExpectedVersion);
