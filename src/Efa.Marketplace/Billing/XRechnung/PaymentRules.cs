using System.Text.RegularExpressions;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for payment.</summary>
internal static partial class PaymentRules
{
    public static readonly InvoiceRule Missing = new("BR-DE-1", RuleSubject.Invoice, "payment",
        "Angaben zur Zahlung fehlen (BG-16).", "There are no payment instructions (BG-16).");

    public static readonly InvoiceRule Code = new("BR-CL-16", RuleSubject.Invoice, "payment",
        "Unbekannter Zahlungsweg: {0}.", "Unknown means of payment: {0}.")
    { AlsoBreaks = ["BR-49"] };

    public static readonly InvoiceRule Debit = new("PEPPOL-EN16931-R061", RuleSubject.Invoice, "payment",
        "Ohne Mandat wird nicht abgebucht.", "There is no direct debit without a mandate.")
    { AlsoBreaks = ["BR-DE-25-a"] };

    public static readonly InvoiceRule Account = new("BR-61", RuleSubject.Seller, "iban",
        "Dem Anbieter fehlt die IBAN (BT-84).", "The seller has no IBAN (BT-84).")
    { AlsoBreaks = ["BR-DE-23-a", "BR-50"] };

    public static readonly InvoiceRule Iban = new("BR-DE-19", RuleSubject.Seller, "iban",
        "{0} ist keine IBAN mit richtigen Prüfziffern.", "{0} is no IBAN with right check digits.");

    public static readonly InvoiceRule BicForm = new("EFA-BIC", RuleSubject.Seller, "bic",
        "{0} ist kein BIC.", "{0} is no BIC.");

    public static readonly InvoiceRule Discount = new("BR-DE-18", RuleSubject.Invoice, "paymentTerms",
        "Eine Zeile der Zahlungsbedingungen, die mit # beginnt, hat die Form #SKONTO#TAGE=14#PROZENT=2.00# und endet mit einem Zeilenumbruch.",
        "A line of the payment terms that begins with # has the form #SKONTO#TAGE=14#PROZENT=2.00# and ends with a line break.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        if (invoice.Payment is not { } payment)
        {
            yield return Missing.Broken();
        }
        else
        {
            if (payment.Code == PaymentMeans.SepaDebit) yield return Debit.Broken();
            else if (payment.Code is not (PaymentMeans.Transfer or PaymentMeans.SepaTransfer or PaymentMeans.SetOff)) yield return Code.Broken(payment.Code);
            if (string.IsNullOrWhiteSpace(payment.Iban))
            {
                if (payment.Code is PaymentMeans.Transfer or PaymentMeans.SepaTransfer) yield return Account.Broken();
            }
            // Spaces are for paper: the account must be written without.
            else if (!Organisations.Iban.TryParse(payment.Iban, out string written) || written != payment.Iban)
            {
                yield return Iban.Broken(payment.Iban);
            }
            if (!string.IsNullOrWhiteSpace(payment.Bic) && !BicPattern().IsMatch(payment.Bic)) yield return BicForm.Broken(payment.Bic);
        }
        if (!AreTerms(invoice.PaymentTerms ?? "")) yield return Discount.Broken();
    }

    private static bool AreTerms(string terms)
    {
        string[] lines = terms.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].TrimEnd('\r');
            bool ends = i < lines.Length - 1;
            if (line.TrimStart().StartsWith('#') && !(ends && DiscountLine().IsMatch(line))) return false;
        }
        return true;
    }

    [GeneratedRegex(@"\A#SKONTO#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#\z", RegexOptions.CultureInvariant)]
    private static partial Regex DiscountLine();

    [GeneratedRegex(@"\A[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex BicPattern();
}
