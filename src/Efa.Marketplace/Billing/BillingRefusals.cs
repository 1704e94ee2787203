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

    public static readonly ErrorCode InvoiceRuleBroken = ErrorCode.Reason("INVOICE_RULE_BROKEN",
        "Die Rechnung verletzte eine Regel; welche und was zu berichtigen ist, steht dabei.", "The invoice would break a rule; which one and what to mend stands beside it.");
}
