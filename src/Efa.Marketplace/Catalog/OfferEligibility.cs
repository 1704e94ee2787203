using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Whether an organisation may order an offer: the relation to its seller, and whether the offer is available in its state.</summary>
public static class OfferEligibility
{
    private const int MostSiblings = 5;

    /// <summary>Answers any number of questions with the same few SQL commands; unknown organisations are left out.</summary>
    public static async Task<IReadOnlyDictionary<(Guid OfferId, Guid OrganisationId), Eligibility>> OfferEligibilitiesAsync(
        this MarketContext context, IReadOnlyCollection<(Guid OfferId, Guid OrganisationId)> questions, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid[] offerIds = [.. questions.Select(q => q.OfferId).Distinct()];
        Guid[] organisationIds = [.. questions.Select(q => q.OrganisationId).Distinct()];

        // Each offer with its siblings: published offers of the same service, which may be open instead.
        List<Candidate> candidates = await context.Set<Offer>().AsNoTracking()
            .Where(o => offerIds.Contains(o.Id))
            .Join(context.Set<Offer>().Where(s => s.State == OfferState.Published || offerIds.Contains(s.Id)), o => o.ServiceId, s => s.ServiceId, (o, s) => new { o, s })
            .Join(context.Set<OfferVersion>(), p => p.s.ShownVersionId, v => v.Id, (p, v) => new { p.o, p.s, v })
            .OrderBy(p => p.s.Id)
            .Select(p => new Candidate(p.o.Id, p.s.Id, p.s.SellerId, p.v.Title, p.v.AvailableIn.Select(s => s.State).ToList(), p.s.State))
            .ToListAsync(cancellationToken);

        Guid[] sellers = [.. candidates.Select(c => c.SellerId).Distinct()];
        EligibilityQuestion[] pairs = [.. organisationIds.SelectMany(o => sellers, (o, s) => new EligibilityQuestion(o, s))];
        EligibilityDecision decision = await context.EligibilityDecisionAsync(pairs, day, now, cancellationToken);
        Dictionary<EligibilityQuestion, Eligibility> bySeller = pairs.Select(decision.Decide).OfType<Eligibility>().ToDictionary(e => new EligibilityQuestion(e.OrganisationId, e.SellerId));

        ILookup<Guid, Candidate> siblings = candidates.ToLookup(c => c.OfferId);
        var answers = new Dictionary<(Guid, Guid), Eligibility>();
        foreach ((Guid offerId, Guid organisationId) in questions.Distinct())
            if (Answer(organisationId, [.. siblings[offerId]], offerId) is { } answer)
                answers[(offerId, organisationId)] = answer;
        return answers;

        Eligibility? Answer(Guid organisationId, Candidate[] family, Guid offerId)
        {
            if (family.FirstOrDefault(c => c.Id == offerId) is not { } offer || !decision.Parties.ContainsKey(organisationId)) return null;
            Eligibility eligibility = Here(organisationId, offer);
            if (eligibility.Eligible) return eligibility;
            IEnumerable<EligibilityAlternative> others = family.Where(c => c.Id != offerId && c.State == OfferState.Published && Here(organisationId, c).Eligible)
                .Take(MostSiblings).Select(c => new EligibilityAlternative(CatalogRefusals.OtherOffer.Name, c.Title, OfferId: c.Id));
            return eligibility with { Alternatives = [.. others, .. eligibility.Alternatives] };
        }

        Eligibility Here(Guid organisationId, Candidate offer)
        {
            Eligibility eligibility = bySeller[new EligibilityQuestion(organisationId, offer.SellerId)];
            bool available = offer.AvailableIn.Count == 0 || decision.Parties[organisationId].FederalState is { } home && offer.AvailableIn.Contains(home);
            if (available) return eligibility;
            IReadOnlyList<string> reasons = eligibility.Eligible ? [] : eligibility.Reasons;
            return eligibility with { Eligible = false, Basis = null, Reasons = [.. reasons, CatalogRefusals.NotAvailableInState.Name] };
        }
    }

    private sealed record Candidate(Guid OfferId, Guid Id, Guid SellerId, string Title, List<string> AvailableIn, OfferState State);
}
