using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>The documents that an order must accept on a day: each one that the version names, or what has superseded it by then.</summary>
public static class TermsInForce
{
    private const int LongestChain = 20;

    /// <summary>In the version's order; one SQL command, and one more for each step of supersession.</summary>
    public static async Task<ILookup<Guid, TermsDocument>> TermsOfVersionsAsync(
        this MarketContext context, IReadOnlyCollection<Guid> versionIds, DateOnly day, CancellationToken cancellationToken)
    {
        var named = await context.Set<VersionTerms>().AsNoTracking().Where(t => versionIds.Contains(t.VersionId))
            .OrderBy(t => t.VersionId).ThenBy(t => t.Position)
            .Join(context.Terms(), t => t.TermsId, d => d.Id, (t, d) => new { t.VersionId, t.Position, Document = d })
            .ToListAsync(cancellationToken);

        Dictionary<Guid, TermsDocument> known = named.Select(n => n.Document).DistinctBy(d => d.Id).ToDictionary(d => d.Id);
        for (int step = 0; step < LongestChain; step++)
        {
            Guid[] missing = [.. known.Values.Select(d => d.SupersededById).OfType<Guid>().Where(id => !known.ContainsKey(id)).Distinct()];
            if (missing.Length == 0) break;
            foreach (TermsDocument successor in await context.Terms().Where(d => missing.Contains(d.Id)).ToListAsync(cancellationToken))
                known.Add(successor.Id, successor);
        }

        return named.OrderBy(n => n.Position)
            .Select(n => (n.VersionId, Document: InForce(n.Document, known, day)))
            .DistinctBy(n => (n.VersionId, n.Document.Id))
            .ToLookup(n => n.VersionId, n => n.Document);
    }

    private static TermsDocument InForce(TermsDocument document, Dictionary<Guid, TermsDocument> known, DateOnly day)
    {
        TermsDocument current = document;
        while (current.SupersededById is { } next && known.TryGetValue(next, out TermsDocument? successor) && successor.ValidFrom <= day) current = successor;
        return current;
    }
}
