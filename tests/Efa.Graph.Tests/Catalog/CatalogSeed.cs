using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Catalog;

/// <summary>A made-up market of 120 published offers, with a few that are not published, whose properties differ so that each filter takes some and leaves some.</summary>
internal static class CatalogSeed
{
    public const int Published = 120;

    // The first services have two offers, by both sellers.
    private const int ServiceCount = 107;

    public static readonly string[] Sellers = ["seller-a", "seller-b"];
    public static readonly string[] Suppliers = ["supplier-a", "supplier-b", "supplier-c"];

    private static readonly string[][] States = [[], ["05"], ["05", "09"], ["01"], []];
    private static readonly string[][] Connections = [["FIT-Connect"], ["FIT-Connect", "XTA"], ["API"], []];
    private static readonly string[][] Applications = [["Alpha"], [], ["Alpha", "Beta"]];
    private static readonly string?[] SubjectAreas = ["BUILDING_AND_HOUSING", "IMMIGRATION_AND_EMIGRATION", null];
    private static readonly string?[] FimTypes = ["2", "2/3a", null, "4"];
    private static readonly TaxRegime[] Taxes = [new(TaxTreatment.Standard)];

    public static readonly IReadOnlyList<ServiceSeed> Services =
    [
        .. Enumerable.Range(0, ServiceCount).Select(i => new ServiceSeed(Key("service", i), $"Leistung {i % 40:00}", (ServiceKind)(i % 3))
        {
            LeikaKeys = i % 2 == 0 ? [Digits("99", i, 12), "99107023037000"] : [Digits("99", i, 12)],
            OzgIds = i % 5 == 0 ? [] : [Digits("10", i, 3)],
            SubjectArea = SubjectAreas[i % SubjectAreas.Length],
            FimType = FimTypes[i % FimTypes.Length],
        }),
    ];

    public static readonly IReadOnlyList<OfferSeed> Offers =
    [
        .. Enumerable.Range(0, Published).Select(i => Offer(i, OfferState.Published)),
        Offer(200, OfferState.Unpublished),
        Offer(201, OfferState.Unpublished),
        Offer(202, OfferState.Suspended),
        Offer(203, OfferState.Retired),
    ];

    public static readonly MarketSeed Market = new()
    {
        Organisations =
        [
            .. Sellers.Select((key, i) => Organisation(key, $"Vertrieb {(char)('A' + i)}", OrganisationKind.Cooperative, OrganisationRole.Seller)),
            .. Suppliers.Select((key, i) => Organisation(key, $"Rechenzentrum {(char)('A' + i)}", OrganisationKind.ItProvider, OrganisationRole.Supplier)),
            Municipality("town", "Musterstadt", "053340002002", "05", 250_000),
            Municipality("village", "Kleindorf", "010510044044", "01", 1_200),
            Municipality("stranger", "Fremdstadt", "091620000000", "09", 80_000),
            Organisation("aggregator", "Bündelnde Stelle", OrganisationKind.PublicInstitution, OrganisationRole.Aggregator),
            Organisation("operator", "Betreiberin", OrganisationKind.PublicInstitution, OrganisationRole.Operator),
        ],
        Ownerships = [new OwnershipSeed("town", "seller-a", OwnershipKind.Membership, new DateOnly(2020, 1, 1))],
        Accreditations =
        [
            new AccreditationSeed("town", "seller-a", AccreditationState.Granted, new DateOnly(2024, 1, 1)) { Basis = EligibilityBasis.Member, ValidFrom = new DateOnly(2024, 1, 1) },
        ],
        Clients = [new ClientSeed("aggregator", "village", new DateOnly(2021, 1, 1))],
        Services = Services,
        Terms =
        [
            new TermsSeed("terms-1", "seller-a", DocumentKind.GeneralTerms, "AGB", "1.0", new DateOnly(2020, 1, 1)) { Text = "Fassung 1" },
            new TermsSeed("terms-2", "seller-a", DocumentKind.GeneralTerms, "AGB", "2.0", new DateOnly(2026, 6, 1)) { Text = "Fassung 2" },
            new TermsSeed("terms-3", "seller-a", DocumentKind.GeneralTerms, "AGB", "3.0", new DateOnly(2027, 1, 1)) { Text = "Fassung 3" },
            new TermsSeed("level", "seller-a", DocumentKind.ServiceLevel, "Servicelevel", "1.0", new DateOnly(2020, 1, 1)) { Text = "Immer da" },
        ],
        Offers = Offers,
        ApiClients =
        [
            .. new[] { "seller-a", "seller-b", "supplier-a", "town", "village", "stranger", "aggregator", "operator" }
                .Select(key => new ApiClientSeed(key, key, key, [], IsOperator: key == "operator") { Secret = "demo-secret" }),
        ],
    };

    public static ServiceSeed ServiceOf(OfferSeed offer) => Services.Single(s => s.Key == offer.Service);

    private static OfferSeed Offer(int i, OfferState state)
    {
        return new OfferSeed(Key("offer", i), $"EXT-{i}", $"angebot-{i}", Key("service", i % ServiceCount), Sellers[i % 2], Suppliers[i % 3], $"{Word(i % 37)} {i % 37:00}", $"Kurztext {i}", (OrderingMode)(i / 2 % 2))
        {
            Description = i % 4 == 0 ? "Mit Beschreibung" : null,
            ImplementingState = i % 3 == 0 ? "05" : null,
            AvailableIn = States[i % States.Length],
            ConnectionTypes = Connections[i % Connections.Length],
            SpecialistApplications = Applications[i % Applications.Length],
            Maturity = i % 2 == 0 ? new Maturity("1.1", 3, new DateOnly(2025, 2, 1)) : null,
            EfaFinanced = i % 3 != 1,
            Prices = [Price(i % 6)],
            Terms = i % 2 == 0 ? ["terms-1", "level"] : ["terms-1"],
            MinimumTermMonths = 12,
            NoticePeriodMonths = 3,
            NoticeTo = NoticeTo.EndOfCalendarYear,
            State = state,
            PublishedOn = new DateOnly(2025, 1, 1).AddDays(i % 50),
        };
    }

    private static PriceComponent Price(int kind) => kind switch
    {
        0 => new FlatPrice { Code = "flat", Label = "Pauschale", Period = BillingPeriod.Year, CostType = CostType.Operation, Taxes = Taxes, Amount = 4200 },
        1 => new PerInhabitantPrice { Code = "inhabitant", Label = "Je Einwohner", Period = BillingPeriod.Year, Taxes = Taxes, PerInhabitant = 0.0333m, Minimum = 100, Maximum = 9000 },
        2 => new TieredPrice { Code = "tiers", Label = "Staffel", Period = BillingPeriod.Year, Taxes = Taxes, Basis = QuantityBasis.Inhabitants, Graduated = true, Tiers = [new(10_000, 0.05m), new(null, 0.02m, 50)] },
        3 => new PerUsePrice { Code = "use", Label = "Je Fall", Period = BillingPeriod.Year, Taxes = Taxes, PerUse = 1.5m, IncludedUses = 100 },
        4 => new SharedCostPrice { Code = "shared", Label = "Umlage", Period = BillingPeriod.Year, Taxes = Taxes, TotalCost = 100_000, Key = AllocationKey.Flat, Weights = [new("05", 1), new("09", 2)], WeightsOn = new DateOnly(2025, 1, 1) },
        _ => new PackagePrice { Code = "package", Label = "Paket", Period = BillingPeriod.Year, Taxes = Taxes, Packages = [new("S", "Klein", 500), new("L", "Groß", 2500)] },
    };

    private static OrganisationSeed Organisation(string key, string name, OrganisationKind kind, OrganisationRole role) => new(key, name, kind, [role]);

    private static OrganisationSeed Municipality(string key, string name, string ars, string state, int population) =>
        new(key, name, OrganisationKind.Municipality, [OrganisationRole.Customer]) { Ars = ars, FederalState = state, Population = population, PopulationOn = new DateOnly(2025, 12, 31) };

    // Umlauts and capitals, so that sorting by title is more than comparing bytes.
    private static string Word(int i) => (i % 4) switch { 0 => "Änderung", 1 => "antrag", 2 => "Übertrag", _ => "Zulassung" };

    private static string Key(string kind, int i) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{i}");

    private static string Digits(string prefix, int number, int length) => prefix + number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');
}
