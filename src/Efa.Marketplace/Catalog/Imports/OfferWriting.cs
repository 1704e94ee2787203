using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Does what was planned: services first, then offers with their drafts.</summary>
internal sealed class OfferWriting(Work work, OfferReferences references, bool submit)
{
    private readonly Dictionary<string, Service> ownServices = references.OwnServices.ToDictionary(StringComparer.Ordinal);
    private readonly List<(OfferVersion Shown, Service Service)> shown = [];

    /// <summary>The offers of the planned rows, in their order; rejected rows must not be among them.</summary>
    public async Task<IReadOnlyList<Guid>> WriteAsync(IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        Service[] changed = [.. rows.Select(r => r.Row.Service.Own).OfType<OwnServiceRow>().DistinctBy(own => own.ExternalId).Select(Write).OfType<Service>()];
        Guid[] offers = [.. rows.Select(Write)];
        if (changed.Length > 0) await FollowAsync(changed, cancellationToken);
        await work.Context.ReindexAsync(shown, cancellationToken);
        return offers;
    }

    /// <summary>The service where it was there and says something else now.</summary>
    private Service? Write(OwnServiceRow own)
    {
        if (!ownServices.TryGetValue(own.ExternalId, out Service? service))
        {
            ownServices[own.ExternalId] = service = Service.Make(references.SupplierId, own, work.Now);
            work.Context.Add(service);
            return null;
        }
        if (service.Says(own)) return null;
        service.Change(own);
        return service;
    }

    private Guid Write(PlannedRow planned)
    {
        Service service = planned.Row.Service.Own is { } own ? ownServices[own.ExternalId] : OfferRowCheck.ServiceOf(planned.Row.Service, references)!;
        OfferContent content = planned.Content!;
        if (planned.Standing is not { } standing)
        {
            OfferVersion first = OfferVersion.Draft(content, HashOf(content), Guid.CreateVersion7(work.Now), number: 1, work.Now);
            Offer made = Offer.Make(references.SupplierId, planned.Row.SellerId, planned.Row.ExternalId, service, first, work.Now);
            work.Context.Add(made);
            work.Context.Add(first);
            shown.Add((first, service));
            return Submitted(made, first);
        }
        // What only its service has changed keeps its version.
        bool saysTheSame = planned.ChangedFields.All(field => field == "service");
        return Submitted(standing.Offer, saysTheSame ? standing.Draft : Redrafted(standing, content, service, planned.ChangedFields));
    }

    private OfferVersion Redrafted(StandingOffer standing, OfferContent content, Service service, IReadOnlyList<string> changed)
    {
        int number = standing.Draft?.Number ?? standing.Published!.Number + 1;
        OfferVersion draft = OfferVersion.Draft(content, HashOf(content), standing.Offer.Id, number, work.Now);
        if (standing.Draft is { } before) work.Context.Remove(before);
        work.Context.Add(draft);
        standing.Offer.Redraft(draft, standing.Draft?.State, service, changed, work.Now);
        if (standing.Offer.ShownVersionId == draft.Id) shown.Add((draft, service));
        return draft;
    }

    private Guid Submitted(Offer offer, OfferVersion? draft)
    {
        if (submit && draft is not null && OfferTransitions.Allow(OfferTransitions.Submit, offer.State, draft.State))
            offer.Submit(draft, work.Caller.Id, note: null, work.Now);
        return offer.Id;
    }

    /// <summary>Offers of a service that says something else now say so too.</summary>
    private async Task FollowAsync(IReadOnlyList<Service> services, CancellationToken cancellationToken)
    {
        Dictionary<Guid, Service> byId = services.ToDictionary(s => s.Id);
        List<Offer> offers = await work.Context.Set<Offer>().Where(o => byId.Keys.Contains(o.ServiceId)).OrderBy(o => o.Id).ToListAsync(cancellationToken);
        Guid[] versionIds = [.. offers.Select(o => o.ShownVersionId)];
        Dictionary<Guid, OfferVersion> versions = await work.Context.Set<OfferVersion>().Where(v => versionIds.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellationToken);
        // A draft of this upload is not stored yet, and was written with the service as it is now.
        foreach (Offer offer in offers)
        {
            if (!versions.TryGetValue(offer.ShownVersionId, out OfferVersion? version)) continue;
            offer.FollowService(version, byId[offer.ServiceId], work.Now);
            shown.Add((version, byId[offer.ServiceId]));
        }
    }

    private string HashOf(OfferContent content) => content.Hash(content.TermsIds.Select(id => references.Terms[id].Sha256));
}
