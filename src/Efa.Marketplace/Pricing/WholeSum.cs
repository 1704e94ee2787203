namespace Efa.Marketplace.Pricing;

/// <summary>Lines of a sum that is for a range of days as a whole, and is divided only where the tax changes or the service ends.</summary>
internal static class WholeSum
{
    /// <summary>The parts of the sum up to the last day of service. They add up to the cent: each is what is due up to its end, less what was before.</summary>
    /// <param name="unitCode">Unit of the undivided sum.</param>
    /// <param name="to">Last day that the sum is for.</param>
    /// <param name="last">Last day of service.</param>
    public static IEnumerable<PriceLine> Lines(
        string code, PeriodPrice price, string unitCode, IReadOnlyList<TaxRegime> taxes, DateOnly from, DateOnly to, DateOnly last)
    {
        int days = Days(from, to);
        decimal before = 0;
        foreach (TaxedDays part in TaxedDays.Of(taxes, from, last))
        {
            int taxed = Days(part.From, part.To), passed = Days(from, part.To);
            decimal net = Cents.Round(price.Amount * passed / days) - before;
            PeriodPart share = taxed == days ? new(part.From, part.To, 1, unitCode, 1) : new(part.From, part.To, taxed, "DAY", days);
            yield return share.Net(price.Amount) == net
                ? PriceCalculator.Line(code, price, part, share)
                : PriceCalculator.Line(code, Rest(price, passed, days, before, net), part, new PeriodPart(part.From, part.To, 1, "C62", 1));
            before += net;
        }
    }

    // Rounded alone, the part would be a cent beside what makes all parts the sum.
    private static PeriodPrice Rest(PeriodPrice price, int passed, int days, decimal before, decimal net) => price with
    {
        Amount = net,
        Steps = [.. price.Steps, new PriceStep(PriceStepCodes.Rest, $"{Figures.Sum(price.Amount)} × {Figures.Number(passed)} / {Figures.Number(days)} − {Figures.Sum(before)}", net)],
    };

    private static int Days(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber + 1;
}
