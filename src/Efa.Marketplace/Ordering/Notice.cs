using Efa.Marketplace.Catalog;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Ordering;

/// <summary>When an order can be ended: the minimum term and the notice of its offer version. What the version leaves open does not bind.</summary>
/// <remarks>Periods are counted as in §§ 187, 188 BGB: the term from the agreed start on, that day included; notice from the day after it was given.</remarks>
public sealed record Notice(int TermMonths, int PeriodMonths, NoticeTo To)
{
    public static Notice Of(OfferVersion version) => new(version.MinimumTermMonths ?? 0, version.NoticePeriodMonths ?? 0, version.NoticeTo ?? NoticeTo.AnyDay);

    /// <summary>The earliest last day of service where notice is given today; never before the first.</summary>
    public DateOnly Earliest(DateOnly today, DateOnly startsOn, DateOnly activeFrom)
    {
        DateOnly[] bounds = [today.AddMonths(PeriodMonths), TermEnd(startsOn), activeFrom];
        return EndFrom(bounds.Max());
    }

    /// <summary>The first day from this one on with which an order can end.</summary>
    public DateOnly EndFrom(DateOnly day) => To switch
    {
        NoticeTo.AnyDay => day,
        NoticeTo.EndOfMonth => EndOfMonth(day.Year, day.Month),
        NoticeTo.EndOfQuarter => EndOfMonth(day.Year, day.Quarter() * 3),
        NoticeTo.EndOfCalendarYear => new DateOnly(day.Year, 12, 31),
    };

    // A term ends the day before the one of the same number; where the month has no such day, with its last.
    private DateOnly TermEnd(DateOnly startsOn)
    {
        DateOnly same = startsOn.AddMonths(TermMonths);
        return same.Day < startsOn.Day ? same : same.AddDays(-1);
    }

    private static DateOnly EndOfMonth(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));
}
