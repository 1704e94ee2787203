using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Search;

/// <summary>Writes the words of all offers anew, for a store that was filled past the marketplace or by rules of an earlier version.</summary>
/// <remarks>Searches go on meanwhile.</remarks>
public sealed class OfferReindex(IDbContextFactory<MarketContext> contexts, StoreDialect dialect)
{
    private const int Step = 500;

    /// <summary>Answers with the number of offers.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int written = 0;
        Guid last = Guid.Empty;
        while (true)
        {
            await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
            await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
            List<Offer> offers = await context.Set<Offer>().AsNoTracking().Where(o => o.Id > last).OrderBy(o => o.Id).Take(Step).ToListAsync(cancellationToken);
            if (offers.Count == 0) return written;
            Guid[] versionIds = [.. offers.Select(o => o.ShownVersionId)];
            Guid[] serviceIds = [.. offers.Select(o => o.ServiceId).Distinct()];
            Dictionary<Guid, OfferVersion> versions = await context.Set<OfferVersion>().AsNoTracking().Where(v => versionIds.Contains(v.Id))
                .ToDictionaryAsync(v => v.Id, cancellationToken);
            Dictionary<Guid, Service> services = await context.Services().Where(s => serviceIds.Contains(s.Id))
                .Include(s => s.LeikaKeys).Include(s => s.OzgIds).AsSplitQuery().ToDictionaryAsync(s => s.Id, cancellationToken);
            await context.ReindexAsync([.. offers.Select(o => (versions[o.ShownVersionId], services[o.ServiceId]))], cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            written += offers.Count;
            last = offers[^1].Id;
        }
    }
}
