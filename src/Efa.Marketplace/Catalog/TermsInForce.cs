using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>The documents that an order must accept on a day: each one that the version names, or what has superseded it by then.</summary>
public static class TermsInForce
{
    private const int MostOfOwner = 500;

    /// <summary>In the version's order; one SQL command, and one more where any of them was superseded.</summary>
    public static async Task<ILookup<Guid, TermsDocument>> TermsOfVersionsAsync(
        this MarketContext context, IReadOnlyCollection<Guid> versionIds, DateOnly day, CancellationToken cancellationToken)
    {
        ILookup<(Guid VersionId, DateOnly Day), TermsDocument> terms = await context.TermsOfVersionsAsync([.. versionIds.Select(id => (id, day))], cancellationToken);
        return terms.SelectMany(g => g, (g, document) => (g.Key.VersionId, Document: document)).ToLookup(t => t.VersionId, t => t.Document);
    }

    /// <summary>The same for versions that each have a day of their own.</summary>
    public static async Task<ILookup<(Guid VersionId, DateOnly Day), TermsDocument>> TermsOfVersionsAsync(
        this MarketContext context, IReadOnlyCollection<(Guid VersionId, DateOnly Day)> versions, CancellationToken cancellationToken)
    {
        Guid[] versionIds = [.. versions.Select(v => v.VersionId).Distinct()];
        var named = await context.Set<VersionTerms>().AsNoTracking().Where(t => versionIds.Contains(t.VersionId))
            .OrderBy(t => t.VersionId).ThenBy(t => t.Position)
            .Join(context.Terms(), t => t.TermsId, d => d.Id, (t, d) => new { t.VersionId, t.Position, Document = d })
            .ToListAsync(cancellationToken);

        Dictionary<Guid, TermsDocument> known = named.Select(n => n.Document).DistinctBy(d => d.Id).ToDictionary(d => d.Id);
        // Who supersedes is of the same owner: all successors at once, however long the chain.
        Guid[] owners = [.. known.Values.Where(d => d.SupersededById is { } next && !known.ContainsKey(next)).Select(d => d.OwnerId).Distinct()];
        if (owners.Length > 0)
            foreach (TermsDocument successor in await context.Terms().Where(d => owners.Contains(d.OwnerId) && context.Terms().Any(p => p.SupersededById == d.Id)).ToListAsync(cancellationToken))
                known.TryAdd(successor.Id, successor);

        return versions.Distinct()
            .Join(named, v => v.VersionId, n => n.VersionId, (v, n) => (Version: v, n.Position, Document: InForce(n.Document, known, v.Day)))
            .OrderBy(n => n.Position)
            .DistinctBy(n => (n.Version, n.Document.Id))
            .ToLookup(n => n.Version, n => n.Document);
    }

    /// <summary>The terms of an owner, newest first, at most 500; with a day only those in force on it.</summary>
    public static async Task<IReadOnlyList<TermsDocument>> TermsOfOwnerAsync(this MarketContext context, Guid ownerId, DateOnly? validOn, CancellationToken cancellationToken)
    {
        IQueryable<TermsDocument> terms = context.Terms().Where(d => d.OwnerId == ownerId);
        if (validOn is { } day)
            terms = terms.Where(d => d.ValidFrom <= day && !context.Terms().Any(s => s.Id == d.SupersededById && s.ValidFrom <= day));
        return await terms.OrderByDescending(d => d.ValidFrom).ThenBy(d => d.Id).Take(MostOfOwner).ToListAsync(cancellationToken);
    }

    private static TermsDocument InForce(TermsDocument document, Dictionary<Guid, TermsDocument> known, DateOnly day)
    {
        TermsDocument current = document;
        while (current.SupersededById is { } next && known.TryGetValue(next, out TermsDocument? successor) && successor.ValidFrom <= day) current = successor;
        return current;
    }
}
