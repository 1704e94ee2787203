namespace Efa.Marketplace.Pricing;

/// <summary>Computes the lines of a price. Pure: the same basis and period give the same lines for ever.</summary>
public static class PriceCalculator
{
    /// <summary>The lines of all recurring components for a part of one calendar year.</summary>
    public static IReadOnlyList<PriceLine> Recurring(PricingBasis basis, DateOnly from, DateOnly to) => throw new NotSupportedException();

    /// <summary>The lines of all components that are due once.</summary>
    public static IReadOnlyList<PriceLine> OneTime(PricingBasis basis, DateOnly on) => throw new NotSupportedException();

    /// <summary>Tax of lines, grouped by treatment, rate and reason.</summary>
    public static IReadOnlyList<TaxAmount> Taxes(IEnumerable<PriceLine> lines) => throw new NotSupportedException();
}
