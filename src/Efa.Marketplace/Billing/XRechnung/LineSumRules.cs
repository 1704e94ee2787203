namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for the net of each line.</summary>
internal static class LineSumRules
{
    public static readonly InvoiceRule Decimals = new("BR-DEC-23", RuleSubject.Line, "net",
        "Der Betrag der Position hat mehr als zwei Nachkommastellen.", "The line's amount has more than two decimal places.");

    // The official rule tolerates 2 cents and only warns.
    public static readonly InvoiceRule Net = new("PEPPOL-EN16931-R120", RuleSubject.Line, "net",
        "Menge × Preis ist {0}, die Position sagt {1}.", "Quantity × price is {0}, the line says {1}.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        foreach (EInvoiceLine line in invoice.Lines)
        {
            if (Math.Round(line.Net, 2) != line.Net) yield return Decimals.BrokenBy(line);
            else if (line.BaseQuantity > 0 && line.ComputedNet() is var net && net != line.Net) yield return Net.BrokenBy(line, net, line.Net);
        }
    }
}
