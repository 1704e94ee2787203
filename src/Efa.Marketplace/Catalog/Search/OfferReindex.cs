using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Search;

/// <summary>Writes the words of all offers anew, for a store that was filled past the marketplace or by rules of an earlier version.</summary>
/// <remarks>Searches go on meanwhile, and so do imports: the words of what they are about to show are kept and written anew as well.</remarks>
public sealed class OfferReindex(IDbContextFactory<MarketContext> contexts, StoreDialect dialect)
{
    private const int Step = 500;
    private const int Attempts = 5;

    /// <summary>Answers with the number of offers.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int written = 0;
        for (Guid[] ids = await NextAsync(Guid.Empty, cancellationToken); ids.Length > 0; ids = await NextAsync(ids[^1], cancellationToken)) written += ids.Length;
        return written;
    }

    /// <summary>Ids of the next offers, whose words are written then; none where there is none.</summary>
    private async Task<Guid[]> NextAsync(Guid last, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteNextAsync(last, cancellationToken);
            }
            // What it looks at is published, and taken away, meanwhile.
            catch (Exception failure) when (attempt < Attempts && dialect.IsConflict(failure))
            {
            }
        }
    }

    private async Task<Guid[]> WriteNextAsync(Guid last, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        Guid[] ids = [.. await context.Set<Offer>().Where(o => o.Id > last).OrderBy(o => o.Id).Take(Step).Select(o => o.Id).ToListAsync(cancellationToken)];
        // Whoever publishes one of them meanwhile does so before this look at them, or after this commit.
        await dialect.HoldAsync<Offer>(context, ids, cancellationToken);
        await context.WriteWordsAsync(await ShownAsync(context, ids, cancellationToken), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await context.Set<OfferWords>().Where(w => ids.Contains(w.OfferId)
            && !context.Set<Offer>().Any(o => o.ShownVersionId == w.VersionId) && !context.Set<UpcomingDraft>().Any(d => d.ShownVersionId == w.VersionId)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ids;
    }

    /// <summary>What offers show, and what they are about to show when an import makes it current.</summary>
    private static async Task<List<(OfferVersion, Service)>> ShownAsync(MarketContext context, Guid[] ids, CancellationToken cancellationToken)
    {
        var shown = await context.Set<Offer>().Where(o => ids.Contains(o.Id)).Select(o => new { VersionId = o.ShownVersionId, o.ServiceId })
            .Union(context.Set<UpcomingDraft>().Where(d => ids.Contains(d.OfferId)).Join(context.Set<Offer>(), d => d.OfferId, o => o.Id, (d, o) => new { VersionId = d.ShownVersionId, o.ServiceId }))
            .ToListAsync(cancellationToken);
        Guid[] versionIds = [.. shown.Select(s => s.VersionId)], serviceIds = [.. shown.Select(s => s.ServiceId).Distinct()];
        Dictionary<Guid, OfferVersion> versions = await context.Set<OfferVersion>().AsNoTracking().Where(v => versionIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellationToken);
        // Also services that an import is just making.
        Dictionary<Guid, Service> services = await context.Set<Service>().AsNoTracking().Where(s => serviceIds.Contains(s.Id))
            .Include(s => s.LeikaKeys).Include(s => s.OzgIds).AsSplitQuery().ToDictionaryAsync(s => s.Id, cancellationToken);
        // An import that was given up takes its drafts away meanwhile.
        return [.. shown.Where(s => versions.ContainsKey(s.VersionId)).Select(s => (versions[s.VersionId], services[s.ServiceId]))];
    }
}
