using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>Answers any number of eligibility questions with the same few SQL commands.</summary>
public static class EligibilityReader
{
    /// <summary>Answers for the day; questions about unknown organisations are left out.</summary>
    public static async Task<IReadOnlyDictionary<EligibilityQuestion, Eligibility>> EligibilitiesAsync(
        this MarketContext context, IReadOnlyCollection<EligibilityQuestion> questions, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        EligibilityDecision decision = await context.EligibilityDecisionAsync(questions, day, now, cancellationToken);
        return questions.Distinct().Select(decision.Decide).OfType<Eligibility>()
            .ToDictionary(e => new EligibilityQuestion(e.OrganisationId, e.SellerId));
    }

    /// <summary>What is needed to decide these questions; four SQL commands.</summary>
    internal static async Task<EligibilityDecision> EligibilityDecisionAsync(
        this MarketContext context, IReadOnlyCollection<EligibilityQuestion> questions, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Guid[] organisations = [.. questions.Select(q => q.OrganisationId).Distinct()];
        Guid[] sellers = [.. questions.Select(q => q.SellerId).Distinct()];
        IQueryable<Ownership> valid = context.Set<Ownership>().AsNoTracking().Where(o => o.ValidFrom <= day && (o.ValidTo == null || o.ValidTo >= day));
        IQueryable<Guid> associations = context.Set<Organisation>().Where(o => o.OrganisationKind == OrganisationKind.Association).Select(o => o.Id);

        // What they own, what an association among that owns, and who owns the sellers: every edge a chain can have.
        IQueryable<Guid> between = valid.Where(o => organisations.Contains(o.OwnerId) && associations.Contains(o.OwnedId)).Select(o => o.OwnedId);
        List<Ownership> ownerships = await valid
            .Where(o => organisations.Contains(o.OwnerId) || sellers.Contains(o.OwnedId) || between.Contains(o.OwnerId))
            .OrderBy(o => o.ValidFrom).ThenBy(o => o.Id).ToListAsync(cancellationToken);

        List<ClientLink> links = await context.Set<ClientLink>().AsNoTracking()
            .Where(l => organisations.Contains(l.ClientId) && l.ValidFrom <= day).ToListAsync(cancellationToken);

        Guid[] named = [.. organisations, .. sellers, .. links.Select(l => l.AggregatorId), .. ownerships.SelectMany(o => new[] { o.OwnerId, o.OwnedId })];
        named = [.. named.Distinct()];
        var parties = await context.Set<Organisation>()
            .Where(o => named.Contains(o.Id) || o.OrganisationKind == OrganisationKind.State)
            .Select(o => new EligibilityParty(o.Id, o.Name, o.OrganisationKind, o.Roles, o.FederalState))
            .ToDictionaryAsync(o => o.Id, cancellationToken);

        Guid[] mayAnswer = [.. organisations, .. links.Select(l => l.AggregatorId), .. parties.Values.Where(p => p.Kind == OrganisationKind.State).Select(p => p.Id)];
        List<Accreditation> accreditations = await context.Set<Accreditation>().AsNoTracking()
            .Where(a => sellers.Contains(a.SellerId) && mayAnswer.Contains(a.OrganisationId)).ToListAsync(cancellationToken);

        return new EligibilityDecision(
            parties,
            accreditations.ToDictionary(a => new EligibilityQuestion(a.OrganisationId, a.SellerId)),
            ownerships.ToLookup(o => o.OwnerId),
            links.ToLookup(l => l.ClientId, l => l.AggregatorId),
            parties.Values.Where(p => p is { Kind: OrganisationKind.State, FederalState: not null }).GroupBy(p => p.FederalState!).ToDictionary(g => g.Key, g => g.MinBy(p => p.Id)!.Id),
            day,
            now);
    }
}
