using System.Globalization;
using System.Text.RegularExpressions;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What is wrong with a row: a pure function of the row and of what it refers to. Paths begin at the row.</summary>
public static partial class OfferRowCheck
{
    public const int MostWords = 50;
    public const int MostDocuments = 50;
    public const int MostContacts = 20;
    public const int MostKeys = 500;
    public const int MostMonths = 120;

    private static readonly Dictionary<string, int> HighestLevels = new(StringComparer.Ordinal) { ["1.1"] = 4, ["2.0"] = 7 };

    public static IReadOnlyList<Invalid> Faults(OfferRow row, OfferReferences references) =>
    [
        .. Here(InputCheck.Text(row.ExternalId, Offer.ExternalIdLength, "externalId")),
        .. Here(InputCheck.Name(row.Title, OfferContent.TitleLength, "title")),
        .. Here(InputCheck.Text(row.Summary, OfferContent.SummaryLength, "summary")),
        .. Here(InputCheck.OptionalText(row.Description, OfferContent.DescriptionLength, "description")),
        .. Service(row.Service, references),
        .. references.Sellers.Contains(row.SellerId) ? [] : Fault(ImportRefusals.SellerUnknown, "sellerId"),
        .. row.ImplementingState is { } state && FederalStates.Of(state) is null ? Fault(ImportRefusals.StateUnknown, "implementingState") : [],
        .. Codes(row.AvailableIn, FederalStates.All.Count, code => FederalStates.Of(code) is not null, ImportRefusals.StateUnknown, "availableIn"),
        .. Words(row.ConnectionTypes, "connectionTypes"),
        .. Words(row.SpecialistApplications, "specialistApplications"),
        .. Maturity(row.Maturity),
        .. Provisioning(row.ProvisioningMode, row.BrokerPlan),
        .. PriceCheck.Problems(row.Prices).Select(problem => new Invalid(ErrorCodes.Named(problem.Code), PathOf(problem, row.Prices))),
        .. Terms(row, references),
        .. Documents(row.Documents, references),
        .. Contacts(row.Contacts),
        .. Months(row.MinimumTermMonths, "minimumTermMonths"),
        .. Months(row.NoticePeriodMonths, "noticePeriodMonths"),
        .. references.Offers.TryGetValue(row.ExternalId, out StandingOffer? standing) ? Against(standing.Offer, row, references)
            : row.ExpectedVersion is not null ? Fault(OperationsRefusals.StaleVersion, "expectedVersion") : [],
    ];

    /// <summary>The service that a row means; null where it names none, or one that is still to be made.</summary>
    public static Service? ServiceOf(ServiceRow row, OfferReferences references) => row switch
    {
        { Id: { } id } => references.Services.GetValueOrDefault(id),
        { LeikaKey: { } key } => references.ServicesByLeikaKey[key].Take(2).ToArray() is [var only] ? references.Services[only] : null,
        { Own: { } own } => references.OwnServices.GetValueOrDefault(own.ExternalId),
        _ => null,
    };

    private static IEnumerable<Invalid> Against(Offer offer, OfferRow row, OfferReferences references)
    {
        if (offer.State == OfferState.Retired) yield return new Invalid(ImportRefusals.OfferRetired, ["externalId"]);
        if (row.ExpectedVersion is { } expected && expected != offer.Version) yield return new Invalid(OperationsRefusals.StaleVersion, ["expectedVersion"]);
        if (row.SellerId != offer.SellerId) yield return new Invalid(ImportRefusals.SellerFixed, ["sellerId"]);
        Service? service = ServiceOf(row.Service, references);
        bool isNew = row.Service.Own is not null && service is null;
        if (isNew || (service is not null && service.Id != offer.ServiceId)) yield return new Invalid(ImportRefusals.ServiceFixed, ["service"]);
    }

    private static IEnumerable<Invalid> Service(ServiceRow row, OfferReferences references) => row switch
    {
        { Id: { } id } => references.Services.ContainsKey(id) ? [] : Fault(ImportRefusals.ServiceUnknown, "service", "id"),
        { LeikaKey: { } key } when !LeikaKey.IsValid(key) => Fault(ImportRefusals.LeikaKeyInvalid, "service", "leikaKey"),
        { LeikaKey: { } key } => references.ServicesByLeikaKey[key].Count() switch
        {
            0 => Fault(ImportRefusals.ServiceUnknown, "service", "leikaKey"),
            1 => [],
            _ => Fault(ImportRefusals.ServiceAmbiguous, "service", "leikaKey"),
        },
        { Own: { } own } => Own(own),
        _ => Fault(OperationsRefusals.Required, "service"),
    };

    private static IEnumerable<Invalid> Own(OwnServiceRow own) =>
    [
        .. Here(InputCheck.Text(own.ExternalId, Offer.ExternalIdLength, "service", "own", "externalId")),
        .. Here(InputCheck.Name(own.Name, Organisation.NameLength, "service", "own", "name")),
        .. Codes(own.LeikaKeys, MostKeys, LeikaKey.IsValid, ImportRefusals.LeikaKeyInvalid, "service", "own", "leikaKeys"),
        .. Codes(own.OzgIds, MostKeys, OzgId.IsValid, ImportRefusals.OzgIdInvalid, "service", "own", "ozgIds"),
        .. own.SubjectArea is { } area && SubjectAreas.Of(area) is null ? Fault(ImportRefusals.SubjectAreaUnknown, "service", "own", "subjectArea") : [],
        .. own.FimType is { } type && !FimType().IsMatch(type) ? Fault(ImportRefusals.FimTypeInvalid, "service", "own", "fimType") : [],
    ];

    private static IEnumerable<Invalid> Codes(IReadOnlyList<string> codes, int most, Func<string, bool> isValid, ErrorCode invalid, params string[] path) =>
    [
        .. Here(InputCheck.Distinct(codes, most, path)),
        .. codes.Index().Take(most).Where(c => !isValid(c.Item)).Select(c => new Invalid(invalid, [.. path, At(c.Index)])),
    ];

    private static IEnumerable<Invalid> Words(IReadOnlyList<string> words, string field) =>
    [
        .. Here(InputCheck.Distinct([.. words.Select(w => w.Normalize())], MostWords, field)),
        .. words.Index().Take(MostWords).SelectMany(w => Here(InputCheck.Name(w.Item, OfferFacets.ColumnLength, field, At(w.Index)))),
    ];

    private static IEnumerable<Invalid> Maturity(Maturity? maturity)
    {
        if (maturity is null) yield break;
        if (!HighestLevels.TryGetValue(maturity.ModelVersion, out int highest)) yield return new Invalid(ImportRefusals.MaturityModelUnknown, ["maturity", "modelVersion"]);
        else if (maturity.Level < 0 || maturity.Level > highest) yield return new Invalid(ImportRefusals.MaturityLevelOutOfRange, ["maturity", "level"]) { Values = [highest] };
    }

    private static IEnumerable<Invalid> Provisioning(ProvisioningMode mode, BrokerPlan? plan) => (mode, plan) switch
    {
        (ProvisioningMode.Automatic, null) => Fault(ImportRefusals.BrokerPlanMissing, "brokerPlan"),
        (ProvisioningMode.Manual, not null) => Fault(ImportRefusals.BrokerPlanUnused, "brokerPlan"),
        (_, { } named) => [.. Here(InputCheck.Text(named.ServiceId, BrokerPlan.IdLength, "brokerPlan", "serviceId")), .. Here(InputCheck.Text(named.PlanId, BrokerPlan.IdLength, "brokerPlan", "planId"))],
        _ => [],
    };

    private static IEnumerable<Invalid> Terms(OfferRow row, OfferReferences references)
    {
        foreach (Invalid fault in Here(InputCheck.Distinct(row.TermsDocumentIds, MostDocuments, "termsDocumentIds"))) yield return fault;
        foreach ((int i, Guid id) in row.TermsDocumentIds.Index().Take(MostDocuments))
            if (!references.Terms.TryGetValue(id, out TermsDocument? terms) || (terms.OwnerId != row.SellerId && terms.OwnerId != references.SupplierId))
                yield return new Invalid(ImportRefusals.TermsUnknown, ["termsDocumentIds", At(i)]);
    }

    private static IEnumerable<Invalid> Documents(IReadOnlyList<NamedDocument> documents, OfferReferences references)
    {
        foreach (Invalid fault in Here(InputCheck.Distinct([.. documents.Select(d => (d.Kind, d.Title, d.Sha256))], MostDocuments, "documents"))) yield return fault;
        foreach ((int i, NamedDocument document) in documents.Index().Take(MostDocuments))
        {
            foreach (Invalid fault in Here(InputCheck.Name(document.Title, OfferContent.TitleLength, "documents", At(i), "title"))) yield return fault;
            if (!references.Documents.Contains(document.Sha256)) yield return new Invalid(CatalogRefusals.DocumentUnknown, ["documents", At(i), "sha256"]);
        }
    }

    private static IEnumerable<Invalid> Contacts(IReadOnlyList<ContactData> contacts)
    {
        if (contacts.Count > MostContacts) yield return new Invalid(OperationsRefusals.TooMany, ["contacts"]) { Values = [MostContacts] };
        foreach ((int i, ContactData contact) in contacts.Index().Take(MostContacts))
            foreach (Invalid fault in Here(MasterData.Contact(contact, "contacts", At(i))))
                yield return fault;
    }

    private static IEnumerable<Invalid> Months(int? months, string field)
    {
        if (months is < 0 or > MostMonths) yield return new Invalid(ImportRefusals.MonthsOutOfRange, [field]) { Values = [MostMonths] };
    }

    /// <summary>A price is given under the name of its kind: prices, 0, flat, amount.</summary>
    private static string[] PathOf(PriceProblem problem, IReadOnlyList<PriceComponent> prices) => problem.Path.Count == 0
        ? ["prices"]
        : ["prices", problem.Path[0], KindOf(prices[int.Parse(problem.Path[0], CultureInfo.InvariantCulture)]), .. problem.Path.Skip(1)];

    private static string KindOf(PriceComponent price) => price switch
    {
        FlatPrice => "flat",
        PerInhabitantPrice => "perInhabitant",
        TieredPrice => "tiered",
        PerUsePrice => "perUse",
        SharedCostPrice => "sharedCost",
        PackagePrice => "package",
        _ => throw new NotSupportedException($"{price.GetType().Name} has no name in uploads."),
    };

    private static Invalid[] Fault(ErrorCode code, params string[] path) => [new Invalid(code, path)];

    private static IEnumerable<Invalid> Here(IEnumerable<Refusal> refusals) => refusals.Cast<Invalid>();

    private static string At(int index) => index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[1-9](/[1-9])?[a-z]?\z")]
    private static partial Regex FimType();
}
