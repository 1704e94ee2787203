using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>A step of an offer or of its version in work, taken by a party that the tables name.</summary>
public abstract class OfferStep<TInput> : Operation<TInput>
    where TInput : OfferStepInput
{
    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(TInput input, Work work, CancellationToken cancellationToken)
    {
        string[] path = ["input", "offerId"];
        if (await work.OfferToChangeAsync(input.OfferId, cancellationToken) is not { } offer) return new NotFound(path);
        IReadOnlyList<OrganisationRole> by = OfferTransitions.TakenBy(Name);
        if (!by.Any(role => work.Caller.ActsFor(offer.Party(role)))) return new PermissionDenied(OperationsRefusals.PermissionDenied, path, by);
        if (await work.StaleAsync(offer, input.ExpectedVersion, cancellationToken) is { } stale) return stale;

        OfferVersion? draft = await work.Context.Set<OfferVersion>().SingleOrDefaultAsync(v => v.Id == offer.DraftVersionId, cancellationToken);
        if (!OfferTransitions.Allow(Name, offer.State, draft?.State))
        {
            string state = OfferTransitions.IsOfVersion(Name) && draft is not null ? ApiName.Of(draft.State) : ApiName.Of(offer.State);
            return new InvalidState(OperationsRefusals.InvalidState, path, state, OfferTransitions.Allowed(offer.State, draft?.State)) { Values = [state] };
        }
        return await TakeAsync(offer, draft, input, work, cancellationToken) is { } refusal ? refusal : Outcome.Done(offer.Id);
    }

    /// <summary>Changes the offer, or says why not.</summary>
    /// <param name="draft">There is one where the step is about it.</param>
    protected abstract Task<Refusal?> TakeAsync(Offer offer, OfferVersion? draft, TInput input, Work work, CancellationToken cancellationToken);
}

/// <summary>The offer, and the row version that the caller has seen.</summary>
public abstract record OfferStepInput(Guid OfferId, int ExpectedVersion)
{
    /// <summary>Of reasons and notes.</summary>
    public const int NoteLength = 2000;
}
