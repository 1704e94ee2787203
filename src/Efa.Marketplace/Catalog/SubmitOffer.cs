using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>The supplier gives its draft to the seller for review.</summary>
public sealed class SubmitOffer : OfferStep<SubmitOffer.Input>
{
    public sealed record Input(Guid OfferId, int ExpectedVersion, string? Note) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.Submit;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.OptionalText(input.Note, OfferStepInput.NoteLength, "input", "note");

    protected override Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        offer.Submit(draft!, work.Caller.Id, input.Note, work.Now);
        return Task.FromResult<Refusal?>(null);
    }
}
