using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Computes all sums of an e-invoice from its lines and allowances (EN 16931 BR-CO-10 to 17).</summary>
public static class InvoiceSums
{
    /// <summary>The same invoice with line nets, discounts as further allowances, taxes and totals.</summary>
    public static EInvoice Complete(EInvoice draft, params IReadOnlyList<Discount> discounts)
    {
        EInvoiceLine[] lines = [.. draft.Lines.Select(l => l with { Net = l.ComputedNet() })];
        DocumentAllowance[] allowances = [.. draft.Allowances, .. discounts.SelectMany(d => d.Of(lines))];
        IReadOnlyList<TaxSubtotal> taxes = Taxes(lines, allowances);
        decimal lineSum = lines.Sum(l => l.Net);
        decimal allowanceSum = allowances.Sum(a => a.Amount);
        decimal net = lineSum - allowanceSum;
        decimal tax = taxes.Sum(t => t.Tax);
        return draft with { Lines = lines, Allowances = allowances, Taxes = taxes, Totals = new DocumentTotals(lineSum, allowanceSum, net, tax, net + tax, net + tax) };
    }

    /// <summary>One subtotal for each category and rate, in the order in which lines show them; tax is computed on the sum, never on lines.</summary>
    public static IReadOnlyList<TaxSubtotal> Taxes(IReadOnlyList<EInvoiceLine> lines, IReadOnlyList<DocumentAllowance> allowances) =>
    [
        .. lines.GroupBy(l => (l.Tax.Category, Rate: l.Tax.Rate ?? 0)).Select(group =>
        {
            decimal taxable = group.Sum(l => l.Net) - allowances.Where(a => a.Category == group.Key.Category && (a.Rate ?? 0) == group.Key.Rate).Sum(a => a.Amount);
            string[] codes = [.. group.Select(l => l.Tax.ExemptionCode).OfType<string>().Distinct()];
            string[] reasons = [.. group.Select(l => l.Tax.ExemptionReason).OfType<string>().Distinct()];
            // Category E takes one subtotal only: where lines are exempt by several laws, the texts say which.
            return new TaxSubtotal(
                group.Key.Category,
                group.Key.Rate,
                taxable,
                TaxOn(taxable, group.Key.Rate),
                codes.Length == 1 ? codes[0] : null,
                reasons.Length == 0 ? null : string.Join("; ", reasons));
        }),
    ];

    public static decimal TaxOn(decimal taxable, decimal rate) => Cents.Round(taxable * rate / 100m);
}
