using System.Globalization;

namespace Efa.Marketplace.Pricing;

/// <summary>Rules for tax regimes: for each date of service there is exactly one.</summary>
internal static class TaxCheck
{
    public static IEnumerable<PriceProblem> Problems(IReadOnlyList<TaxRegime> regimes, string[] at)
    {
        if (regimes.Count == 0) yield return new PriceProblem(at, PriceFaults.TaxMissing);
        if (regimes.Count > PriceCheck.MostParts)
        {
            yield return new PriceProblem(at, PriceFaults.TooManyEntries);
            yield break;
        }
        foreach ((int i, TaxRegime regime) in regimes.Index())
        {
            if (regime.ValidTo < regime.ValidFrom) yield return Problem(i, "validTo", PriceFaults.TaxPeriodInvalid);
            if (regime.ExemptionReason is { } reason && (reason.Length > PriceCheck.ReasonLength || reason.Any(char.IsControl)))
                yield return Problem(i, "exemptionReason", PriceFaults.ExemptionReasonInvalid);
            if (regime.Treatment == TaxTreatment.Exempt && string.IsNullOrWhiteSpace(regime.ExemptionReason))
                yield return Problem(i, "exemptionReason", PriceFaults.ExemptionReasonMissing);
        }

        // The first has no beginning, each next one begins on the day after the one before, the last has no end.
        (int Position, TaxRegime Regime)[] byTime = [.. regimes.Index().OrderBy(r => r.Item.ValidFrom ?? DateOnly.MinValue).ThenBy(r => r.Index)];
        for (int k = 0; k < byTime.Length; k++)
        {
            (int i, TaxRegime regime) = byTime[k];
            if (k == 0 && regime.ValidFrom is not null) yield return Problem(i, "validFrom", PriceFaults.TaxGap);
            if (k == byTime.Length - 1)
            {
                if (regime.ValidTo is not null) yield return Problem(i, "validTo", PriceFaults.TaxGap);
                continue;
            }
            (int j, TaxRegime next) = byTime[k + 1];
            if (regime.ValidTo is not { } end || next.ValidFrom is not { } start || start <= end) yield return Problem(j, "validFrom", PriceFaults.TaxOverlap);
            else if (start.DayNumber > end.DayNumber + 1) yield return Problem(j, "validFrom", PriceFaults.TaxGap);
        }

        PriceProblem Problem(int i, string field, string code) => new([.. at, i.ToString(CultureInfo.InvariantCulture), field], code);
    }
}
