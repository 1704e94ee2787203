using System.Globalization;

namespace Efa.Marketplace.Billing;

/// <summary>Settings of section <c>Billing</c>: on which days the server bills by itself.</summary>
public sealed class BillingOptions
{
    public const string Section = "Billing";

    /// <summary>Days of every year, such as <c>02-15</c>; on each, every seller bills that year and what is left of the year before. None where nothing is said.</summary>
    public string[] Schedule { get; set; } = [];

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem() => Schedule.FirstOrDefault(d => DayIn(d, 2001) is null) is { } day
        ? $"{Section}:Schedule has {day}, but must hold days that every year has, as month and day: 02-15."
        : null;

    /// <summary>The scheduled days of so many days up to one.</summary>
    public IEnumerable<DateOnly> DaysUpTo(DateOnly last, int days) =>
        new[] { last.Year - 1, last.Year }.SelectMany(year => Schedule.Select(d => DayIn(d, year))).OfType<DateOnly>().Where(d => d <= last && d > last.AddDays(-days)).Distinct().Order();

    private static DateOnly? DayIn(string monthAndDay, int year) =>
        DateOnly.TryParseExact(string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{monthAndDay}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;
}
