using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The seller concludes the contracts.</summary>
public sealed class AcceptOrder : StepOperation<AcceptOrder.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Accept;

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Take(step, note: null);
        return Done(order);
    }
}
