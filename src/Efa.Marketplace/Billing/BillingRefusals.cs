using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>The year can no longer be reached by changes of fees.</summary>
/// <param name="Deadline">The last day on which it could.</param>
/// <param name="NextEffectiveYear">The first year that still can.</param>
public sealed record DeadlinePassed(IReadOnlyList<string> Path, DateOnly Deadline, int NextEffectiveYear) : Refusal(BillingRefusals.DeadlinePassed, Path);

/// <summary>Why a billing run is refused, and why a buyer cannot be billed.</summary>
public static class BillingRefusals
{
    public static readonly ErrorCode YearOutOfRange = ErrorCode.Refusal("YEAR_OUT_OF_RANGE",
        "Abgerechnet wird ein Jahr von {0} bis {1}.", "A year from {0} to {1} can be billed.");

    public static readonly ErrorCode IssueOutOfRange = ErrorCode.Refusal("ISSUE_OUT_OF_RANGE",
        "Das Rechnungsdatum liegt zwischen heute und {0}.", "The date of issue lies between today and {0}.");

    public static readonly ErrorCode DueBeforeIssue = ErrorCode.Refusal("DUE_BEFORE_ISSUE",
        "Fällig ist frühestens am Rechnungsdatum.", "Due on the date of issue at the earliest.");

    public static readonly ErrorCode DeadlinePassed = ErrorCode.Refusal("DEADLINE_PASSED",
        "Für dieses Jahr ist die Frist für Entgeltänderungen abgelaufen.", "The deadline for changes of fees for this year has passed.");

    public static readonly ErrorCode FeeYearOutOfRange = ErrorCode.Refusal("FEE_YEAR_OUT_OF_RANGE",
        "Entgelte gelten ab einem Jahr von {0} bis {1}.", "Fees take effect in a year from {0} to {1}.");

    public static readonly ErrorCode YearBilled = ErrorCode.Refusal("YEAR_BILLED",
        "{0} oder ein späteres Jahr ist schon abgerechnet.", "{0} or a later year is billed already.");

    public static readonly ErrorCode InvoiceRuleBroken = ErrorCode.Reason("INVOICE_RULE_BROKEN",
        "Die Rechnung verletzte eine Regel; welche und was zu berichtigen ist, steht dabei.", "The invoice would break a rule; which one and what to mend stands beside it.");
}
