using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Ordering;

/// <summary>Rules for the sums of agreed fees: as for those of an offer, 0 to one thousand million with at most two decimals.</summary>
public static class FeeCheck
{
    public static IEnumerable<Refusal> Sum(decimal? sum, params string[] path)
    {
        if (sum < 0) yield return new Invalid(PriceRefusals.AmountNegative, path);
        if (sum > PriceCheck.HighestSum) yield return new Invalid(PriceRefusals.AmountTooHigh, path);
        if (sum is { } amount && Cents.Round(amount) != amount) yield return new Invalid(PriceRefusals.SumDecimals, path);
    }
}
