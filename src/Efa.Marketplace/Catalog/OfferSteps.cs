using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Catalog;

public sealed partial class Offer
{
    /// <summary>A new offer, of which its draft is all there is.</summary>
    public static Offer Make(Guid supplierId, Guid sellerId, string externalId, Service service, OfferVersion draft, DateTimeOffset now)
    {
        var offer = new Offer
        {
            Id = draft.OfferId,
            ServiceId = service.Id,
            SellerId = sellerId,
            SupplierId = supplierId,
            ExternalId = externalId,
            Slug = OfferSlug.Of(draft.Title, draft.OfferId),
            DraftVersionId = draft.Id,
            SortAt = now,
            TitleKey = "",
        };
        offer.Show(draft, service, now);
        offer.Record("offer.created", ["draft"], to: ApiName.Of(offer.State));
        return offer;
    }

    /// <summary>A version, or its service, becomes what readers see. The one place where that is copied from which lists filter and sort by; <see cref="Search.OfferIndex"/> is told as well.</summary>
    public void Show(OfferVersion version, Service service, DateTimeOffset now)
    {
        ShownVersionId = version.Id;
        UpdatedAt = now;
        TitleKey = NameKey.Of(version.Title);
        ServiceKind = service.ServiceKind;
        SubjectArea = service.SubjectArea;
        FimType = service.FimType;
        OrderingMode = version.OrderingMode;
        EfaFinanced = version.EfaFinanced;
    }

    /// <summary>Puts a draft in the place of the one before, if there was one; before the first publication readers see it.</summary>
    /// <param name="changed">API names of the content's fields that differ from what the supplier gave last.</param>
    public void Redraft(OfferVersion draft, OfferVersionState? before, Service service, IReadOnlyList<string> changed, DateTimeOffset now)
    {
        DraftVersionId = draft.Id;
        if (PublishedVersionId is null) Show(draft, service, now);
        Record("offer.draft_changed", ["draft", .. PublishedVersionId is null ? changed : []], before is { } state ? ApiName.Of(state) : null, ApiName.Of(draft.State));
    }

    /// <summary>The service of a published offer says something else.</summary>
    public void FollowService(OfferVersion shown, Service service, DateTimeOffset now)
    {
        Show(shown, service, now);
        Record("offer.service_changed", ["service"], ApiName.Of(State), ApiName.Of(State));
    }

    /// <summary>A person whom versions named is forgotten; that is nothing to tell readers of the catalogue.</summary>
    public void ForgetContact() => Record("offer.contact_erased", ["contacts"]);

    public void Submit(OfferVersion draft, string by, string? note, DateTimeOffset now)
    {
        OfferVersionState before = draft.State;
        draft.Submit(by, now);
        Record("offer.submitted", ["draft"], ApiName.Of(before), ApiName.Of(draft.State), note);
    }

    public void RequestChanges(OfferVersion draft, string note)
    {
        OfferVersionState before = draft.State;
        draft.RequestChanges(note);
        Record("offer.changes_requested", ["draft"], ApiName.Of(before), ApiName.Of(draft.State), note);
    }

    public void Schedule(OfferVersion draft, DateTimeOffset publishAt)
    {
        OfferVersionState before = draft.State;
        draft.Schedule(publishAt);
        Record("offer.scheduled", ["draft"], ApiName.Of(before), ApiName.Of(draft.State));
    }

    /// <summary>The draft takes the place of the version before. A suspended offer stays so.</summary>
    public void Publish(OfferVersion draft, OfferVersion? published, Service service, DateTimeOffset now)
    {
        OfferState before = State;
        published?.Supersede();
        draft.Publish(now);
        PublishedVersionId = draft.Id;
        DraftVersionId = null;
        SortAt = now;
        if (State == OfferState.Unpublished) State = OfferState.Published;
        Show(draft, service, now);
        IEnumerable<string> content = published is null ? [] : OfferVersionChanges.Between(OfferContent.Of(published), OfferContent.Of(draft));
        Record("offer.published", ["publishedVersion", "draft", .. before == State ? [] : new[] { "state" }, .. content], ApiName.Of(before), ApiName.Of(State));
    }

    /// <summary>Throws the draft of an offer away that was published once.</summary>
    public void DiscardDraft(OfferVersion draft)
    {
        DraftVersionId = null;
        Record("offer.draft_discarded", ["draft"], ApiName.Of(draft.State));
    }

    public void Suspend(string reason, DateTimeOffset now) => Move(OfferState.Suspended, "offer.suspended", reason, now);

    public void Resume(DateTimeOffset now) => Move(OfferState.Published, "offer.resumed", null, now);

    /// <summary>Ends the offer, and the review of its draft: only where that is all there is, it stays.</summary>
    public void Retire(OfferVersion? draft, string reason, DateTimeOffset now)
    {
        if (PublishedVersionId is not null) DraftVersionId = null;
        else draft?.Withdraw();
        Move(OfferState.Retired, "offer.retired", reason, now);
    }

    /// <summary>The organisation that is the offer's party in a role.</summary>
    public Guid Party(OrganisationRole role) => role == OrganisationRole.Seller ? SellerId : SupplierId;

    private void Move(OfferState to, string type, string? note, DateTimeOffset now)
    {
        OfferState before = State;
        State = to;
        UpdatedAt = now;
        Record(type, ["state"], ApiName.Of(before), ApiName.Of(to), note);
    }
}
