namespace Efa.Marketplace.Pricing;

/// <summary>A rate in force between two days, both included.</summary>
public sealed record TaxRate(TaxTreatment Treatment, decimal Percent, DateOnly ValidFrom, DateOnly ValidTo);

/// <summary>German rates of value-added tax by date of service (§ 12 (1), (2), § 28 (1), (2) UStG); the last of each is open.</summary>
public static class TaxRates
{
    public static readonly IReadOnlyList<TaxRate> All =
    [
        new(TaxTreatment.Standard, 16, DateOnly.MinValue, new(2006, 12, 31)),
        new(TaxTreatment.Standard, 19, new(2007, 1, 1), new(2020, 6, 30)),
        new(TaxTreatment.Standard, 16, new(2020, 7, 1), new(2020, 12, 31)),
        new(TaxTreatment.Standard, 19, new(2021, 1, 1), DateOnly.MaxValue),
        new(TaxTreatment.Reduced, 7, DateOnly.MinValue, new(2020, 6, 30)),
        new(TaxTreatment.Reduced, 5, new(2020, 7, 1), new(2020, 12, 31)),
        new(TaxTreatment.Reduced, 7, new(2021, 1, 1), DateOnly.MaxValue),
    ];
}

/// <summary>Days that are taxed alike.</summary>
internal sealed record TaxedDays(DateOnly From, DateOnly To, TaxTreatment Treatment, decimal? Rate, string? ExemptionReason)
{
    /// <summary>Parts of a range, where the regime or its rate changes.</summary>
    public static IEnumerable<TaxedDays> Of(IReadOnlyList<TaxRegime> regimes, DateOnly from, DateOnly to) =>
        from regime in regimes
        from rate in Rates(regime.Treatment)
        let first = Latest(@from, regime.ValidFrom ?? @from, rate.ValidFrom)
        let last = Earliest(to, regime.ValidTo ?? to, rate.ValidTo)
        where first <= last
        orderby first
        select new TaxedDays(first, last, regime.Treatment, rate.Percent, rate.Percent > 0 ? null : regime.ExemptionReason);

    private static IEnumerable<(decimal? Percent, DateOnly ValidFrom, DateOnly ValidTo)> Rates(TaxTreatment treatment) => treatment switch
    {
        TaxTreatment.Standard or TaxTreatment.Reduced => TaxRates.All.Where(r => r.Treatment == treatment).Select(r => ((decimal?)r.Percent, r.ValidFrom, r.ValidTo)),
        TaxTreatment.Exempt or TaxTreatment.ReverseCharge => [(0, DateOnly.MinValue, DateOnly.MaxValue)],
        TaxTreatment.NotTaxable => [(null, DateOnly.MinValue, DateOnly.MaxValue)],
    };

    private static DateOnly Latest(params ReadOnlySpan<DateOnly> days)
    {
        DateOnly latest = days[0];
        foreach (DateOnly day in days) latest = day > latest ? day : latest;
        return latest;
    }

    private static DateOnly Earliest(params ReadOnlySpan<DateOnly> days)
    {
        DateOnly earliest = days[0];
        foreach (DateOnly day in days) earliest = day < earliest ? day : earliest;
        return earliest;
    }
}
