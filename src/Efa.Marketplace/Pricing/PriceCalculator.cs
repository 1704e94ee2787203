namespace Efa.Marketplace.Pricing;

/// <summary>Computes the lines of a price. Pure: the same basis and period give the same lines for ever.</summary>
/// <remarks>Ask <see cref="PriceObstacles"/> first: a basis against which something stands has no lines.</remarks>
public static class PriceCalculator
{
    /// <summary>
    /// The lines of all recurring components for a part of one calendar year, in the order of components, users and days. A whole period
    /// is counted (ANN, MON), a part of one is taken in days, the first and the last included; a line ends where the tax changes.
    /// </summary>
    /// <param name="withUses">Whether uses are counted as they are expected; bills count them as they were.</param>
    public static IReadOnlyList<PriceLine> Recurring(PricingBasis basis, DateOnly from, DateOnly to, bool withUses = true)
    {
        if (from > to || from.Year != to.Year) throw new ArgumentOutOfRangeException(nameof(to), to, $"Not a part of the calendar year of {from:O}.");
        return Lines(basis, c => c.Period != BillingPeriod.OneTime && (withUses || !CountsUses(c)), from, to, (c, days) => PeriodPart.Of(c.Period, days.From, days.To));
    }

    /// <summary>
    /// The lines of all components that count uses, for those that there were in a part of one calendar year. Included uses and tiers are those of
    /// a calendar year and hold in full also for a part of it: the uses are the fewer. A line ends where the tax changes, and takes its days.
    /// </summary>
    public static IReadOnlyList<PriceLine> Used(PricingBasis basis, int uses, DateOnly from, DateOnly to) =>
    [
        .. from component in basis.Components.Where(CountsUses)
           from price in PeriodPrice.Of(component, basis with { ExpectedUses = uses })
           from line in WholeSum.Lines(component.Code, price, "C62", component.Taxes, @from, to, to)
           select line,
    ];

    /// <summary>Whether a price depends on how often a service is used.</summary>
    public static bool CountsUses(PriceComponent component) => component is PerUsePrice or TieredPrice { Basis: QuantityBasis.Uses };

    /// <summary>The lines of all components that are due once.</summary>
    public static IReadOnlyList<PriceLine> OneTime(PricingBasis basis, DateOnly on) =>
        Lines(basis, c => c.Period == BillingPeriod.OneTime, on, on, (_, _) => [PeriodPart.Once(on)]);

    /// <summary>Tax of lines, grouped by treatment, rate and reason.</summary>
    public static IReadOnlyList<TaxAmount> Taxes(IEnumerable<PriceLine> lines) =>
    [
        .. lines.GroupBy(l => (l.TaxTreatment, l.TaxRate, l.ExemptionReason))
            .OrderBy(g => g.Key.TaxTreatment).ThenByDescending(g => g.Key.TaxRate).ThenBy(g => g.Key.ExemptionReason, StringComparer.Ordinal)
            .Select(g => Tax(g.Key.TaxTreatment, g.Key.TaxRate, g.Key.ExemptionReason, g.Sum(l => l.Net))),
    ];

    private static TaxAmount Tax(TaxTreatment treatment, decimal? rate, string? reason, decimal taxable) =>
        new(treatment, rate, reason, taxable, Cents.Round(taxable * (rate ?? 0) / 100m));

    private static IReadOnlyList<PriceLine> Lines(
        PricingBasis basis, Func<PriceComponent, bool> due, DateOnly from, DateOnly to, Func<PriceComponent, TaxedDays, IEnumerable<PeriodPart>> parts)
    {
        if (PriceObstacles.Of(basis) is [var obstacle, ..]) throw new InvalidOperationException($"There is no price: {obstacle.Code}.");
        return
        [
            .. from component in basis.Components.Where(due)
               from price in PeriodPrice.Of(component, basis)
               from days in TaxedDays.Of(component.Taxes, @from, to)
               from part in parts(component, days)
               select Line(component.Code, price, days, part),
        ];
    }

    internal static PriceLine Line(string code, PeriodPrice price, TaxedDays days, PeriodPart part) => new()
    {
        ComponentCode = code,
        UsedById = price.UsedById,
        PeriodFrom = part.From,
        PeriodTo = part.To,
        Quantity = part.Quantity,
        UnitCode = part.UnitCode,
        UnitPrice = price.Amount,
        BaseQuantity = part.BaseQuantity,
        Net = part.Net(price.Amount),
        TaxTreatment = days.Treatment,
        TaxRate = days.Rate,
        ExemptionReason = days.ExemptionReason,
        Steps = [.. price.Steps, .. part.Steps(price.Amount)],
    };
}
