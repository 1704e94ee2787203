using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The supplier begins to set the service up.</summary>
public sealed class StartProvisioning : StepOperation<StartProvisioning.Input>
{
    public const int NoteLength = 2000;

    public sealed record Input(Guid OrderId, int ExpectedVersion, string? Note) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.StartProvisioning;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.OptionalText(input.Note, NoteLength, "input", "note");

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.Take(step, input.Note);
        return Done(order);
    }
}
