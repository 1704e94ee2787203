using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What a batch of planned rows makes, to be stored so that nobody sees it yet: new offers and services, new versions, and the facts about them.</summary>
internal sealed class OfferStaging(OfferImport import, OfferReferences references, DateTimeOffset now)
{
    private readonly Dictionary<string, Service> ownServices = references.OwnServices.ToDictionary(StringComparer.Ordinal);
    private readonly List<Service> services = [];
    private readonly List<Offer> offers = [];
    private readonly List<OfferVersion> versions = [];
    private readonly List<(OfferVersion Version, Service Service)> entered = [];
    private readonly List<UpcomingThing> things = [];
    private readonly List<UpcomingDraft> drafts = [];
    private readonly List<UpcomingEvent> events = [];

    /// <param name="offerId">Of the row's offer, also where it is new.</param>
    public void Add(int row, PlannedRow planned, Guid offerId)
    {
        if (planned.Standing is { } standing) Replace(row, planned, standing);
        else Make(row, planned, offerId);
    }

    /// <summary>Stores everything in the context's transaction, also the words by which versions are found once their offers show them.</summary>
    public async Task StoreAsync(MarketContext context, StoreDialect dialect, CancellationToken cancellationToken)
    {
        await InsertAsync(services);
        await InsertAsync(services.SelectMany(s => s.LeikaKeys));
        await InsertAsync(services.SelectMany(s => s.OzgIds));
        await InsertAsync(offers);
        await InsertAsync(versions);
        await InsertAsync(entered.Select(e => OfferWords.Of(e.Version, e.Service, stems: !context.MakesStems)));
        await InsertAsync(versions.SelectMany(v => v.AvailableIn));
        await InsertAsync(versions.SelectMany(v => v.ConnectionTypes));
        await InsertAsync(versions.SelectMany(v => v.SpecialistApplications));
        await InsertAsync(versions.SelectMany(v => v.Terms));
        await InsertAsync(versions.SelectMany(v => v.Documents));
        await InsertAsync(versions.SelectMany(v => v.Contacts));
        await InsertAsync(things);
        await InsertAsync(drafts);
        await InsertAsync(events);

        Task InsertAsync<T>(IEnumerable<T> rows)
            where T : class => dialect.InsertAsync<T>(context, [.. rows], cancellationToken);
    }

    private void Make(int row, PlannedRow planned, Guid offerId)
    {
        Service service = ServiceOf(row, planned.Row.Service);
        OfferVersion first = OfferVersion.Draft(planned.Content!, references.HashOf(planned.Content!), offerId, number: 1, now);
        Offer offer = Offer.Make(import.SupplierId, planned.Row.SellerId, planned.Row.ExternalId, service, first, now);
        if (import.Submit) offer.Submit(first, import.AppliedBy!, note: null, now);
        offers.Add(offer);
        versions.Add(first);
        entered.Add((first, service));
        things.Add(new UpcomingThing { Id = offerId, ImportId = import.Id, Row = row });
        Tell(row, offer);
    }

    private void Replace(int row, PlannedRow planned, StandingOffer standing)
    {
        // What its service says is changed when all drafts are current.
        string[] changed = [.. planned.ChangedFields.Where(field => field != "service")];
        if (changed.Length == 0) return;
        (Offer offer, int seen) = (standing.Offer, standing.Offer.Version);
        int number = standing.Draft?.Number ?? standing.Published!.Number + 1;
        OfferVersion draft = OfferVersion.Draft(planned.Content!, references.HashOf(planned.Content!), offer.Id, number, now);
        Service service = ServiceOf(row, planned.Row.Service);
        offer.Redraft(draft, standing.Draft?.State, service, changed, now);
        if (import.Submit) offer.Submit(draft, import.AppliedBy!, note: null, now);
        versions.Add(draft);
        // Beside a published version nobody finds a draft; its words would only be left over.
        if (offer.ShownVersionId == draft.Id) entered.Add((draft, service));
        drafts.Add(new UpcomingDraft
        {
            ImportId = import.Id,
            Row = row,
            OfferId = offer.Id,
            VersionId = draft.Id,
            FormerDraftId = standing.Draft?.Id,
            SeenVersion = seen,
            Version = offer.Version,
            ShownVersionId = offer.ShownVersionId,
            UpdatedAt = offer.UpdatedAt,
            TitleKey = offer.TitleKey,
            OrderingMode = offer.OrderingMode,
            EfaFinanced = offer.EfaFinanced,
        });
        Tell(row, offer);
    }

    private Service ServiceOf(int row, ServiceRow named)
    {
        if (named.Own is not { } own) return OfferRowCheck.ServiceOf(named, references)!;
        if (ownServices.TryGetValue(own.ExternalId, out Service? service)) return service;
        ownServices[own.ExternalId] = service = Service.Make(import.SupplierId, own, now);
        services.Add(service);
        things.Add(new UpcomingThing { Id = service.Id, ImportId = import.Id, Row = row, IsService = true });
        Tell(row, service);
        return service;
    }

    private void Tell(int row, Aggregate aggregate)
    {
        Guid[] parties = [.. aggregate.Parties.Distinct()];
        int number = events.Count > 0 && events[^1].Row == row ? events[^1].Number + 1 : 0;
        events.AddRange(aggregate.Facts.Select((fact, i) => new UpcomingEvent
        {
            ImportId = import.Id,
            Row = row,
            Number = number + i,
            Type = fact.Type,
            SubjectKind = aggregate.Kind,
            SubjectId = aggregate.Id,
            SubjectVersion = fact.Version,
            ChangedFields = string.Join(',', fact.ChangedFields),
            FromState = fact.From,
            ToState = fact.To,
            PartyId = parties[0],
            OtherPartyId = parties.Length > 1 ? parties[1] : null,
        }));
    }
}
