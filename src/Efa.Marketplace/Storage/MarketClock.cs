namespace Efa.Marketplace.Storage;

/// <summary>The one clock: cut to whole milliseconds, so that an instant is the same before and after it was stored on any database.</summary>
public sealed class MarketClock(TimeProvider inner) : TimeProvider
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public override TimeZoneInfo LocalTimeZone => Berlin;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.FromUnixTimeMilliseconds(inner.GetUtcNow().ToUnixTimeMilliseconds());
}

/// <summary>Calendar days of the marketplace, which lives in Europe/Berlin whatever the server's own time zone.</summary>
public static class BerlinCalendar
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static DateOnly Today(this TimeProvider clock) => DayOf(clock.GetUtcNow());

    /// <summary>The Berlin day of an instant: 23:30 UTC on 31 December is already the next year.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Berlin).DateTime);

    /// <summary>The first instant of a Berlin day.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        DateTime midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Berlin.GetUtcOffset(midnight)).ToUniversalTime();
    }

    public static int Quarter(this DateOnly day) => (day.Month + 2) / 3;
}
