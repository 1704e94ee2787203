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

    /// <summary>What is needed to decide these questions; two SQL commands.</summary>
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

        IQueryable<ClientLink> links = context.Set<ClientLink>().Where(l => organisations.Contains(l.ClientId) && l.ValidFrom <= day);
        Guid[] named = [.. organisations, .. sellers, .. ownerships.SelectMany(o => new[] { o.OwnerId, o.OwnedId })];
        named = [.. named.Distinct()];
        // With each whose clients are asked for, and what the sellers have said of it.
        var found = await context.Set<Organisation>().AsNoTracking().AsSingleQuery()
            .Where(o => named.Contains(o.Id) || o.OrganisationKind == OrganisationKind.State || links.Any(l => l.AggregatorId == o.Id))
            .Select(o => new
            {
                Party = new EligibilityParty(o.Id, o.Name, o.OrganisationKind, o.Roles, o.FederalState),
                Clients = links.Where(l => l.AggregatorId == o.Id).Select(l => l.ClientId).ToList(),
                Accreditations = context.Set<Accreditation>().Where(a => a.OrganisationId == o.Id && sellers.Contains(a.SellerId)).ToList(),
            })
            .ToListAsync(cancellationToken);
        Dictionary<Guid, EligibilityParty> parties = found.ToDictionary(f => f.Party.Id, f => f.Party);
        HashSet<Guid> mayAnswer = [.. organisations, .. found.Where(f => f.Clients.Count > 0 || f.Party.Kind == OrganisationKind.State).Select(f => f.Party.Id)];

        return new EligibilityDecision(
            parties,
            found.SelectMany(f => f.Accreditations).Where(a => mayAnswer.Contains(a.OrganisationId)).ToDictionary(a => new EligibilityQuestion(a.OrganisationId, a.SellerId)),
            ownerships.ToLookup(o => o.OwnerId),
            found.SelectMany(f => f.Clients.Select(c => (Client: c, Aggregator: f.Party.Id))).ToLookup(l => l.Client, l => l.Aggregator),
            parties.Values.Where(p => p is { Kind: OrganisationKind.State, FederalState: not null }).GroupBy(p => p.FederalState!).ToDictionary(g => g.Key, g => g.MinBy(p => p.Id)!.Id),
            day,
            now);
    }
}
