using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;

namespace Efa.Marketplace.Catalog;

/// <summary>The seller publishes what the supplier submitted, at once or at a time to come.</summary>
/// <remarks>Four eyes: whoever submitted a version does not publish it, also where one organisation is both supplier and seller.</remarks>
public sealed class PublishOffer : OfferStep<PublishOffer.Input>
{
    public const int MostYearsAhead = 2;

    public sealed record Input(Guid OfferId, int ExpectedVersion, DateTimeOffset? PublishAt) : OfferStepInput(OfferId, ExpectedVersion);

    public override string Name => OfferTransitions.Publish;

    protected override async Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, Input input, Work work, CancellationToken cancellationToken)
    {
        if (draft!.SubmittedBy == work.Caller.Id) return new PermissionDenied(CatalogRefusals.FourEyes, ["input", "offerId"], [OrganisationRole.Seller]);
        if (input.PublishAt is not { } at)
        {
            await work.PublishAsync(offer, draft, cancellationToken);
            return null;
        }
        if (at <= work.Now || at > work.Now.AddYears(MostYearsAhead))
            return new Invalid(CatalogRefusals.PublishAtOutOfRange, ["input", "publishAt"]) { Values = [MostYearsAhead] };

        offer.Schedule(draft, at);
        work.Context.Add(Job.Of(PublicationJob.JobKind, draft.Id, work.Now, at, string.Create(CultureInfo.InvariantCulture, $"{draft.Id:N}/{offer.Version}")));
        return null;
    }
}
