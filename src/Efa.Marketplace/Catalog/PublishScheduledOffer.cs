using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Publishes a version whose time has come, unless somebody has done something else with it just now.</summary>
internal sealed class PublishScheduledOffer : Operation<PublishScheduledOffer.Input>
{
    public sealed record Input(Guid VersionId);

    public override string Name => "publishScheduledOffer";

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        OfferVersion? draft = await work.Context.Set<OfferVersion>().SingleOrDefaultAsync(v => v.Id == input.VersionId, cancellationToken);
        if (draft is not { State: OfferVersionState.Scheduled, PublishAt: { } at } || at > work.Now) return Outcome.Done(input.VersionId);
        Offer offer = await work.Context.Set<Offer>().SingleAsync(o => o.Id == draft.OfferId, cancellationToken);
        await work.PublishAsync(offer, draft, cancellationToken);
        return Outcome.Done(offer.Id);
    }
}
