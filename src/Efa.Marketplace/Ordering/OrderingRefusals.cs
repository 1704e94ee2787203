using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Ordering;

/// <summary>The organisation may not order this offer in-house.</summary>
public sealed record NotEligible(Eligibility Eligibility) : Refusal(OrderingRefusals.NotEligible, ["input", "orderedById"]);

/// <summary>The order does not accept the documents that the offer asks for today.</summary>
public sealed record TermsNotAccepted(IReadOnlyList<Guid> RequiredDocumentIds) : Refusal(OrderingRefusals.TermsNotAccepted, ["input", "acceptedTerms"]);

/// <summary>The quote is not the one of today; the current one can be ordered at once.</summary>
/// <param name="Quoted">Gross sum of the first year as it was quoted; null where no valid quote has that hash.</param>
public sealed record PriceChanged(decimal? Quoted, Quote CurrentQuote, PricingBasis Basis) : Refusal(OrderingRefusals.PriceChanged, ["input", "quoteHash"]);

/// <summary>The terms of that hash are not the newest; the current ones can be consented to at once.</summary>
public sealed record AgreedTermsChanged(IReadOnlyList<string> Path, AgreedTerms CurrentTerms) : Refusal(OrderingRefusals.AgreedTermsChanged, Path);

/// <summary>Why orders are refused.</summary>
public static class OrderingRefusals
{
    public static readonly ErrorCode NotEligible = ErrorCode.Refusal("NOT_ELIGIBLE",
        "Die Organisation darf dieses Angebot nicht inhouse bestellen.", "The organisation may not order this offer in-house.");

    public static readonly ErrorCode TermsNotAccepted = ErrorCode.Refusal("TERMS_NOT_ACCEPTED",
        "Die heute geltenden Bedingungen sind nicht alle angenommen.", "The terms in force today are not all accepted.");

    public static readonly ErrorCode PriceChanged = ErrorCode.Refusal("PRICE_CHANGED",
        "Der Preis ist nicht der des Angebots von heute.", "The price is not the one of today's quote.");

    public static readonly ErrorCode OfferNotOrderable = ErrorCode.Refusal("OFFER_NOT_ORDERABLE",
        "Das Angebot nimmt im Zustand {0} keine Bestellungen an.", "The offer takes no orders in state {0}.");

    public static readonly ErrorCode OfferNotDirect = ErrorCode.Refusal("OFFER_NOT_DIRECT",
        "Dieses Angebot wird erst abgestimmt und dann bestellt.", "This offer is coordinated before it is ordered.");

    public static readonly ErrorCode OfferNotCoordinated = ErrorCode.Refusal("OFFER_NOT_COORDINATED",
        "Dieses Angebot wird ohne Abstimmung direkt bestellt.", "This offer is ordered directly, without coordination.");

    public static readonly ErrorCode InterestOpen = ErrorCode.Refusal("INTEREST_OPEN",
        "Für dieses Angebot und diese Nutzer läuft schon die Bestellung {0}.", "For this offer and these users there is order {0} already.");

    public static readonly ErrorCode AgreedTermsChanged = ErrorCode.Refusal("AGREED_TERMS_CHANGED",
        "Das Abstimmungsergebnis ist ein anderes als das mit diesem Hash.", "The agreed terms are not those of this hash.");

    public static readonly ErrorCode StartOutOfRange = ErrorCode.Refusal("START_OUT_OF_RANGE",
        "Der Beginn liegt zwischen heute und {0}.", "The start lies between today and {0}.");

    public static readonly ErrorCode BillToNotAllowed = ErrorCode.Refusal("BILL_TO_NOT_ALLOWED",
        "Eine Rechnung geht nur an Organisationen, für die Sie handeln.", "Only an organisation that you act for can be billed.");

    public static readonly ErrorCode UserNotAllowed = ErrorCode.Refusal("USER_NOT_ALLOWED",
        "Nutzen können es nur die Bestellerin selbst, ihre Klienten und, wo ein solcher selbst bündelt, dessen Klienten.",
        "Only the orderer itself, its clients and, where one of these is an aggregator itself, the clients of that one can use what is ordered.");

    public static readonly ErrorCode FeeTaxesUnknown = ErrorCode.Refusal("FEE_TAXES_UNKNOWN",
        "Die Preise des Angebots sagen nicht einheitlich, wie ein vereinbartes Entgelt zu versteuern ist.", "The offer's prices do not say alike how an agreed fee is taxed.");

    public static readonly ErrorCode UsageYearOutOfRange = ErrorCode.Refusal("USAGE_YEAR_OUT_OF_RANGE",
        "Gemeldet werden Vorgänge eines Jahres von {0} bis {1}.", "Uses are reported of a year from {0} to {1}.");

    public static readonly ErrorCode UsageBilled = ErrorCode.Refusal("USAGE_BILLED",
        "Die Vorgänge dieses Jahres sind schon abgerechnet.", "The uses of this year are billed already.");

    public static readonly ErrorCode ActiveBeforeStart = ErrorCode.Refusal("ACTIVE_BEFORE_START",
        "Betriebsbeginn ist frühestens der vereinbarte Beginn, der {0}.", "It can be active from the agreed start on, {0}.");

    public static readonly ErrorCode ApproverNotAnother = ErrorCode.Refusal("APPROVER_NOT_ANOTHER",
        "Freigeben kann nur, wer weder bestellt noch schon freigegeben hat.", "Only who has neither placed the order nor approved it already can approve it.");

    public static readonly ErrorCode TerminationTooEarly = ErrorCode.Refusal("TERMINATION_TOO_EARLY",
        "Mit Mindestlaufzeit und Kündigungsfrist endet die Bestellung frühestens am {0}.", "With its minimum term and notice the order ends on {0} at the earliest.");

    public static readonly ErrorCode NotANoticeDay = ErrorCode.Refusal("NOT_A_NOTICE_DAY",
        "Zu diesem Tag kann nicht gekündigt werden; der nächste mögliche ist der {0}.", "Notice cannot be given to this day; the next possible one is {0}.");
}
