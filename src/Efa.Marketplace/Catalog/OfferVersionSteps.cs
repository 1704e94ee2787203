namespace Efa.Marketplace.Catalog;

public sealed partial class OfferVersion
{
    /// <summary>A draft that says this.</summary>
    /// <param name="contentHash">That of the content.</param>
    public static OfferVersion Draft(OfferContent content, string contentHash, Guid offerId, int number, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        return new OfferVersion
        {
            Id = id,
            OfferId = offerId,
            Number = number,
            ContentHash = contentHash,
            Title = content.Title,
            Summary = content.Summary,
            Description = content.Description,
            ImplementingState = content.ImplementingState,
            OrderingMode = content.OrderingMode,
            ProvisioningMode = content.ProvisioningMode,
            BrokerPlan = content.BrokerPlan,
            Maturity = content.Maturity,
            EfaFinanced = content.EfaFinanced,
            Prices = content.Prices,
            MinimumTermMonths = content.MinimumTermMonths,
            NoticePeriodMonths = content.NoticePeriodMonths,
            NoticeTo = content.NoticeTo,
            AvailableIn = [.. content.AvailableIn.Select(s => new VersionState { VersionId = id, State = s })],
            ConnectionTypes = [.. content.ConnectionTypes.Select(c => new VersionConnectionType { VersionId = id, ConnectionType = c })],
            SpecialistApplications = [.. content.SpecialistApplications.Select(a => new VersionApplication { VersionId = id, Application = a })],
            Terms = [.. content.TermsIds.Select((t, i) => new VersionTerms { VersionId = id, Position = i, TermsId = t })],
            Documents = [.. content.Documents.Select((d, i) => new VersionDocument { VersionId = id, Position = i, DocumentKind = d.Kind, Title = d.Title, Sha256 = d.Sha256 })],
            Contacts =
            [
                .. content.Contacts.Select((c, i) => new VersionContact { Id = Guid.CreateVersion7(now), VersionId = id, Position = i, Name = c.Name, Email = c.Email, Phone = c.Phone, Purpose = c.Purpose }),
            ],
        };
    }

    internal void Submit(string by, DateTimeOffset now)
    {
        State = OfferVersionState.Submitted;
        (SubmittedBy, SubmittedAt, ReviewNote) = (by, now, null);
    }

    internal void RequestChanges(string note)
    {
        State = OfferVersionState.ChangesRequested;
        (ReviewNote, PublishAt) = (note, null);
    }

    internal void Schedule(DateTimeOffset publishAt)
    {
        State = OfferVersionState.Scheduled;
        PublishAt = publishAt;
    }

    internal void Publish(DateTimeOffset now)
    {
        State = OfferVersionState.Published;
        PublishedAt = now;
        // It was to wait longer, and was published at once all the same.
        if (PublishAt > now) PublishAt = null;
    }

    internal void Supersede() => State = OfferVersionState.Superseded;

    /// <summary>Ends a review, for an offer that is not offered any more.</summary>
    internal void Withdraw()
    {
        State = OfferVersionState.Draft;
        PublishAt = null;
    }
}
