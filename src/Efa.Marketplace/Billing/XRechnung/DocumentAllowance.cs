using System.Globalization;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>An allowance on all lines of one tax category and rate (BG-20).</summary>
/// <param name="Amount">BT-92, positive.</param>
/// <param name="Base">BT-93; with a percentage only.</param>
/// <param name="ReasonCode">UNTDID 5189.</param>
public sealed record DocumentAllowance(
    decimal Amount, VatCategory Category, decimal? Rate, string? Reason, string? ReasonCode = null, decimal? Percent = null, decimal? Base = null)
{
    public const string Discount = "95";
    public const string SpecialRebate = "100";
}

/// <summary>A reduction of a whole invoice, either a percentage or an amount; it becomes one allowance for each tax category and rate.</summary>
public sealed record Discount
{
    private Discount(decimal? percent, decimal? amount, string reason, string reasonCode) => (Percent, Amount, Reason, ReasonCode) = (percent, amount, reason, reasonCode);

    public decimal? Percent { get; }

    public decimal? Amount { get; }

    public string Reason { get; }

    public string ReasonCode { get; }

    public static Discount OfPercent(decimal percent, string reason, string reasonCode = DocumentAllowance.Discount) => new(percent, null, reason, reasonCode);

    public static Discount OfAmount(decimal amount, string reason, string reasonCode = DocumentAllowance.Discount) => new(null, amount, reason, reasonCode);

    /// <summary>Allowances that add up to the reduction to the cent: what rounding leaves goes to the largest remainders.</summary>
    public IReadOnlyList<DocumentAllowance> Of(IEnumerable<EInvoiceLine> lines)
    {
        (VatCategory Category, decimal? Rate, decimal Net)[] groups =
            [.. lines.GroupBy(l => (l.Tax.Category, l.Tax.Rate)).Select(g => (g.Key.Category, g.Key.Rate, g.Sum(l => l.Net))).Where(g => g.Item3 > 0)];
        if (groups.Length == 0) return [];
        decimal amount = Amount ?? Cents.Round(groups.Sum(g => g.Net) * Percent!.Value / 100m);
        // No regions here: the key only says that of equal remainders the earlier group's comes first.
        AllocationWeight[] weights = [.. groups.Select((g, i) => new AllocationWeight(i.ToString("000000", CultureInfo.InvariantCulture), g.Net))];
        return
        [
            .. CostAllocation.LargestRemainder(amount, weights).Zip(groups).Where(p => p.First.Amount != 0).Select(p => new DocumentAllowance(
                p.First.Amount, p.Second.Category, p.Second.Rate, Reason, ReasonCode, Percent, Percent is null ? null : p.Second.Net)),
        ];
    }
}
