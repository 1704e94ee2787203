using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Organisations;

/// <summary>Why an organisation may, or may not, order from a seller.</summary>
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

    public static readonly ErrorCode AmountInvalid = ErrorCode.Refusal("AMOUNT_INVALID",
        "Ein Betrag ist nicht negativ und hat höchstens 2 Nachkommastellen.", "An amount is not negative and has at most 2 decimal places.");

    public static readonly ErrorCode ApprovalsOutOfRange = ErrorCode.Refusal("APPROVALS_OUT_OF_RANGE",
        "1 bis {0} Freigaben.", "1 to {0} approvals.");
}
