namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for the sums of the whole invoice, to the cent.</summary>
internal static class TotalRules
{
    public static readonly InvoiceRule Lines = new("BR-CO-10", RuleSubject.Invoice, "net",
        "Die Positionen ergeben {0}, angegeben ist {1}.", "The lines add up to {0}, stated is {1}.");

    public static readonly InvoiceRule Allowances = new("BR-CO-11", RuleSubject.Invoice, "allowances",
        "Die Nachlässe ergeben {0}, angegeben ist {1}.", "The allowances add up to {0}, stated is {1}.");

    public static readonly InvoiceRule Net = new("BR-CO-13", RuleSubject.Invoice, "net",
        "Positionen ohne Nachlässe ergeben {0} netto, angegeben ist {1}.", "Lines less allowances are {0} net, stated is {1}.");

    public static readonly InvoiceRule Tax = new("BR-CO-14", RuleSubject.Invoice, "tax",
        "Die Steuerbeträge ergeben {0}, angegeben ist {1}.", "The tax amounts add up to {0}, stated is {1}.");

    public static readonly InvoiceRule Gross = new("BR-CO-15", RuleSubject.Invoice, "gross",
        "Netto und Steuer ergeben {0}, angegeben ist {1}.", "Net and tax are {0}, stated is {1}.");

    public static readonly InvoiceRule Payable = new("BR-CO-16", RuleSubject.Invoice, "gross",
        "Zu zahlen ist {0}, angegeben ist {1}.", "Payable is {0}, stated is {1}.");

    public static readonly InvoiceRule NothingPayable = new("EFA-NOTHING-PAYABLE", RuleSubject.Invoice, "gross",
        "Eine Rechnung über {0} wird nicht gestellt.", "There is no invoice for {0}.");

    public static readonly InvoiceRule LinesDecimals = Decimals("BR-DEC-09", "net", "BT-106");
    public static readonly InvoiceRule AllowancesDecimals = Decimals("BR-DEC-10", "allowances", "BT-107");
    public static readonly InvoiceRule NetDecimals = Decimals("BR-DEC-12", "net", "BT-109");
    public static readonly InvoiceRule TaxDecimals = Decimals("BR-DEC-13", "tax", "BT-110");
    public static readonly InvoiceRule GrossDecimals = Decimals("BR-DEC-14", "gross", "BT-112");
    public static readonly InvoiceRule PayableDecimals = Decimals("BR-DEC-18", "gross", "BT-115");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        DocumentTotals totals = invoice.Totals;
        (decimal Stated, decimal Right, InvoiceRule Sum, InvoiceRule Decimals)[] sums =
        [
            (totals.Lines, invoice.Lines.Sum(l => l.Net), Lines, LinesDecimals),
            (totals.Allowances, invoice.Allowances.Sum(a => a.Amount), Allowances, AllowancesDecimals),
            (totals.Net, totals.Lines - totals.Allowances, Net, NetDecimals),
            (totals.Tax, invoice.Taxes.Sum(t => t.Tax), Tax, TaxDecimals),
            (totals.Gross, totals.Net + totals.Tax, Gross, GrossDecimals),
            (totals.Payable, totals.Gross, Payable, PayableDecimals),
        ];
        foreach ((decimal stated, decimal right, InvoiceRule sum, InvoiceRule decimals) in sums)
        {
            if (stated != right) yield return sum.Broken(right, stated);
            if (Math.Round(stated, 2) != stated) yield return decimals.Broken();
        }
        if (totals.Payable <= 0) yield return NothingPayable.Broken(totals.Payable);
    }

    private static InvoiceRule Decimals(string id, string field, string term) => new(id, RuleSubject.Invoice, field,
        $"Ein Betrag ({term}) hat mehr als zwei Nachkommastellen.", $"An amount ({term}) has more than two decimal places.")
    { AlsoBreaks = ["UBL-DT-01"] };
}
