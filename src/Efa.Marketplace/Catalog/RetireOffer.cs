using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>Seller or supplier end an offer for good; running orders go on.</summary>
public sealed class RetireOffer : OfferStep<RetireOffer.Input>
{
    public sealed record Input(Guid OfferId, int ExpectedVersion, string Reason) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.Retire;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.Text(input.Reason, OfferStepInput.NoteLength, "input", "reason");

    protected override Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        offer.Retire(draft, input.Reason, work.Now);
        if (draft is not null && offer.DraftVersionId is null) work.Context.Remove(draft);
        return Task.FromResult<Refusal?>(null);
    }
}
