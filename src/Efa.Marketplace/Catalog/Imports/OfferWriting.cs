using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Does what was planned: services first, then offers with their drafts.</summary>
internal sealed class OfferWriting(Work work, OfferReferences references, bool submit)
{
    private readonly ServiceWriting services = new(work, references);
    private readonly List<(OfferVersion Shown, Service Service)> shown = [];

    /// <summary>The offers of the planned rows, in their order; rejected rows must not be among them.</summary>
    public async Task<IReadOnlyList<Guid>> WriteAsync(IReadOnlyList<PlannedRow> rows, CancellationToken cancellationToken)
    {
        IReadOnlyList<Service> changed = services.Write(rows.Select(r => r.Row.Service.Own).OfType<OwnServiceRow>());
        Guid[] offers = [.. rows.Select(Write)];
        shown.AddRange(await services.FollowAsync(changed, cancellationToken));
        await work.Context.ReindexAsync(shown, cancellationToken);
        return offers;
    }

    private Guid Write(PlannedRow planned)
    {
        Service service = planned.Row.Service.Own is { } own ? services.Of(own) : OfferRowCheck.ServiceOf(planned.Row.Service, references)!;
        OfferContent content = planned.Content!;
        if (planned.Standing is not { } standing)
        {
            OfferVersion first = OfferVersion.Draft(content, references.HashOf(content), Guid.CreateVersion7(work.Now), number: 1, work.Now);
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
        OfferVersion draft = OfferVersion.Draft(content, references.HashOf(content), standing.Offer.Id, number, work.Now);
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
}
