using System.Globalization;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>The year can no longer be reached by changes of fees.</summary>
/// <param name="Deadline">The last day on which it could.</param>
/// <param name="NextEffectiveYear">The first year that still can.</param>
public sealed record DeadlinePassed(IReadOnlyList<string> Path, DateOnly Deadline, int NextEffectiveYear) : Refusal(BillingRefusals.DeadlinePassed, Path);

/// <summary>Why a billing run, a change of fees or of an invoice is refused, and why a buyer cannot be billed.</summary>
public static class BillingRefusals
{
    public static readonly ErrorCode YearOutOfRange = ErrorCode.Refusal("YEAR_OUT_OF_RANGE",
        "Abgerechnet wird ein Jahr von {0} bis {1}.", "A year from {0} to {1} can be billed.");

    public static readonly ErrorCode IssueOutOfRange = ErrorCode.Refusal("ISSUE_OUT_OF_RANGE",
        "Das Rechnungsdatum liegt zwischen heute und {0}.", "The date of issue lies between today and {0}.");

    public static readonly ErrorCode DueBeforeIssue = ErrorCode.Refusal("DUE_BEFORE_ISSUE",
        "Fällig ist frühestens am Rechnungsdatum.", "Due on the date of issue at the earliest.");

    public static readonly ErrorCode InvoiceCancelled = ErrorCode.Refusal("INVOICE_CANCELLED",
        "Die Rechnung ist storniert oder durch eine korrigierte ersetzt.", "The invoice is cancelled: credited in full, or replaced by a correction.");

    public static readonly ErrorCode PaymentNotPositive = ErrorCode.Refusal("PAYMENT_NOT_POSITIVE",
        "Ein Zahlungseingang ist größer als 0.", "A payment is above 0.");

    public static readonly ErrorCode PaymentOfCreditNote = ErrorCode.Refusal("PAYMENT_OF_CREDIT_NOTE",
        "Auf eine Rechnungskorrektur wird nicht gezahlt; sie wird mit ihrer Rechnung verrechnet.", "Nothing is paid on a credit note; it is set off against its invoice.");

    public static readonly ErrorCode ReceivedInFuture = ErrorCode.Refusal("RECEIVED_IN_FUTURE",
        "Der Zahlungseingang liegt in der Zukunft.", "The payment would be received in the future.");

    public static readonly ErrorCode ReferenceUnknown = ErrorCode.Refusal("REFERENCE_UNKNOWN",
        "Der Verwendungszweck nennt nicht die Rechnung {0}.", "The reference does not name invoice {0}.");

    public static readonly ErrorCode ResponseOutOfOrder = ErrorCode.Refusal("RESPONSE_OUT_OF_ORDER",
        "Auf {0} folgt nur: {1}.", "{0} can be followed by these only: {1}.");

    public static readonly ErrorCode CreditOfCreditNote = ErrorCode.Refusal("CREDIT_OF_CREDIT_NOTE",
        "Eine Rechnungskorrektur wird nicht selbst korrigiert.", "A credit note is never credited itself.");

    public static readonly ErrorCode QuantityNotPositive = ErrorCode.Refusal("QUANTITY_NOT_POSITIVE",
        "Die Menge ist größer als 0.", "The quantity is above 0.");

    public static readonly ErrorCode LineUnknown = ErrorCode.Refusal("LINE_UNKNOWN",
        "Die Rechnung hat keine Position dieser Nummer.", "The invoice has no line at this position.");

    public static readonly ErrorCode CreditExceedsLine = ErrorCode.Refusal("CREDIT_EXCEEDS_LINE",
        "Von der Position ist nur noch die Menge {0} nicht korrigiert.", "Only a quantity of {0} of the line is not credited yet.");

    public static readonly ErrorCode CreditTooSmall = ErrorCode.Refusal("CREDIT_TOO_SMALL",
        "Die Menge ist weniger als einen Cent wert.", "The quantity is worth less than a cent.");

    public static readonly ErrorCode CorrectionOfCreditNote = ErrorCode.Refusal("CORRECTION_OF_CREDIT_NOTE",
        "Ersetzt werden nur Rechnungen, keine Rechnungskorrekturen.", "Only invoices are replaced, not credit notes.");

    public static readonly ErrorCode CorrectionOfCredited = ErrorCode.Refusal("CORRECTION_OF_CREDITED",
        "Eine Rechnung, zu der es schon Rechnungskorrekturen gibt, wird nicht ersetzt.", "An invoice that was credited in part is not replaced.");

    public static readonly ErrorCode DeadlinePassed = ErrorCode.Refusal("DEADLINE_PASSED",
        "Für dieses Jahr ist die Frist für Entgeltänderungen abgelaufen.", "The deadline for changes of fees for this year has passed.");

    public static readonly ErrorCode FeeYearOutOfRange = ErrorCode.Refusal("FEE_YEAR_OUT_OF_RANGE",
        "Entgelte gelten ab einem Jahr von {0} bis {1}.", "Fees take effect in a year from {0} to {1}.");

    public static readonly ErrorCode YearBilled = ErrorCode.Refusal("YEAR_BILLED",
        "{0} oder ein späteres Jahr ist schon abgerechnet.", "{0} or a later year is billed already.");

    public static readonly ErrorCode InvoiceRuleBroken = ErrorCode.Refusal("INVOICE_RULE_BROKEN",
        "Die Rechnung verletzte eine Regel; welche und was zu berichtigen ist, steht dabei.", "The invoice would break a rule; which one and what to mend stands beside it.");

    internal static InvalidState Cancelled() => new(InvoiceCancelled, ["input", "invoiceId"], ApiName.Of(PaymentState.Cancelled), []);

    /// <summary>An invoice is never dated back, and not beyond the next year.</summary>
    internal static Invalid? AgainstIssueOn(DateOnly issueOn, DateOnly today)
    {
        DateOnly last = new(today.Year + 1, 12, 31);
        return issueOn >= today && issueOn <= last ? null : new Invalid(IssueOutOfRange, ["input", "issueOn"]) { Values = [last.ToString("O", CultureInfo.InvariantCulture)] };
    }
}
