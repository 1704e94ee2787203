using System.Text;
using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Seeding;

/// <summary>The ids that a seed's keys became.</summary>
public sealed record LoadedMarket(IReadOnlyDictionary<string, Guid> Organisations, IReadOnlyDictionary<string, Guid> Services, IReadOnlyDictionary<string, Guid> Offers, IReadOnlyDictionary<string, Guid> Terms);

/// <summary>Loads a whole market in one transaction.</summary>
/// <remarks>Not an operation: what it writes is where the log begins, so it writes no events.</remarks>
public sealed class MarketLoader(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock)
{
    public async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return !await context.Set<Organisation>().AnyAsync(cancellationToken);
    }

    public async Task<LoadedMarket> LoadAsync(MarketSeed seed, CancellationToken cancellationToken)
    {
        CheckPrefixes(seed.Organisations);
        DateTimeOffset now = clock.GetUtcNow();
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);

        Keyed<Organisation> organisations = new("organisation", seed.Organisations.Select(o => (o.Key, Make(o, now))));
        Keyed<Service> services = new("service", seed.Services.Select(s => (s.Key, Make(s, now))));
        var terms = new Keyed<TermsDocument>("terms", await MakeTermsAsync(context, seed.Terms, organisations, now, cancellationToken));
        (string, Offer, OfferVersion)[] offers = [.. seed.Offers.Select(o => Make(o, organisations, services, terms, now))];

        Dictionary<Guid, Service> serviceOf = services.All.ToDictionary(s => s.Id);

        context.AddRange(organisations.All);
        context.AddRange(services.All);
        context.AddRange(terms.All);
        context.AddRange(seed.Ownerships.Select(o => new Ownership
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = organisations[o.Owner].Id,
            OwnedId = organisations[o.Owned].Id,
            OwnershipKind = o.Kind,
            ValidFrom = o.ValidFrom,
            ValidTo = o.ValidTo,
            IsDemo = o.IsDemo,
        }));
        context.AddRange(seed.Clients.Select(c => new ClientLink { AggregatorId = organisations[c.Aggregator].Id, ClientId = organisations[c.Client].Id, ValidFrom = c.ValidFrom, ClientAgreed = true }));
        context.AddRange(seed.Accreditations.Select(a => Make(a, organisations, now)));
        context.AddRange(offers.Select(o => o.Item2));
        context.AddRange(offers.Select(o => o.Item3));
        foreach ((_, Offer offer, OfferVersion version) in offers) context.Enter(version, serviceOf[offer.ServiceId]);
        context.AddRange(seed.ApiClients.Select(c => Make(c, organisations, now)));
        context.AddRange(seed.ApiClients.Select(c => ClientProof.ByHash(c.ClientId, c.Name, c.SecretHash ?? ClientSecret.Hash(c.Secret ?? throw new SeedException($"client {c.ClientId} has no secret")))));
        await context.SaveChangesAsync(cancellationToken);
        // What is published takes no more parts, so it becomes so when it has them.
        foreach ((_, Offer offer, OfferVersion version) in offers)
            if (offer.PublishedVersionId == version.Id) version.State = OfferVersionState.Published;
        context.ChangeTracker.DetectChanges();
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new LoadedMarket(organisations.Ids, services.Ids, offers.ToDictionary(o => o.Item1, o => o.Item2.Id), terms.Ids);
    }

    // Numbers of orders and invoices begin with it: with two sellers under one prefix the second could never sell anything.
    private static void CheckPrefixes(IReadOnlyList<OrganisationSeed> organisations)
    {
        if (organisations.Where(o => o.Selling is not null).GroupBy(o => o.Selling!.NumberPrefix, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } shared)
            throw new SeedException($"the sellers {string.Join(" and ", shared.Select(o => o.Key))} have the same number prefix {shared.Key}");
    }

    private static Organisation Make(OrganisationSeed seed, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        return new Organisation
        {
            Id = id,
            Name = seed.Name,
            NameKey = NameKey.Of(seed.Name),
            OrganisationKind = seed.Kind,
            Roles = seed.Roles,
            Ars = seed.Ars,
            FederalState = seed.FederalState,
            Population = seed.Population,
            PopulationOn = seed.PopulationOn,
            LeitwegId = seed.LeitwegId,
            ElectronicAddressScheme = seed.ElectronicAddress?.Scheme,
            ElectronicAddress = seed.ElectronicAddress?.Value,
            Address = seed.Address,
            VatId = seed.VatId,
            TaxNumber = seed.TaxNumber,
            RegisterNumber = seed.RegisterNumber,
            Iban = seed.Iban,
            Selling = seed.Selling,
            IsDemo = seed.IsDemo,
            Contacts = [.. seed.Contacts.Select(c => new Contact { Id = Guid.CreateVersion7(now), OrganisationId = id, Name = c.Name, Email = c.Email, Phone = c.Phone, Purpose = c.Purpose })],
        };
    }

    private static Service Make(ServiceSeed seed, DateTimeOffset now)
    {
        Guid id = Guid.CreateVersion7(now);
        return new Service
        {
            Id = id,
            Name = seed.Name,
            NameKey = NameKey.Of(seed.Name),
            ServiceKind = seed.Kind,
            SubjectArea = seed.SubjectArea,
            FimType = seed.FimType,
            LeikaKeys = [.. seed.LeikaKeys.Select(k => new ServiceLeikaKey { ServiceId = id, LeikaKey = k })],
            OzgIds = [.. seed.OzgIds.Select(k => new ServiceOzgId { ServiceId = id, OzgId = k })],
        };
    }

    private static Accreditation Make(AccreditationSeed seed, Keyed<Organisation> organisations, DateTimeOffset now)
    {
        DateTimeOffset requested = BerlinCalendar.StartOf(seed.RequestedOn);
        return new Accreditation
        {
            Id = Guid.CreateVersion7(now),
            OrganisationId = organisations[seed.Organisation].Id,
            SellerId = organisations[seed.Seller].Id,
            State = seed.State,
            Basis = seed.Basis,
            Evidence = seed.Evidence,
            Reason = seed.Reason,
            ValidFrom = seed.ValidFrom,
            ValidTo = seed.ValidTo,
            RequestedAt = requested,
            DecidedAt = seed.State == AccreditationState.Requested ? null : requested,
        };
    }

    private static ApiClient Make(ApiClientSeed seed, Keyed<Organisation> organisations, DateTimeOffset now) =>
        seed.Scopes.FirstOrDefault(s => !Scopes.All.Contains(s)) is { } unknown
            ? throw new SeedException($"client {seed.ClientId}: there is no scope {unknown}")
            : new ApiClient
            {
                Id = Guid.CreateVersion7(now),
                ClientId = seed.ClientId,
                Name = seed.Name,
                OrganisationId = organisations[seed.Organisation].Id,
                Scopes = seed.Scopes,
                IsOperator = seed.IsOperator,
                CreatedAt = now,
            };

    private static async Task<IReadOnlyList<(string, TermsDocument)>> MakeTermsAsync(
        MarketContext context, IReadOnlyList<TermsSeed> seeds, Keyed<Organisation> organisations, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var terms = new List<(string, TermsDocument)>();
        foreach (TermsSeed seed in seeds)
        {
            byte[] text = Encoding.UTF8.GetBytes(seed.Text ?? throw new SeedException($"terms {seed.Key} have neither file nor text"));
            terms.Add((seed.Key, new TermsDocument
            {
                Id = Guid.CreateVersion7(now),
                OwnerId = organisations[seed.Owner].Id,
                DocumentKind = seed.Kind,
                Title = seed.Title,
                VersionLabel = seed.VersionLabel,
                ValidFrom = seed.ValidFrom,
                Sha256 = await context.AddFileAsync(text, "text/markdown", now, cancellationToken),
            }));
        }
        return terms;
    }

    private static (string, Offer, OfferVersion) Make(OfferSeed seed, Keyed<Organisation> organisations, Keyed<Service> services, Keyed<TermsDocument> terms, DateTimeOffset now)
    {
        if (PriceCheck.Problems(seed.Prices) is [var problem, ..])
            throw new SeedException($"offer {seed.Key}: {string.Join('/', problem.Path)} {problem.Code}");
        bool published = seed.State != OfferState.Unpublished;
        DateTimeOffset publishedAt = seed.PublishedOn is { } day ? BerlinCalendar.StartOf(day) : now;
        Service service = services[seed.Service];
        TermsDocument[] named = [.. seed.Terms.Select(key => terms[key])];
        OfferContent content = Content(seed, named);
        OfferVersion version = OfferVersion.Draft(content, content.Hash(named.Select(t => t.Sha256)), Guid.CreateVersion7(now), number: 1, now);
        if (published) version.PublishedAt = publishedAt;
        var offer = new Offer
        {
            Id = version.OfferId,
            ServiceId = service.Id,
            SellerId = organisations[seed.Seller].Id,
            SupplierId = organisations[seed.Supplier].Id,
            ExternalId = seed.ExternalId,
            Slug = seed.Slug,
            State = seed.State,
            PublishedVersionId = published ? version.Id : null,
            DraftVersionId = published ? null : version.Id,
            SortAt = published ? publishedAt : now,
            TitleKey = "",
        };
        offer.Show(version, service, now);
        return (seed.Key, offer, version);
    }

    private static OfferContent Content(OfferSeed seed, IEnumerable<TermsDocument> terms) => new()
    {
        Title = seed.Title,
        Summary = seed.Summary,
        Description = seed.Description,
        ImplementingState = seed.ImplementingState,
        AvailableIn = seed.AvailableIn,
        OrderingMode = seed.OrderingMode,
        ProvisioningMode = seed.ProvisioningMode,
        BrokerPlan = seed.BrokerPlan,
        ConnectionTypes = seed.ConnectionTypes,
        SpecialistApplications = seed.SpecialistApplications,
        Maturity = seed.Maturity,
        EfaFinanced = seed.EfaFinanced,
        Prices = seed.Prices,
        TermsIds = [.. terms.Select(t => t.Id)],
        Contacts = [.. seed.Contacts.Select(c => new ContactData(c.Name, c.Email, c.Phone, c.Purpose))],
        MinimumTermMonths = seed.MinimumTermMonths,
        NoticePeriodMonths = seed.NoticePeriodMonths,
        NoticeTo = seed.NoticeTo,
    };

    /// <summary>Aggregates by the keys of the seed; an unknown key names itself.</summary>
    private sealed class Keyed<T>(string what, IEnumerable<(string Key, T Value)> pairs)
        where T : Aggregate
    {
        private readonly Dictionary<string, T> values = pairs.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

        public T this[string key] => values.TryGetValue(key, out T? value) ? value : throw new SeedException($"no {what} has the key {key}");

        public IEnumerable<T> All => values.Values;

        public IReadOnlyDictionary<string, Guid> Ids => values.ToDictionary(p => p.Key, p => p.Value.Id);
    }
}
