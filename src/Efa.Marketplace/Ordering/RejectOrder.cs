using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The seller refuses the order, with a reason that the customer reads.</summary>
public sealed class RejectOrder : StepOperation<RejectOrder.Input>
{
    public const int ReasonLength = 2000;

    public sealed record Input(Guid OrderId, int ExpectedVersion, string Reason) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Reject;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.Text(input.Reason, ReasonLength, "input", "reason");

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Take(step, input.Reason);
        return Done(order);
    }
}
