using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Operations;

/// <summary>One attempt at an operation: its context, caller and time, and the numbers it wants at the end.</summary>
public sealed class Work(MarketContext context, Caller caller, DateTimeOffset now)
{
    private readonly List<(string Series, Action<long> Assign)> numbers = [];

    public MarketContext Context { get; } = context;

    public Caller Caller { get; } = caller;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The day in Europe/Berlin.</summary>
    public DateOnly Today { get; } = BerlinCalendar.DayOf(now);

    internal IReadOnlyList<(string Series, Action<long> Assign)> Numbers => numbers;

    /// <summary>Asks for the next number of a series. It is assigned last, inside the commit, so that no number is lost and none is locked for long.</summary>
    public void Number(string series, Action<long> assign) => numbers.Add((series, assign));

    /// <summary>Null where the row version is the expected one; otherwise a refusal with what changed since.</summary>
    public async Task<StaleVersion?> StaleAsync(Aggregate aggregate, int expectedVersion, CancellationToken cancellationToken)
    {
        if (aggregate.Version == expectedVersion) return null;
        string[] changed = await Context.Set<LoggedEvent>()
            .Where(e => e.SubjectId == aggregate.Id && e.SubjectVersion > expectedVersion)
            .OrderBy(e => e.Position).Select(e => e.ChangedFields).ToArrayAsync(cancellationToken);
        string[] fields = [.. changed.SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
        return new StaleVersion(["input", "expectedVersion"], aggregate.Version, fields);
    }
}
