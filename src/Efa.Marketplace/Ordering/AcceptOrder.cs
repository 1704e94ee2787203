using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering.Contracts;

namespace Efa.Marketplace.Ordering;

/// <summary>The seller accepts, and so concludes the contracts.</summary>
public sealed class AcceptOrder : StepOperation<AcceptOrder.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Accept;

    protected override async ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Take(step, note: null);
        await ContractChain.ConcludeAsync(work, order, cancellationToken);
        return Outcome.Done(order.Id);
    }
}
