using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog;

/// <summary>Reasons and refusals of the catalogue.</summary>
public static class CatalogRefusals
{
    public static readonly ErrorCode NotAvailableInState = ErrorCode.Reason("NOT_AVAILABLE_IN_STATE",
        "Das Angebot gilt nicht im Land der Organisation.", "The offer is not available in the organisation's state.");

    public static readonly ErrorCode OtherOffer = ErrorCode.Reason("OTHER_OFFER",
        "Dieselbe Leistung als „{0}“.", "The same service as \"{0}\".");

    public static readonly ErrorCode OrganisationUnknown = ErrorCode.Refusal("ORGANISATION_UNKNOWN",
        "Diese Organisation gibt es nicht.", "There is no such organisation.");

    public static readonly ErrorCode ArsUnknown = ErrorCode.Refusal("ARS_UNKNOWN",
        "Zu diesem Regionalschlüssel ist keine Organisation bekannt.", "No organisation is known under this regional key.");

    public static readonly ErrorCode FourEyes = ErrorCode.Refusal("FOUR_EYES",
        "Veröffentlichen darf nur, wer die Fassung nicht selbst eingereicht hat.", "Only another caller than the one who submitted the version can publish it.");

    public static readonly ErrorCode PublishAtOutOfRange = ErrorCode.Refusal("PUBLISH_AT_OUT_OF_RANGE",
        "Veröffentlicht wird nach diesem Augenblick und vor Ablauf von {0} Jahren.", "Publication lies after this moment and within {0} years.");

    public static readonly ErrorCode DocumentUnknown = ErrorCode.Refusal("DOCUMENT_UNKNOWN",
        "Dieses Dokument ist nicht hochgeladen, oder nicht für Sie sichtbar.", "This document was not uploaded, or is not yours to see.");

    public static readonly ErrorCode ValidFromOutOfRange = ErrorCode.Refusal("VALID_FROM_OUT_OF_RANGE",
        "Gültig werden Bedingungen vom {0} bis zum {1}.", "Terms become valid from {0} to {1}.");

    public static readonly ErrorCode TermsSuperseded = ErrorCode.Refusal("TERMS_SUPERSEDED",
        "Diese Bedingungen sind schon abgelöst.", "These terms have been superseded already.");

    public static readonly ErrorCode TermsOfOtherKind = ErrorCode.Refusal("TERMS_OF_OTHER_KIND",
        "Abgelöst wird nur, was von derselben Art ist.", "Only terms of the same kind are superseded.");

    public static readonly ErrorCode YearsOutOfRange = ErrorCode.Refusal("YEARS_OUT_OF_RANGE", "1 bis 10 Jahre.", "1 to 10 years.");
}
