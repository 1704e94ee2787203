namespace Efa.Marketplace.Pricing;

/// <summary>A line over time that ends before the day up to which it was priced.</summary>
public static class ShortenedLine
{
    public const string Months = "MON";
    public const string Days = "DAY";

    /// <summary>What the line costs from its first day to an earlier last one; each part with its step.</summary>
    /// <remarks>Days are counted, the price of a year or a sum is shared among all days that it is for, whole months and quarters are priced as a run of them would.</remarks>
    public static IReadOnlyList<PriceStep> Used(string unitCode, decimal unitPrice, decimal baseQuantity, DateOnly from, DateOnly to, DateOnly lastDay)
    {
        if (lastDay < from) return [];
        if (unitCode != Months) return [Step(unitPrice, DaysBetween(from, lastDay), unitCode == Days ? baseQuantity : DaysBetween(from, to))];
        BillingPeriod period = baseQuantity == 3 ? BillingPeriod.Quarter : BillingPeriod.Month;
        return [.. PeriodPart.Of(period, from, lastDay).Select(part => Step(unitPrice, part.Quantity, part.BaseQuantity))];
    }

    /// <summary>A day counts where it is the first or the last.</summary>
    public static int DaysBetween(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber + 1;

    private static PriceStep Step(decimal price, decimal quantity, decimal baseQuantity) =>
        new(PriceStepCodes.CreditUsed, $"{Figures.Sum(price)} × {Figures.Number(quantity)} / {Figures.Number(baseQuantity)}", Cents.Round(quantity * price / baseQuantity));
}
