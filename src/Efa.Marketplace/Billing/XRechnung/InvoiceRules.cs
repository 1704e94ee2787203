using System.Reflection;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>
/// Checks an e-invoice before it is issued: the official rules that can concern it (EN 16931, XRechnung 3.0, Peppol), exactly
/// and not within their tolerances, and those that the official validators do not check.
/// </summary>
/// <remarks>What needs other invoices is not here: that a number is unique, and that credits do not exceed their invoice.</remarks>
public static class InvoiceRules
{
    /// <summary>All rules by id.</summary>
    public static readonly IReadOnlyList<InvoiceRule> All =
    [
        .. typeof(InvoiceRules).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(InvoiceRules).Namespace && t.Name.EndsWith("Rules", StringComparison.Ordinal) && t != typeof(InvoiceRules))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(f => f.FieldType == typeof(InvoiceRule))
            .Select(f => (InvoiceRule)f.GetValue(null)!).OrderBy(r => r.Id, StringComparer.Ordinal),
    ];

    /// <summary>Every breach; an invoice is issued only if there is none.</summary>
    public static IReadOnlyList<RuleBreach> Check(EInvoice invoice)
    {
        List<RuleBreach> breaches =
        [
            .. TextRules.Check(invoice),
            .. HeaderRules.Check(invoice),
            .. AttachmentRules.Check(invoice),
            .. SellerRules.Check(invoice),
            .. BuyerRules.Check(invoice),
            .. PaymentRules.Check(invoice),
            .. LineRules.Check(invoice),
            .. AllowanceRules.Check(invoice),
        ];
        RuleBreach[] ranges = [.. RangeRules.Check(invoice)];
        breaches.AddRange(ranges);
        // Sums of what no column holds would overflow, and say nothing new.
        if (ranges.Length == 0) breaches.AddRange([.. LineSumRules.Check(invoice), .. AllowanceRules.CheckShares(invoice), .. TaxRules.Check(invoice), .. TotalRules.Check(invoice)]);
        return breaches;
    }

    /// <summary>As <see cref="Check"/>, but a draft has no number yet.</summary>
    public static IReadOnlyList<RuleBreach> CheckDraft(EInvoice draft) => [.. Check(draft).Where(b => b.Rule != HeaderRules.Number)];
}
