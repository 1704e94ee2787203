namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Rules for the size of numbers: what the store's columns hold.</summary>
internal static class RangeRules
{
    /// <summary>Amounts stay below it: 16 digits before the point.</summary>
    public const decimal AmountLimit = 10_000_000_000_000_000m;

    /// <summary>Quantities and prices stay below it: 12 digits before the point.</summary>
    public const decimal FactorLimit = 1_000_000_000_000m;

    public static readonly InvoiceRule OfLine = new("EFA-RANGE", RuleSubject.Line, "quantity",
        "Menge, Preis oder Betrag der Position ist zu groß.", "The line's quantity, price or amount is too large.");

    public static readonly InvoiceRule OfInvoice = new("EFA-RANGE", RuleSubject.Invoice, "gross",
        "Ein Betrag der Rechnung ist zu groß.", "An amount of the invoice is too large.");

    public static IEnumerable<RuleBreach> Check(EInvoice invoice)
    {
        foreach (EInvoiceLine line in invoice.Lines)
        {
            bool factors = IsBelow(FactorLimit, line.Quantity, line.Price, line.BaseQuantity);
            if (!factors || !IsBelow(AmountLimit, line.Net) || !IsBelow(100, line.Tax.Rate ?? 0)) yield return OfLine.BrokenBy(line);
        }
        DocumentTotals totals = invoice.Totals;
        if (!IsBelow(AmountLimit, totals.Lines, totals.Allowances, totals.Net, totals.Tax, totals.Gross, totals.Payable)
            || !IsBelow(AmountLimit, [.. invoice.Taxes.SelectMany(t => new[] { t.Taxable, t.Tax })])
            || !IsBelow(AmountLimit, [.. invoice.Allowances.SelectMany(a => new[] { a.Amount, a.Base ?? 0 })])
            || !IsBelow(101, [.. invoice.Allowances.SelectMany(a => new[] { a.Percent ?? 0, a.Rate ?? 0 }), .. invoice.Taxes.Select(t => t.Rate)]))
            yield return OfInvoice.Broken();
    }

    private static bool IsBelow(decimal limit, params ReadOnlySpan<decimal> numbers)
    {
        foreach (decimal number in numbers)
            if (Math.Abs(number) >= limit) return false;
        return true;
    }
}
