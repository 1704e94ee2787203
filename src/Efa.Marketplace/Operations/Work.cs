using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Operations;

/// <summary>One attempt at an operation: its context, caller and time, and the numbers it wants at the end.</summary>
public sealed class Work(MarketContext context, Caller caller, DateTimeOffset now)
{
    private readonly List<(string Series, Action<long> Assign)> numbers = [];
    private readonly Dictionary<Guid, Func<object>> receipts = [];

    public MarketContext Context { get; } = context;

    public Caller Caller { get; } = caller;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The day in Europe/Berlin.</summary>
    public DateOnly Today { get; } = BerlinCalendar.DayOf(now);

    internal IReadOnlyList<(string Series, Action<long> Assign)> Numbers => numbers;

    /// <summary>Asks for the next number of a series. It is assigned last, inside the commit, so that no number is lost and none is locked for long.</summary>
    public void Number(string series, Action<long> assign) => numbers.Add((series, assign));

    /// <summary>For whom the caller acts, and as which party; null where the operation does not say.</summary>
    public (Guid? Organisation, OrganisationRole? Role)? ActingAs { get; private set; }

    internal IReadOnlyDictionary<Guid, Func<object>> Receipts => receipts;

    public void Acts(Guid organisation, OrganisationRole role) => ActingAs = (organisation, role);

    /// <summary>Asks for a signed receipt of a thing that the operation changes.</summary>
    /// <param name="content">What is signed, without names and addresses; asked inside the commit, when numbers are known.</param>
    public void Receipt(Aggregate thing, Func<object> content) => receipts[thing.Id] = content;

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
