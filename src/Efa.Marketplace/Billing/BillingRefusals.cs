using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>Why a billing run is refused, and why a buyer cannot be billed.</summary>
public static class BillingRefusals
{
    public static readonly ErrorCode YearOutOfRange = ErrorCode.Refusal("YEAR_OUT_OF_RANGE",
        "Abgerechnet wird ein Jahr von {0} bis {1}.", "A year from {0} to {1} can be billed.");

    public static readonly ErrorCode IssueOutOfRange = ErrorCode.Refusal("ISSUE_OUT_OF_RANGE",
        "Das Rechnungsdatum liegt zwischen heute und {0}.", "The date of issue lies between today and {0}.");

    public static readonly ErrorCode DueBeforeIssue = ErrorCode.Refusal("DUE_BEFORE_ISSUE",
        "Fällig ist frühestens am Rechnungsdatum.", "Due on the date of issue at the earliest.");

    public static readonly ErrorCode BuyerLeitwegIdMissing = ErrorCode.Reason("BUYER_LEITWEG_ID_MISSING",
        "Der Empfängerin fehlt die Leitweg-ID (BT-10).", "The buyer has no Leitweg-ID (BT-10).");

    public static readonly ErrorCode BuyerAddressMissing = ErrorCode.Reason("BUYER_ADDRESS_MISSING",
        "Der Empfängerin fehlt die Anschrift (§ 14 Abs. 4 Nr. 1 UStG).", "The buyer has no postal address (§ 14 (4) no. 1 UStG).");

    public static readonly ErrorCode BuyerElectronicAddressMissing = ErrorCode.Reason("BUYER_ELECTRONIC_ADDRESS_MISSING",
        "Der Empfängerin fehlt die elektronische Adresse (BT-49).", "The buyer has no electronic address (BT-49).");

    public static readonly ErrorCode SellerAddressMissing = ErrorCode.Reason("SELLER_ADDRESS_MISSING",
        "Dem Anbieter fehlt die Anschrift (§ 14 Abs. 4 Nr. 1 UStG).", "The seller has no postal address (§ 14 (4) no. 1 UStG).");

    public static readonly ErrorCode SellerElectronicAddressMissing = ErrorCode.Reason("SELLER_ELECTRONIC_ADDRESS_MISSING",
        "Dem Anbieter fehlt die elektronische Adresse (BT-34).", "The seller has no electronic address (BT-34).");

    public static readonly ErrorCode SellerTaxNumberMissing = ErrorCode.Reason("SELLER_TAX_NUMBER_MISSING",
        "Dem Anbieter fehlen Steuernummer und USt-IdNr. (§ 14 Abs. 4 Nr. 2 UStG).", "The seller has neither tax number nor VAT id (§ 14 (4) no. 2 UStG).");

    public static readonly ErrorCode SellerIbanMissing = ErrorCode.Reason("SELLER_IBAN_MISSING",
        "Dem Anbieter fehlt die IBAN (BT-84).", "The seller has no IBAN (BT-84).");

    public static readonly ErrorCode SellerContactMissing = ErrorCode.Reason("SELLER_CONTACT_MISSING",
        "Dem Anbieter fehlt ein Ansprechpartner mit Telefon und E-Mail (BG-6).", "The seller has no contact with phone and e-mail (BG-6).");
}
