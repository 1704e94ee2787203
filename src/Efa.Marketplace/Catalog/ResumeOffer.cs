using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>The seller takes new orders again.</summary>
public sealed class ResumeOffer : OfferStep<ResumeOffer.Input>
{
    public sealed record Input(Guid OfferId, int ExpectedVersion) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.Resume;

    protected override Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        offer.Resume(work.Now);
        return Task.FromResult<Refusal?>(null);
    }
}
