using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Makes a version current, whoever decided so.</summary>
internal static class OfferPublication
{
    public static async Task PublishAsync(this Work work, Offer offer, OfferVersion draft, CancellationToken cancellationToken)
    {
        Guid[] ids = offer.PublishedVersionId is { } before ? [draft.Id, before] : [draft.Id];
        // With all parts, so that the event can say what has changed.
        List<OfferVersion> versions = await work.Context.Set<OfferVersion>().WithParts().Where(v => ids.Contains(v.Id)).ToListAsync(cancellationToken);
        Service service = await work.Context.Set<Service>().Include(s => s.LeikaKeys).Include(s => s.OzgIds).AsSplitQuery().SingleAsync(s => s.Id == offer.ServiceId, cancellationToken);
        offer.Publish(draft, versions.Find(v => v.Id != draft.Id), service, work.Now);
        await work.Context.ReindexAsync([(draft, service)], cancellationToken);
    }
}
