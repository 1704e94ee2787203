using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Operations;

/// <summary>One attempt at an operation: its context, caller and time, and the numbers it wants at the end.</summary>
public sealed class Work(MarketContext context, Caller caller, DateTimeOffset now)
{
    private readonly List<(string Series, Action<long> Assign)> numbers = [];
    private readonly Dictionary<Guid, Func<object>> receipts = [];
    private readonly HashSet<Aggregate> relied = [];

    public MarketContext Context { get; } = context;

    public Caller Caller { get; } = caller;

    public DateTimeOffset Now { get; } = now;

    /// <summary>The day in Europe/Berlin.</summary>
    public DateOnly Today { get; } = BerlinCalendar.DayOf(now);

    public required StoreDialect Dialect { get; init; }

    public required Secrets Secrets { get; init; }

    /// <summary>Which addresses of others are called.</summary>
    public required OutgoingRules Outgoing { get; init; }

    internal IReadOnlyList<(string Series, Action<long> Assign)> Numbers => numbers;

    internal IReadOnlyCollection<ReadRow> Relied => [.. relied.Select(r => new ReadRow(Context.Model.FindEntityType(r.GetType())!.GetTableName()!, r.Id, r.Version))];

    /// <summary>Asks for the next number of a series. It is assigned last, inside the commit, so that no number is lost and none is locked for long.</summary>
    public void Number(string series, Action<long> assign) => numbers.Add((series, assign));

    internal (int Count, Func<long, Task> Write)? StoredEvents { get; private set; }

    /// <summary>Asks for places in the log for facts that no aggregate of the context has: they are stored already, and written into the log by one command.</summary>
    /// <param name="write">Told the first of their positions; called inside the commit.</param>
    public void Events(int count, Func<long, Task> write) => StoredEvents = count > 0 ? (count, write) : null;

    /// <summary>Holds things before they are read, so that nothing is decided on what is no longer so.</summary>
    /// <remarks>Who changes an order or an account takes it so: it is always held before the numbers and the log, and then no two wait for each other.</remarks>
    public Task HoldAsync<T>(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        where T : Aggregate => Dialect.HoldAsync<T>(Context, ids, cancellationToken);

    /// <summary>Has the operation decided anew where a thing that it only reads is changed by somebody else before the commit.</summary>
    /// <remarks>Whoever changes it holds the head of the log until the commit, so under the head its row version says whether it is as it was read.</remarks>
    public void RelyOn(Aggregate thing) => relied.Add(thing);

    /// <summary>Of several aggregates those whose row version is not the expected one, each with what changed since; one SQL command.</summary>
    public async Task<IReadOnlyDictionary<Guid, StaleVersion>> StaleAsync(IReadOnlyList<(Aggregate Aggregate, int ExpectedVersion)> expected, CancellationToken cancellationToken)
    {
        Guid[] stale = [.. expected.Where(e => e.Aggregate.Version != e.ExpectedVersion).Select(e => e.Aggregate.Id)];
        if (stale.Length == 0) return new Dictionary<Guid, StaleVersion>();
        int least = expected.Min(e => e.ExpectedVersion);
        var events = (await Context.Set<LoggedEvent>().Where(e => stale.Contains(e.SubjectId) && e.SubjectVersion > least).OrderBy(e => e.Position)
            .Select(e => new { e.SubjectId, e.SubjectVersion, e.ChangedFields }).ToListAsync(cancellationToken)).ToLookup(e => e.SubjectId);
        return expected.Where(e => stale.Contains(e.Aggregate.Id)).ToDictionary(e => e.Aggregate.Id, e => new StaleVersion(
            ["input", "expectedVersion"], e.Aggregate.Version, Fields(events[e.Aggregate.Id].Where(x => x.SubjectVersion > e.ExpectedVersion).Select(x => x.ChangedFields))));
    }

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
        return new StaleVersion(["input", "expectedVersion"], aggregate.Version, Fields(changed));
    }

    private static string[] Fields(IEnumerable<string> changed) => [.. changed.SelectMany(c => c.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
}
