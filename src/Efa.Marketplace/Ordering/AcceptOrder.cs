using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The seller concludes the contracts.</summary>
public sealed class AcceptOrder : StepOperation<AcceptOrder.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : StepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Accept;

    protected override Refusal? Take(Order order, OrderTransition step, Input input, Work work)
    {
        order.Take(step, note: null);
        return null;
    }
}
