using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What is left of an import that has ended: drafts whose place was taken, and what never became current.</summary>
internal static class UpcomingRemains
{
    /// <summary>Takes some of it away, and says whether there may be more.</summary>
    public static async Task<bool> ClearAsync(MarketContext context, OfferImport import, int most, CancellationToken cancellationToken)
    {
        List<UpcomingDraft> drafts = await context.Set<UpcomingDraft>().AsNoTracking().Where(d => d.ImportId == import.Id).OrderBy(d => d.Row).Take(most).ToListAsync(cancellationToken);
        // Services after all offers, which need them.
        List<UpcomingThing> things = await context.Set<UpcomingThing>().AsNoTracking().Where(t => t.ImportId == import.Id).OrderBy(t => t.IsService).ThenBy(t => t.Row).Take(most).ToListAsync(cancellationToken);
        int[] numbers = [.. await context.Set<UpcomingEvent>().Where(e => e.ImportId == import.Id).OrderBy(e => e.Row).Select(e => e.Row).Take(most).ToListAsync(cancellationToken)];

        Guid[] versions = [.. drafts.Select(d => d.Row <= import.RowsCurrent ? d.FormerDraftId : d.VersionId).OfType<Guid>()];
        Guid[] offers = [.. things.Where(t => !t.IsService).Select(t => t.Id)], services = [.. things.Where(t => t.IsService).Select(t => t.Id)];
        await context.Set<OfferVersion>().Where(v => versions.Contains(v.Id) || offers.Contains(v.OfferId)).ExecuteDeleteAsync(cancellationToken);
        await context.Set<Offer>().Where(o => offers.Contains(o.Id)).ExecuteDeleteAsync(cancellationToken);
        Guid[] gone = [.. offers, .. services];
        await context.Set<Service>().Where(s => services.Contains(s.Id)).ExecuteDeleteAsync(cancellationToken);
        await context.Set<UpcomingThing>().Where(t => gone.Contains(t.Id)).ExecuteDeleteAsync(cancellationToken);
        (int lastDraft, int lastEvent) = (drafts is [.., var draft] ? draft.Row : 0, numbers is [.., var number] ? number : 0);
        await context.Set<UpcomingDraft>().Where(d => d.ImportId == import.Id && d.Row <= lastDraft).ExecuteDeleteAsync(cancellationToken);
        await context.Set<UpcomingEvent>().Where(e => e.ImportId == import.Id && e.Row <= lastEvent).ExecuteDeleteAsync(cancellationToken);
        return drafts.Count + things.Count + numbers.Length > 0;
    }
}
