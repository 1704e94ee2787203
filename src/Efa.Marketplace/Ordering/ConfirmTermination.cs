using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The other side confirms the day with which the order ends; from then on nothing is billed beyond it.</summary>
public sealed class ConfirmTermination : StepOperation<ConfirmTermination.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.ConfirmTermination;

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Terminate(step);
        return Done(order);
    }
}
