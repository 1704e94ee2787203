using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The customer takes its interest or order back before it binds.</summary>
public sealed class WithdrawOrder : StepOperation<WithdrawOrder.Input>
{
    public const int ReasonLength = 2000;

    public sealed record Input(Guid OrderId, int ExpectedVersion, string? Reason) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.Withdraw;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.OptionalText(input.Reason, ReasonLength, "input", "reason");

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Take(step, input.Reason);
        return Done(order);
    }
}
