using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Catalog.Imports;

public sealed class OfferRowCheckTests
{
    private static readonly Guid Supplier = Guid.CreateVersion7(), Seller = Guid.CreateVersion7(), ServiceId = Guid.CreateVersion7();

    private static readonly OfferReferences References = new()
    {
        SupplierId = Supplier,
        Sellers = new HashSet<Guid> { Seller },
        Services = new Dictionary<Guid, Service> { [ServiceId] = new() { Id = ServiceId, Name = "Dienst", NameKey = "dienst" } },
        ServicesByLeikaKey = new[] { ("99108001001000", ServiceId) }.ToLookup(k => k.Item1, k => k.ServiceId),
        OwnServices = new Dictionary<string, Service>(),
        Terms = new Dictionary<Guid, TermsDocument>(),
        Documents = new HashSet<string> { new('a', 64) },
        Offers = new Dictionary<string, StandingOffer>(),
    };

    private static readonly OfferRow Good = new()
    {
        ExternalId = "A-1",
        Service = new ServiceRow(LeikaKey: "99108001001000"),
        SellerId = Seller,
        Title = "Bewohnerparken",
        Summary = "Ausweise für Anwohner.",
        ImplementingState = "05",
        AvailableIn = ["05", "16"],
        ConnectionTypes = ["XTA"],
        Maturity = new Maturity("2.0", 7),
        Prices = [OfferStory.Year(950m)],
        Documents = [new NamedDocument(DocumentKind.Other, "Blatt", new string('a', 64))],
        Contacts = [new ContactData("Erika Beispiel", "erika@supplier.example", null, ContactPurpose.General)],
        MinimumTermMonths = 120,
    };

    public static TheoryData<string, string> Faults()
    {
        var data = new TheoryData<string, string>();
        foreach (string name in Cases.Keys) data.Add(name, Cases[name].Expected);
        return data;
    }

    [Fact]
    public void A_good_row_has_no_fault() => Assert.Empty(OfferRowCheck.Faults(Good, References));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_told_with_its_place(string name, string expected) =>
        Assert.Equal(expected, string.Join(' ', OfferRowCheck.Faults(Cases[name].Row, References).Select(f => $"{f.Code} /{string.Join('/', f.Path)}")));

    private static readonly IReadOnlyDictionary<string, (OfferRow Row, string Expected)> Cases = new Dictionary<string, (OfferRow, string)>
    {
        ["no key"] = (Good with { ExternalId = " " }, "REQUIRED /externalId"),
        ["long key"] = (Good with { ExternalId = new string('x', 129) }, "TOO_LONG /externalId"),
        ["long title"] = (Good with { Title = new string('x', 201) }, "TOO_LONG /title"),
        ["control character"] = (Good with { Summary = "a\0b" }, "TEXT_INVALID /summary"),
        ["long description"] = (Good with { Description = new string('x', 8001) }, "TOO_LONG /description"),
        ["state"] = (Good with { ImplementingState = "17" }, "STATE_UNKNOWN /implementingState"),
        ["states"] = (Good with { AvailableIn = ["05", "5", "05"] }, "DUPLICATE /availableIn/2 STATE_UNKNOWN /availableIn/1"),
        ["no service"] = (Good with { Service = new ServiceRow() }, "REQUIRED /service"),
        ["LeiKa key"] = (Good with { Service = new ServiceRow(LeikaKey: "9910800100100") }, "LEIKA_KEY_INVALID /service/leikaKey"),
        ["unknown LeiKa key"] = (Good with { Service = new ServiceRow(LeikaKey: "99000000000000") }, "SERVICE_UNKNOWN /service/leikaKey"),
        ["own service"] = (
            Good with { Service = new ServiceRow(Own: new OwnServiceRow("", "Dienst", ServiceKind.Other) { LeikaKeys = ["1"], OzgIds = ["20255"], SubjectArea = "PARKING", FimType = "2/3ab" }) },
            "REQUIRED /service/own/externalId LEIKA_KEY_INVALID /service/own/leikaKeys/0 OZG_ID_INVALID /service/own/ozgIds/0 SUBJECT_AREA_UNKNOWN /service/own/subjectArea FIM_TYPE_INVALID /service/own/fimType"),
        ["seller"] = (Good with { SellerId = Supplier }, "SELLER_UNKNOWN /sellerId"),
        ["words"] = (Good with { ConnectionTypes = ["XTA", "XTA", ""] }, "DUPLICATE /connectionTypes/1 REQUIRED /connectionTypes/2"),
        ["words alike in another Unicode form"] = (Good with { SpecialistApplications = ["Äkte", "A\u0308kte"] }, "DUPLICATE /specialistApplications/1"),
        ["maturity model"] = (Good with { Maturity = new Maturity("3.0", 1) }, "MATURITY_MODEL_UNKNOWN /maturity/modelVersion"),
        ["maturity level"] = (Good with { Maturity = new Maturity("1.1", 5) }, "MATURITY_LEVEL_OUT_OF_RANGE /maturity/level"),
        ["broker plan missing"] = (Good with { ProvisioningMode = ProvisioningMode.Automatic }, "BROKER_PLAN_MISSING /brokerPlan"),
        ["broker plan unused"] = (Good with { BrokerPlan = new BrokerPlan("s", "p") }, "BROKER_PLAN_UNUSED /brokerPlan"),
        ["broker plan"] = (Good with { ProvisioningMode = ProvisioningMode.Automatic, BrokerPlan = new BrokerPlan("s", "") }, "REQUIRED /brokerPlan/planId"),
        ["negative price"] = (Good with { Prices = [OfferStory.Year(-1m)] }, "AMOUNT_NEGATIVE /prices/0/flat/amount"),
        ["prices alike"] = (Good with { Prices = [OfferStory.Year(1m), OfferStory.Year(2m)] }, "PRICE_CODE_DUPLICATE /prices/1/flat/code"),
        ["overlapping tiers"] = (Good with { Prices = [Tiered(new PriceTier(10, 1m), new PriceTier(10, 2m), new PriceTier(null, 3m))] }, "TIERS_NOT_ASCENDING /prices/0/tiered/tiers/1/upTo"),
        ["tiers that end"] = (Good with { Prices = [Tiered(new PriceTier(10, 1m), new PriceTier(20, 2m))] }, "LAST_TIER_NOT_OPEN /prices/0/tiered/tiers/1/upTo"),
        ["too many prices"] = (Good with { Prices = [.. Enumerable.Range(0, 51).Select(i => OfferStory.Year(1m, $"c{i}"))] }, "PRICE_ENTRIES_TOO_MANY /prices"),
        ["terms"] = (Good with { TermsDocumentIds = [Supplier] }, "TERMS_UNKNOWN /termsDocumentIds/0"),
        ["document"] = (Good with { Documents = [new NamedDocument(DocumentKind.Other, "", new string('b', 64))] }, "REQUIRED /documents/0/title DOCUMENT_UNKNOWN /documents/0/sha256"),
        ["contact"] = (Good with { Contacts = [new ContactData("", "erika", new string('1', 51), ContactPurpose.General)] }, "REQUIRED /contacts/0/name EMAIL_INVALID /contacts/0/email TOO_LONG /contacts/0/phone"),
        ["months"] = (Good with { MinimumTermMonths = -1, NoticePeriodMonths = 121 }, "MONTHS_OUT_OF_RANGE /minimumTermMonths MONTHS_OUT_OF_RANGE /noticePeriodMonths"),
        ["version of what is not there"] = (Good with { ExpectedVersion = 1 }, "STALE_VERSION /expectedVersion"),
    };

    private static TieredPrice Tiered(params PriceTier[] tiers) =>
        new() { Code = "tiers", Label = "Staffel", Period = BillingPeriod.Year, Taxes = [new(TaxTreatment.Standard)], Basis = QuantityBasis.Inhabitants, Graduated = true, Tiers = tiers };
}
