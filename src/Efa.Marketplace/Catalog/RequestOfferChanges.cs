using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>The seller gives a submitted version back, also one that waits for its publication.</summary>
public sealed class RequestOfferChanges : OfferStep<RequestOfferChanges.Input>
{
    public sealed record Input(Guid OfferId, int ExpectedVersion, string Note) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.RequestChanges;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.Text(input.Note, OfferStepInput.NoteLength, "input", "note");

    protected override Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        offer.RequestChanges(draft!, input.Note);
        return Task.FromResult<Refusal?>(null);
    }
}
