using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>The supplier throws the version in work away; the published one stays. An offer that was never published is retired instead.</summary>
public sealed class DiscardOfferDraft : OfferStep<DiscardOfferDraft.Input>
{
    public sealed record Input(Guid OfferId, int ExpectedVersion) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.DiscardDraft;

    protected override Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        offer.DiscardDraft(draft!);
        work.Context.Remove(draft!);
        return Task.FromResult<Refusal?>(null);
    }
}
