using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>Why an organisation may, or may not, order from a seller; and what can be wrong with its master data, owners and accreditations.</summary>
public static class OrganisationsRefusals
{
    public static readonly ErrorCode SellerOwner = ErrorCode.Reason("SELLER_OWNER",
        "Die Organisation ist Trägerin des Anbieters (§ 108 Abs. 1, 4 GWB).", "The organisation owns the seller (§ 108 (1), (4) GWB).");

    public static readonly ErrorCode CooperationAgreement = ErrorCode.Reason("COOPERATION_AGREEMENT",
        "Mit dem Anbieter besteht eine Kooperationsvereinbarung (§ 108 Abs. 6 GWB).", "There is a cooperation agreement with the seller (§ 108 (6) GWB).");

    public static readonly ErrorCode Member = ErrorCode.Reason("MEMBER",
        "Die Organisation ist Mitglied des Anbieters (§ 108 Abs. 4 GWB).", "The organisation is a member of the seller (§ 108 (4) GWB).");

    public static readonly ErrorCode OwnerOfMember = ErrorCode.Reason("OWNER_OF_MEMBER",
        "Die Organisation ist Trägerin eines Mitglieds des Anbieters (§ 108 Abs. 2 GWB).", "The organisation owns a member of the seller (§ 108 (2) GWB).");

    public static readonly ErrorCode NotCustomer = ErrorCode.Reason("NOT_A_CUSTOMER",
        "Die Organisation hat weder die Rolle Kunde noch die einer bündelnden Organisation.", "The organisation is neither a customer nor an aggregator.");

    public static readonly ErrorCode NoInHouseRelation = ErrorCode.Reason("NO_INHOUSE_RELATION",
        "Zum Anbieter besteht kein Inhouse-Verhältnis (§ 108 GWB).", "There is no in-house relation to the seller (§ 108 GWB).");

    public static readonly ErrorCode NotAccredited = ErrorCode.Reason("NOT_ACCREDITED",
        "Die Organisation ist beim Anbieter nicht akkreditiert.", "The organisation is not accredited with the seller.");

    public static readonly ErrorCode AccreditationPending = ErrorCode.Reason("ACCREDITATION_PENDING",
        "Über die Akkreditierung ist noch nicht entschieden.", "The accreditation has not been decided yet.");

    public static readonly ErrorCode AccreditationNotGranted = ErrorCode.Reason("ACCREDITATION_NOT_GRANTED",
        "Die Akkreditierung ist abgelehnt, ausgesetzt oder widerrufen.", "The accreditation was rejected, suspended or revoked.");

    public static readonly ErrorCode AccreditationExpired = ErrorCode.Reason("ACCREDITATION_EXPIRED",
        "Die Akkreditierung gilt an diesem Tag nicht.", "The accreditation is not valid on this day.");

    public static readonly ErrorCode ThroughAggregator = ErrorCode.Reason("THROUGH_AGGREGATOR",
        "Bezug über {0}, bei der die Organisation Klient ist.", "Through {0}, of which the organisation is a client.");

    public static readonly ErrorCode ThroughState = ErrorCode.Reason("THROUGH_STATE",
        "Bezug über {0}.", "Through {0}.");

    public static readonly ErrorCode VatIdInvalid = ErrorCode.Refusal("VAT_ID_INVALID",
        "Das ist keine Umsatzsteuer-Identifikationsnummer: zwei Buchstaben des Landes, in Deutschland DE und 9 Ziffern.",
        "This is no VAT identification number: the country's two letters, in Germany DE and 9 digits.");

    public static readonly ErrorCode ElectronicAddressInvalid = ErrorCode.Refusal("ELECTRONIC_ADDRESS_INVALID",
        "Erwartet wird eine Adresse eines der Schemata 0204 (Leitweg-ID), EM (E-Mail), 9930 (USt-IdNr.), 9914 (UID) oder 0088 (GLN).",
        "Expected is an address of one of the schemes 0204 (Leitweg-ID), EM (mail), 9930 (German VAT id), 9914 (Austrian VAT id) or 0088 (GLN).");

    public static readonly ErrorCode EmailInvalid = ErrorCode.Refusal("EMAIL_INVALID",
        "Das ist keine E-Mail-Adresse.", "This is no mail address.");

    public static readonly ErrorCode CountryUnknown = ErrorCode.Refusal("COUNTRY_UNKNOWN",
        "Dieses Land gibt es nicht; erwartet werden zwei Buchstaben nach ISO 3166-1.", "There is no such country; expected are two letters of ISO 3166-1.");

    public static readonly ErrorCode OwnsItself = ErrorCode.Refusal("OWNS_ITSELF",
        "Eine Organisation ist nicht ihre eigene Trägerin.", "An organisation does not own itself.");

    public static readonly ErrorCode EndsBeforeBeginning = ErrorCode.Refusal("ENDS_BEFORE_BEGINNING",
        "Der letzte Tag liegt vor dem ersten.", "The last day is before the first.");

    public static readonly ErrorCode OwnershipOverlaps = ErrorCode.Refusal("OWNERSHIP_OVERLAPS",
        "In diesen Tagen ist die Beteiligung schon eingetragen.", "This ownership is recorded for these days already.");

    public static readonly ErrorCode NotSeller = ErrorCode.Refusal("NOT_A_SELLER",
        "Diese Organisation verkauft nichts auf dem Marktplatz.", "This organisation sells nothing on the marketplace.");

    public static readonly ErrorCode NotAggregator = ErrorCode.Refusal("NOT_AN_AGGREGATOR",
        "Diese Organisation bündelt nicht für andere.", "This organisation is no aggregator.");

    public static readonly ErrorCode ClientOfItself = ErrorCode.Refusal("CLIENT_OF_ITSELF",
        "Eine Organisation ist nicht ihr eigener Klient.", "An organisation is not its own client.");

    public static readonly ErrorCode AlreadyClient = ErrorCode.Refusal("ALREADY_CLIENT",
        "Die Organisation ist schon Klient dieser bündelnden Organisation.", "The organisation is a client of this aggregator already.");

    public static readonly ErrorCode ConsentAwaited = ErrorCode.Refusal("CONSENT_AWAITED",
        "Gefragt ist schon; nun ruft die andere Seite addClient auf.", "It is asked for already; now the other side calls addClient.");

    public static readonly ErrorCode RoleNotOpen = ErrorCode.Refusal("ROLE_NOT_OPEN",
        "Angemeldet wird hier nur als {0}.", "One is registered here only as {0}.");

    public static readonly ErrorCode ValidToPast = ErrorCode.Refusal("VALID_TO_PAST",
        "Der letzte Tag ist schon vorbei.", "The last day has passed.");

    public static readonly ErrorCode AmountInvalid = ErrorCode.Refusal("AMOUNT_INVALID",
        "Ein Betrag ist nicht negativ und hat höchstens 2 Nachkommastellen.", "An amount is not negative and has at most 2 decimal places.");

    public static readonly ErrorCode ApprovalsOutOfRange = ErrorCode.Refusal("APPROVALS_OUT_OF_RANGE",
        "1 bis {0} Freigaben.", "1 to {0} approvals.");
}
