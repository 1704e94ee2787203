using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering;

/// <summary>The supplier takes an expression of interest up.</summary>
public sealed class StartCoordination : StepOperation<StartCoordination.Input>
{
    public const int NoteLength = 2000;

    public sealed record Input(Guid OrderId, int ExpectedVersion, string? Note) : VersionedStepInput(OrderId, ExpectedVersion);

    public override string Name => OrderTransitions.StartCoordination;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.OptionalText(input.Note, NoteLength, "input", "note");

    protected override ValueTask<Outcome> TakeAsync(Order order, OrderTransition step, Input input, Work work, CancellationToken cancellationToken)
    {
        order.StartCoordination(step, work.Now, input.Note);
        return Done(order);
    }
}
