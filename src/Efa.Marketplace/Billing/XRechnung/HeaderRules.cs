using System.Collections.Frozen;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for what stands above the lines.</summary>
internal static class HeaderRules
{
    public static readonly InvoiceRule Number = new("BR-02", RuleSubject.Invoice, "number",
        "Die Rechnung hat keine Nummer.", "The invoice has no number.");

    public static readonly InvoiceRule DueBeforeIssue = new("EFA-DUE-DATE", RuleSubject.Invoice, "dueOn",
        "Fällig am {0}, vor dem Rechnungsdatum {1}.", "Due on {0}, before the date of issue {1}.");

    public static readonly InvoiceRule DueOrTerms = new("BR-CO-25", RuleSubject.Invoice, "dueOn",
        "Weder Fälligkeit noch Zahlungsbedingungen sind angegeben.", "There is neither a due date nor payment terms.");

    public static readonly InvoiceRule NoteSubject = new("BR-CL-08", RuleSubject.Invoice, "notes",
        "Unbekannte Art des Hinweises: {0}.", "Unknown subject of a note: {0}.");

    public static readonly InvoiceRule NoteText = new("PEPPOL-EN16931-R008", RuleSubject.Invoice, "notes",
        "Ein Hinweis hat keinen Text.", "A note has no text.");

    public static readonly InvoiceRule PeriodMissing = new("BR-DE-TMP-32", RuleSubject.Invoice, "periodFrom",
        "Der Leistungszeitraum fehlt (§ 14 Abs. 4 Nr. 6 UStG).", "The period of service is missing (§ 14 (4) no. 6 UStG).");

    public static readonly InvoiceRule PeriodReversed = new("BR-29", RuleSubject.Invoice, "periodTo",
        "Der Leistungszeitraum endet vor seinem Beginn.", "The period of service ends before it begins.");

    public static readonly InvoiceRule CreditReference = new("EFA-CREDIT-REFERENCE", RuleSubject.Invoice, "corrects",
        "Eine Rechnungskorrektur nennt die Rechnung, die sie korrigiert (§ 31 Abs. 5 UStDV).", "A credit note names the invoice that it credits (§ 31 (5) UStDV).");

    public static readonly InvoiceRule CorrectionReference = new("BR-DE-26", RuleSubject.Invoice, "corrects",
        "Eine korrigierte Rechnung nennt die Rechnung, die sie ersetzt.", "A corrected invoice names the invoice that it replaces.");

    public static readonly InvoiceRule ReferenceNumber = new("BR-55", RuleSubject.Invoice, "corrects.number",
        "Die korrigierte Rechnung ist ohne Nummer genannt.", "The corrected invoice is named without its number.");

    public static readonly InvoiceRule ReferenceDate = new("EFA-REFERENCE-DATE", RuleSubject.Invoice, "corrects.issuedOn",
        "Die korrigierte Rechnung ist vom {0}, also jünger als diese.", "The corrected invoice is of {0}, later than this one.");

    public static readonly InvoiceRule ReferenceToItself = new("EFA-REFERENCE-ITSELF", RuleSubject.Invoice, "corrects.number",
        "Die Rechnung nennt sich selbst als die korrigierte.", "The invoice names itself as the corrected one.");

    private static readonly FrozenSet<string> NoteSubjects = new[] { "AAI", "AAJ", "ACB", "ACD", "PMT", "REG", "SUR", "TXD" }.ToFrozenSet(StringComparer.Ordinal);

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        if (string.IsNullOrWhiteSpace(invoice.Number)) yield return Number.Broken();
        if (invoice.DueOn < invoice.IssuedOn) yield return DueBeforeIssue.Broken(invoice.DueOn, invoice.IssuedOn);
        if (invoice.DueOn is null && string.IsNullOrWhiteSpace(invoice.PaymentTerms)) yield return DueOrTerms.Broken();
        foreach (DocumentNote note in invoice.Notes)
        {
            if (!NoteSubjects.Contains(note.Subject)) yield return NoteSubject.Broken(note.Subject);
            if (string.IsNullOrWhiteSpace(note.Text)) yield return NoteText.Broken();
        }
        if (invoice.Period is null && invoice.Lines.Any(l => l.Period is null)) yield return PeriodMissing.Broken();
        if (invoice.Period is { } period && period.To < period.From) yield return PeriodReversed.Broken();
        foreach (RuleBreach breach in References(invoice)) yield return breach;
    }

    private static IEnumerable<RuleBreach> References(EInvoice invoice)
    {
        if (invoice.Corrects is not { } corrected)
        {
            if (invoice.Kind == InvoiceKind.CreditNote) yield return CreditReference.Broken();
            if (invoice.Kind == InvoiceKind.Correction) yield return CorrectionReference.Broken();
            yield break;
        }
        if (string.IsNullOrWhiteSpace(corrected.Number)) yield return ReferenceNumber.Broken();
        else if (corrected.Number == invoice.Number) yield return ReferenceToItself.Broken();
        if (corrected.IssuedOn > invoice.IssuedOn) yield return ReferenceDate.Broken(corrected.IssuedOn);
    }
}
