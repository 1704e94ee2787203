using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>For whom a caller may ask whether an offer can be ordered and what it costs: for its own organisations, for its clients as their aggregator, and for everybody as the offer's seller.</summary>
public static class OfferQuestions
{
    /// <summary>Of these pairs of a seller and an organisation those that the caller may ask about; at most one SQL command.</summary>
    public static async Task<IReadOnlySet<(Guid SellerId, Guid OrganisationId)>> AllowedAsync(
        this MarketContext context, Caller caller, IReadOnlyCollection<(Guid SellerId, Guid OrganisationId)> questions, DateOnly day, CancellationToken cancellationToken)
    {
        if (caller.SeesEverything) return questions.ToHashSet();
        HashSet<(Guid SellerId, Guid OrganisationId)> allowed = [.. questions.Where(q => caller.ActsFor(q.SellerId) || caller.ActsFor(q.OrganisationId))];
        Guid[] open = [.. questions.Where(q => !allowed.Contains(q)).Select(q => q.OrganisationId).Distinct()];
        IReadOnlyList<Guid> own = caller.Organisations;
        if (open.Length == 0 || own.Count == 0) return allowed;
        List<Guid> clients = await context.Set<ClientLink>()
            .Where(l => own.Contains(l.AggregatorId) && open.Contains(l.ClientId) && l.ValidFrom <= day).Select(l => l.ClientId).Distinct().ToListAsync(cancellationToken);
        allowed.UnionWith(questions.Where(q => clients.Contains(q.OrganisationId)));
        return allowed;
    }
}
