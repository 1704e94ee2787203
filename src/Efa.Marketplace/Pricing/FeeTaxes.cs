namespace Efa.Marketplace.Pricing;

/// <summary>How fees are taxed that the parties of an order agree to: as the offer is.</summary>
public static class FeeTaxes
{
    /// <summary>The regimes of an offer's prices where all of them are taxed alike, by date of service; empty where they differ or there are none.</summary>
    public static IReadOnlyList<TaxRegime> Of(IReadOnlyList<PriceComponent> prices)
    {
        TaxRegime[][] regimes = [.. prices.Select(p => p.Taxes.OrderBy(t => t.ValidFrom ?? DateOnly.MinValue).ToArray())];
        return regimes is [var first, .. var others] && others.All(r => r.SequenceEqual(first)) ? first : [];
    }
}
