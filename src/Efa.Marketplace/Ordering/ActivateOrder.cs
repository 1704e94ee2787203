using System.Globalization;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The supplier says from when on the service runs.</summary>
public sealed class ActivateOrder : StepOperation<ActivateOrder.Input>
{
    public sealed record Input(Guid OrderId, int ExpectedVersion, DateOnly ActiveFrom) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Activate;

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        if (input.ActiveFrom < order.StartsOn)
            return new(new Invalid(OrderingRefusals.ActiveBeforeStart, ["input", "activeFrom"]) { Values = [order.StartsOn!.Value.ToString("O", CultureInfo.InvariantCulture)] });
        order.Activate(step, input.ActiveFrom);
        return Done(order);
    }
}
