using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Makes and changes a supplier's own services as its rows say.</summary>
internal sealed class ServiceWriting(Work work, OfferReferences references)
{
    private readonly Dictionary<string, Service> services = references.OwnServices.ToDictionary(StringComparer.Ordinal);

    public Service Of(OwnServiceRow own) => services[own.ExternalId];

    /// <summary>The services that were there and say something else now.</summary>
    public IReadOnlyList<Service> Write(IEnumerable<OwnServiceRow> rows) => [.. rows.DistinctBy(own => own.ExternalId).Select(Write).OfType<Service>()];

    /// <summary>Offers of a service that says something else now say so too.</summary>
    /// <returns>What these offers show, for the index of their words.</returns>
    public async Task<IReadOnlyList<(OfferVersion Shown, Service Service)>> FollowAsync(IReadOnlyList<Service> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0) return [];
        Dictionary<Guid, Service> byId = changed.ToDictionary(s => s.Id);
        List<Offer> offers = await work.Context.Set<Offer>().Where(o => byId.Keys.Contains(o.ServiceId)).OrderBy(o => o.Id).ToListAsync(cancellationToken);
        Guid[] shownIds = [.. offers.Select(o => o.ShownVersionId)];
        Dictionary<Guid, OfferVersion> shown = await work.Context.Set<OfferVersion>().Where(v => shownIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellationToken);
        // A draft of this upload is not stored yet, and was written with the service as it is now.
        var followed = new List<(OfferVersion, Service)>();
        foreach (Offer offer in offers)
        {
            if (!shown.TryGetValue(offer.ShownVersionId, out OfferVersion? version)) continue;
            offer.FollowService(version, byId[offer.ServiceId], work.Now);
            followed.Add((version, byId[offer.ServiceId]));
        }
        return followed;
    }

    private Service? Write(OwnServiceRow own)
    {
        if (!services.TryGetValue(own.ExternalId, out Service? service))
        {
            services[own.ExternalId] = service = Service.Make(references.SupplierId, own, work.Now);
            work.Context.Add(service);
            return null;
        }
        if (service.Says(own)) return null;
        service.Change(own);
        return service;
    }
}
