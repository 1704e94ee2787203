using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Ordering;

/// <summary>Two sellers, a supplier, and one buyer for each way of being eligible or not; offers for each way of being billed.</summary>
internal static class SmallMarket
{
    public const string Govdigital = "govdigital";
    public const string Fitko = "fitko";
    public const string Supplier = "supplier";
    public const string Aachen = "aachen";
    public const string Lippe = "lippe";
    public const string Brandenburg = "brandenburg";
    public const string Wismar = "wismar";
    public const string Aggregator = "aggregator";
    public const string Solnhofen = "solnhofen";
    public const string Pappenheim = "pappenheim";
    public const string Eichstaett = "eichstaett";
    public const string Unreachable = "unreachable";

    /// <summary>12,000.00 a year and 1,800.00 once, 19 %.</summary>
    public const string Portal = "portal";

    /// <summary>Nothing a year and 1,800.00 once, 19 %.</summary>
    public const string Naturalisation = "naturalisation";

    /// <summary>4,800.00 a year, not taxable, sold by FITKO; for a year at least, with three months' notice to the end of a calendar year.</summary>
    public const string Residence = "residence";

    /// <summary>Costs nothing.</summary>
    public const string Free = "free";

    /// <summary>1,000.00 a year at 19 % and 500.00 a year not taxable.</summary>
    public const string Mixed = "mixed";

    /// <summary>Package S for 1,000.00 or M for 5,000.00 a year, 19 %.</summary>
    public const string Packages = "packages";

    /// <summary>0.10 a year for each inhabitant, 19 %.</summary>
    public const string Inhabitants = "inhabitants";

    /// <summary>120.00 a year, 0.50 for each use beyond 100, and tiers for all uses: 0.10 each up to 1,000, then 0.05; 19 %.</summary>
    public const string Uses = "uses";

    public const string Coordinated = "coordinated";
    public const string Suspended = "suspended";
    public const string Unpublished = "unpublished";

    public static MarketSeed Seed(CarryOver carryOver = CarryOver.None) => new()
    {
        Organisations =
        [
            Seller(Govdigital, "GD", carryOver) with { VatId = "DE999999999", RegisterNumber = "GnR 1" },
            Seller(Fitko, "FITKO", carryOver) with { TaxNumber = "000/000/00000", RegisterNumber = "HRA 1" },
            new(Supplier, "Bereitsteller", OrganisationKind.ItProvider, [OrganisationRole.Supplier]),
            Buyer(Aachen, "Stadt Aachen", OrganisationKind.Municipality, "05"),
            Buyer(Lippe, "Kreis Lippe", OrganisationKind.District, "05"),
            new("owl", "OWL-IT", OrganisationKind.ItProvider, [OrganisationRole.Customer]),
            Buyer(Brandenburg, "Land Brandenburg", OrganisationKind.State, "12"),
            Buyer(Wismar, "Hansestadt Wismar", OrganisationKind.Municipality, "13"),
            Buyer(Aggregator, "Bündler", OrganisationKind.PublicInstitution, "09") with { Roles = [OrganisationRole.Aggregator] },
            Buyer(Solnhofen, "Solnhofen", OrganisationKind.Municipality, "09") with { Roles = [OrganisationRole.Client], Population = 1_748, PopulationOn = Long },
            Buyer(Pappenheim, "Pappenheim", OrganisationKind.Municipality, "09") with { Roles = [OrganisationRole.Client], Population = 4_001, PopulationOn = Long },
            Buyer(Eichstaett, "Eichstätt", OrganisationKind.Municipality, "09") with { Roles = [OrganisationRole.Client] },
            Buyer(Unreachable, "Gemeinde ohne Leitweg", OrganisationKind.Municipality, "06") with { LeitwegId = null, ElectronicAddress = null },
        ],
        Ownerships =
        [
            new(Aachen, Govdigital, OwnershipKind.Membership, Long),
            new(Aggregator, Govdigital, OwnershipKind.Membership, Long),
            new(Unreachable, Govdigital, OwnershipKind.Membership, Long),
            new(Lippe, "owl", OwnershipKind.Share, Long),
            new("owl", Govdigital, OwnershipKind.Membership, Long),
            new(Brandenburg, Fitko, OwnershipKind.Share, Long),
        ],
        Accreditations =
        [
            Granted(Aachen, Govdigital, EligibilityBasis.Member),
            Granted(Aggregator, Govdigital, EligibilityBasis.Member),
            Granted(Unreachable, Govdigital, EligibilityBasis.Member),
            Granted(Lippe, Govdigital, EligibilityBasis.OwnerOfMember),
            Granted(Brandenburg, Fitko, EligibilityBasis.SellerOwner),
            Granted(Brandenburg, Govdigital, EligibilityBasis.CooperationAgreement),
        ],
        Clients = [new(Aggregator, Solnhofen, Long), new(Aggregator, Pappenheim, Long)],
        Services = [new("service", "Dienst", ServiceKind.EfaOnlineService)],
        Terms =
        [
            new("general", Govdigital, DocumentKind.GeneralTerms, "AGB", "1.0", Long) { Text = "Es gilt, was hier steht." },
            new("level", Supplier, DocumentKind.ServiceLevel, "Service-Level", "1.0", Long) { Text = "Es läuft meistens." },
        ],
        Offers =
        [
            Offer(Portal, Govdigital, Flat("year", 12_000m), Once(1_800m)) with { Terms = ["general", "level"] },
            Offer(Naturalisation, Govdigital, Flat("year", 0m), Once(1_800m)) with { Terms = ["general"] },
            Offer(Residence, Fitko, Flat("year", 4_800m, TaxTreatment.NotTaxable)) with { MinimumTermMonths = 12, NoticePeriodMonths = 3, NoticeTo = NoticeTo.EndOfCalendarYear },
            Offer(Free, Govdigital, Flat("year", 0m)),
            Offer(Mixed, Govdigital, Flat("taxed", 1_000m), Flat("sovereign", 500m, TaxTreatment.NotTaxable)),
            Offer(Packages, Govdigital, new PackagePrice
            {
                Code = "package", Label = "Paket", Period = BillingPeriod.Year, Taxes = [new(TaxTreatment.Standard)],
                Packages = [new("S", "Klein", 1_000m), new("M", "Mittel", 5_000m)],
            }),
            Offer(Inhabitants, Govdigital, new PerInhabitantPrice { Code = "year", Label = "Jahresentgelt", Period = BillingPeriod.Year, Taxes = [new(TaxTreatment.Standard)], PerInhabitant = 0.10m }),
            Offer(
                Uses, Govdigital, Flat("year", 120m),
                new PerUsePrice { Code = "use", Label = "Vorgänge", Period = BillingPeriod.Year, Taxes = [new(TaxTreatment.Standard)], PerUse = 0.50m, IncludedUses = 100 },
                new TieredPrice { Code = "tiers", Label = "Versand", Period = BillingPeriod.Year, Taxes = [new(TaxTreatment.Standard)], Basis = QuantityBasis.Uses, Graduated = true, Tiers = [new(1_000, 0.10m), new(null, 0.05m)] }),
            Offer(Coordinated, Govdigital, Flat("year", 1m)) with { OrderingMode = OrderingMode.Coordinated, Terms = ["general"] },
            Offer(Suspended, Govdigital, Flat("year", 1m)) with { State = OfferState.Suspended },
            Offer(Unpublished, Govdigital, Flat("year", 1m)) with { State = OfferState.Unpublished, Contacts = [new("Angebote", "angebote@supplier.example", ContactPurpose.General)] },
        ],
    };

    private static DateOnly Long => new(2020, 1, 1);

    private static OrganisationSeed Seller(string key, string prefix, CarryOver carryOver) => new(key, key, OrganisationKind.Cooperative, [OrganisationRole.Seller])
    {
        Address = new("Marktstraße 1", "10117", "Berlin"),
        ElectronicAddress = new("EM", $"rechnung@{key}.example"),
        Iban = "DE89370400440532013000",
        Contacts = [new("Rechnungsstelle", $"rechnung@{key}.example", ContactPurpose.Invoicing, "+49 30 5550101")],
        Selling = new(prefix, carryOver, FeeChangesUntilMonth: 9, FeeChangesUntilDay: 30, PaymentDays: 30),
    };

    private static OrganisationSeed Buyer(string key, string name, OrganisationKind kind, string state) => new(key, name, kind, [OrganisationRole.Customer])
    {
        FederalState = state,
        LeitwegId = LeitwegIdOf(key, state),
        ElectronicAddress = new("0204", LeitwegIdOf(key, state)),
        Address = new("Rathausplatz 1", "12345", name),
    };

    private static string LeitwegIdOf(string key, string state) => $"{state}-{key.ToUpperInvariant()}-{LeitwegId.CheckDigits(state + key.ToUpperInvariant())}";

    private static AccreditationSeed Granted(string organisation, string seller, EligibilityBasis basis) =>
        new(organisation, seller, AccreditationState.Granted, Long) { Basis = basis, ValidFrom = Long };

    public static OfferSeed Offer(string key, string seller, params PriceComponent[] prices) =>
        new(key, key, key, "service", seller, Supplier, $"Angebot {key}", "Ein Angebot.", OrderingMode.Direct) { Prices = prices, PublishedOn = Long };

    private static FlatPrice Flat(string code, decimal amount, TaxTreatment treatment = TaxTreatment.Standard) =>
        new() { Code = code, Label = "Jahresentgelt", Period = BillingPeriod.Year, Taxes = [new(treatment)], Amount = amount };

    private static FlatPrice Once(decimal amount) =>
        new() { Code = "onboarding", Label = "Anbindung", Period = BillingPeriod.OneTime, Taxes = [new(TaxTreatment.Standard)], Amount = amount };
}
