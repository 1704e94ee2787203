using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>Seller or supplier stop new orders; running ones go on.</summary>
public sealed class SuspendOffer : OfferStep<SuspendOffer.Input>
{
    public sealed record Input(Guid OfferId, int ExpectedVersion, string Reason) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.Suspend;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.Text(input.Reason, OfferStepInput.NoteLength, "input", "reason");

    protected override Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        offer.Suspend(input.Reason, work.Now);
        return Task.FromResult<Refusal?>(null);
    }
}
