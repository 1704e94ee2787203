using System.Globalization;

namespace Efa.Marketplace.Pricing;

/// <summary>A part of a range as a share of a billing period: whole periods, or days of one.</summary>
/// <remarks>The share is kept as quantity over base quantity, because a share that is rounded first loses cents.</remarks>
internal sealed record PeriodPart(DateOnly From, DateOnly To, decimal Quantity, string UnitCode, decimal BaseQuantity)
{
    /// <summary>Parts of a range within one calendar year; a day counts where it is the first or the last.</summary>
    public static IEnumerable<PeriodPart> Of(BillingPeriod period, DateOnly from, DateOnly to)
    {
        int months = MonthsOf(period);
        for (DateOnly day = from; day <= to;)
        {
            DateOnly start = StartOf(day, months);
            if (day > start || EndOf(start, months) > to)
            {
                DateOnly last = Earlier(EndOf(start, months), to);
                yield return new PeriodPart(day, last, DaysBetween(day, last), "DAY", DaysBetween(start, EndOf(start, months)));
                if (last == to) yield break;
                day = last.AddDays(1);
                continue;
            }
            int periods = 1;
            while (start.Month + (periods * months) <= 12 && EndOf(start.AddMonths(periods * months), months) <= to) periods++;
            DateOnly end = EndOf(start, periods * months);
            yield return period == BillingPeriod.Year ? new PeriodPart(day, end, 1, "ANN", 1) : new PeriodPart(day, end, periods * months, "MON", months);
            if (end == to) yield break;
            day = end.AddDays(1);
        }
    }

    /// <summary>What is due once has no period to be a part of.</summary>
    public static PeriodPart Once(DateOnly on) => new(on, on, 1, "C62", 1);

    public decimal Net(decimal periodAmount) => Cents.Round(Quantity * periodAmount / BaseQuantity);

    /// <summary>From the price of a whole period to the net amount; nothing to say where they are the same.</summary>
    public IEnumerable<PriceStep> Steps(decimal periodAmount)
    {
        decimal net = Net(periodAmount);
        string share = BaseQuantity == 1 ? Figures.Number(Quantity) : string.Create(CultureInfo.InvariantCulture, $"{Figures.Number(Quantity)} / {Figures.Number(BaseQuantity)}");
        if (Quantity != BaseQuantity) yield return new PriceStep(UnitCode == "DAY" ? PriceStepCodes.Days : PriceStepCodes.Months, $"{Figures.Sum(periodAmount)} × {share}", net);
        else if (net != periodAmount) yield return new PriceStep(PriceStepCodes.Rounded, Figures.Sum(periodAmount), net);
    }

    private static int MonthsOf(BillingPeriod period) => period switch
    {
        BillingPeriod.Month => 1,
        BillingPeriod.Quarter => 3,
        BillingPeriod.Year => 12,
        BillingPeriod.OneTime => throw new ArgumentOutOfRangeException(nameof(period), period, "Has no length."),
    };

    private static DateOnly StartOf(DateOnly day, int months) => new(day.Year, ((day.Month - 1) / months * months) + 1, 1);

    private static DateOnly EndOf(DateOnly start, int months)
    {
        int month = start.Month + months - 1;
        return new DateOnly(start.Year, month, DateTime.DaysInMonth(start.Year, month));
    }

    private static int DaysBetween(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber + 1;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
