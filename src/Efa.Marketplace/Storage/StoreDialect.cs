using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Efa.Marketplace.Storage;

/// <summary>What the tail of a transaction took: the last number of each series, and the head of the log where it has events.</summary>
public sealed record TakenNumbers(IReadOnlyDictionary<string, long> LastOfSeries, TakenHead? Head);

/// <summary>The transaction's place in the log.</summary>
/// <param name="LastPosition">Of its events.</param>
/// <param name="TreeSize">Leaves of the audit tree before it.</param>
/// <param name="Peaks">Of the audit tree before it.</param>
public sealed record TakenHead(long LastPosition, long TreeSize, byte[] Peaks);

/// <summary>A row of a table with a row version, as it was read.</summary>
public sealed record ReadRow(string Table, Guid Id, int Version);

/// <summary>The identity of a call that must happen once.</summary>
public sealed record CallIdentity(string CallerId, string Key, string Operation, string InputHash, DateTimeOffset At);

/// <summary>What differs between the databases in SQL and in locking; one subclass for each.</summary>
public abstract class StoreDialect
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    public abstract StoreKind Kind { get; }

    /// <summary>SQL that adds <c>@n{i}</c> to the counter <c>@k{i}</c>, making it where needed, and returns the new value.</summary>
    protected abstract string TakeFromSeries(int index);

    /// <summary>SQL that moves the head of the log by <c>@events</c> and the audit tree by <c>@leaves</c>, and returns position, tree size and peaks.</summary>
    protected abstract string MoveHead { get; }

    /// <summary>SQL that stores a call's identity, or nothing where the caller has used the key; waits for a transaction that is about to.</summary>
    protected abstract string InsertCallOrNothing { get; }

    /// <summary>SQL that holds the rows of a table with these ids against changes, taken in the order of the ids; null where one transaction writes at a time.</summary>
    protected abstract string? Hold(string table, string ids);

    /// <summary>SQL that keeps quotes <c>@h{i}</c> of <c>@g{i}</c> cents until <c>@v{i}</c>; one that is there is kept longer.</summary>
    protected abstract string KeepQuotes(int quotes);

    /// <summary>Serialisation failures, deadlocks and busy files: the whole operation may be run again.</summary>
    public abstract bool IsTransient(Exception failure);

    public abstract bool IsUniqueViolation(Exception failure);

    /// <summary>Whether a row was to be written that refers to one which is not there, perhaps no longer.</summary>
    public abstract bool IsReferenceViolation(Exception failure);

    /// <summary>Whether a row was to be changed that is fixed, perhaps only since it was read.</summary>
    public abstract bool IsFixedViolation(Exception failure);

    /// <summary>A row version that moved, a unique key that somebody else took meanwhile, a row that has gone or was published, a deadlock: decided anew, it may succeed.</summary>
    public bool IsConflict(Exception failure) =>
        failure is DbUpdateConcurrencyException || IsUniqueViolation(failure) || IsReferenceViolation(failure) || IsFixedViolation(failure) || IsTransient(failure);

    /// <summary>SQL that makes a table refuse updates and deletes; safe to run again.</summary>
    public abstract IEnumerable<string> AppendOnly(string table);

    /// <summary>SQL that keeps the rows of a table as they are from some states on; safe to run again.</summary>
    public abstract IEnumerable<string> Fix(FixedTable table);

    /// <summary>The same for the rows that belong to them.</summary>
    public abstract IEnumerable<string> Fix(FixedPart part);

    /// <summary>SQL that makes the index over the words of offers; safe to run again.</summary>
    public virtual IEnumerable<string> WordIndex => [];

    /// <summary>Whether a search also finds what is spelled nearly like its words; asked of a migrated store.</summary>
    public virtual Task<bool> ForgivesTypingErrorsAsync(MarketContext context, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>SQL that is said to a store once, outside of any transaction; null where there is nothing to say.</summary>
    public virtual string? Prepare => null;

    /// <summary>Tells the database that commands of this transaction join very many rows, also where its statistics do not know of them yet.</summary>
    public virtual Task ExpectManyRowsAsync(MarketContext context, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>SQL that waits until no other process sets up the schema, and holds it off until the transaction ends; null where a file lock does that.</summary>
    public virtual string? LockSchema => null;

    protected virtual object InstantParameter(DateTimeOffset at) => at;

    protected virtual object IdParameter(Guid id) => StoreConverters.Bytes(id);

    /// <summary>Begins a transaction that may write; on SQLite it waits for its turn at the one writer's gate.</summary>
    public virtual async Task<StoreTransaction> BeginAsync(MarketContext context, CancellationToken cancellationToken) =>
        new(await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellationToken), gate: null);

    /// <summary>False where the caller has used the key before.</summary>
    public async Task<bool> InsertCallAsync(MarketContext context, CallIdentity call, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(context, InsertCallOrNothing);
        Bind(command, "@caller", call.CallerId);
        Bind(command, "@key", call.Key);
        Bind(command, "@operation", call.Operation);
        Bind(command, "@hash", call.InputHash);
        Bind(command, "@at", InstantParameter(call.At));
        using Activity? trace = SqlTraces.Begin(command);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Inserts many rows in the context's transaction without tracking them.</summary>
    public virtual async Task InsertAsync<T>(MarketContext context, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        context.AddRange(rows);
        await context.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }

    /// <summary>Holds rows until the transaction ends: of several who want the same each waits its turn, and none of them deadlock.</summary>
    public async Task HoldAsync<T>(MarketContext context, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        where T : class
    {
        string table = context.Model.FindEntityType(typeof(T))!.GetTableName()!;
        if (ids.Count == 0 || Hold(table, string.Join(", ", ids.Select((_, i) => $"@i{i}"))) is not { } sql) return;
        await using DbCommand command = Command(context, sql);
        // To wait for one's turn is no slow command.
        command.CommandTimeout = (int)LongestTurn.TotalSeconds;
        foreach ((int i, Guid id) in ids.Index()) Bind(command, $"@i{i}", IdParameter(id));
        using Activity? trace = SqlTraces.Begin(command);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Keeps quotes, each hash once; one SQL command.</summary>
    public async Task KeepQuotesAsync(MarketContext context, IReadOnlyList<(string Hash, long GrossCents, DateTimeOffset ValidUntil)> quotes, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(context, KeepQuotes(quotes.Count));
        foreach ((int i, (string hash, long cents, DateTimeOffset validUntil)) in quotes.Index())
        {
            Bind(command, $"@h{i}", hash);
            Bind(command, $"@g{i}", cents);
            Bind(command, $"@v{i}", InstantParameter(validUntil));
        }
        using Activity? trace = SqlTraces.Begin(command);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The tail of a transaction: all its numbers in one round trip, series in key order and the head of the log last.</summary>
    /// <param name="leaves">Of the audit tree; there are none without events.</param>
    /// <param name="relied">What has to be as it was read, once the head is held.</param>
    /// <exception cref="DbUpdateConcurrencyException">Something of that was changed.</exception>
    public async Task<TakenNumbers> TakeAsync(
        MarketContext context, IReadOnlyCollection<KeyValuePair<string, int>> series, int events, int leaves, IReadOnlyCollection<ReadRow> relied, CancellationToken cancellationToken)
    {
        KeyValuePair<string, int>[] ordered = [.. series.OrderBy(s => s.Key, StringComparer.Ordinal)];
        IEnumerable<string> statements = ordered.Select((_, i) => TakeFromSeries(i));
        if (events > 0) statements = statements.Append(MoveHead);
        statements = statements.Concat(relied.Select((row, i) => $"""SELECT CAST(COUNT(*) AS bigint) FROM "{row.Table}" WHERE "Id" = @r{i} AND "Version" = @v{i};"""));
        await using DbCommand command = Command(context, string.Join('\n', statements));
        for (int i = 0; i < ordered.Length; i++)
        {
            Bind(command, $"@k{i}", ordered[i].Key);
            Bind(command, $"@n{i}", (long)ordered[i].Value);
        }
        if (events > 0)
        {
            Bind(command, "@events", (long)events);
            Bind(command, "@leaves", (long)leaves);
        }
        foreach ((int i, ReadRow row) in relied.Index())
        {
            Bind(command, $"@r{i}", IdParameter(row.Id));
            Bind(command, $"@v{i}", row.Version);
        }

        if (command.CommandText.Length == 0) return new TakenNumbers(new Dictionary<string, long>(), null);
        using Activity? trace = SqlTraces.Begin(command);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string key, _) in ordered)
        {
            await NextRowAsync(reader, cancellationToken);
            last[key] = reader.GetInt64(0);
            await reader.NextResultAsync(cancellationToken);
        }
        TakenHead? head = null;
        if (events > 0)
        {
            await NextRowAsync(reader, cancellationToken);
            head = new TakenHead(reader.GetInt64(0), reader.GetInt64(1) - leaves, reader.GetFieldValue<byte[]>(2));
            await reader.NextResultAsync(cancellationToken);
        }
        foreach (ReadRow _ in relied)
        {
            await NextRowAsync(reader, cancellationToken);
            if (reader.GetInt64(0) == 0) throw new DbUpdateConcurrencyException("What was relied on has been changed.");
            await reader.NextResultAsync(cancellationToken);
        }
        return new TakenNumbers(last, head);
    }

    /// <summary>Writes the facts that an import has stored for some of its rows into the log, in their order, with the parties that see them.</summary>
    /// <param name="from">Row after which they begin.</param>
    /// <param name="to">Their last row.</param>
    /// <param name="first">The log's position of the first.</param>
    public async Task LogUpcomingAsync(MarketContext context, Guid importId, int from, int to, long first, DateTimeOffset at, string actor, CancellationToken cancellationToken)
    {
        const string rows = """
            FROM (SELECT e.*, @first - 1 + ROW_NUMBER() OVER (ORDER BY e."Row", e."Number") AS "Position" FROM "UpcomingEvents" AS e
              WHERE e."ImportId" = @import AND e."Row" > @from AND e."Row" <= @to) AS p
            """;
        await using DbCommand command = Command(context, $"""
            INSERT INTO "Events" ("Position", "At", "Type", "SubjectKind", "SubjectId", "SubjectVersion", "ChangedFields", "FromState", "ToState", "Actor")
            SELECT p."Position", @at, p."Type", p."SubjectKind", p."SubjectId", p."SubjectVersion", p."ChangedFields", p."FromState", p."ToState", @actor {rows};
            INSERT INTO "EventParties" ("OrganisationId", "SubjectKind", "Position") SELECT p."PartyId", p."SubjectKind", p."Position" {rows};
            INSERT INTO "EventParties" ("OrganisationId", "SubjectKind", "Position") SELECT p."OtherPartyId", p."SubjectKind", p."Position" {rows} WHERE p."OtherPartyId" IS NOT NULL;
            """);
        command.CommandTimeout = context.Database.GetCommandTimeout() ?? command.CommandTimeout;
        Bind(command, "@import", IdParameter(importId));
        Bind(command, "@from", from);
        Bind(command, "@to", to);
        Bind(command, "@first", first);
        Bind(command, "@at", InstantParameter(at));
        Bind(command, "@actor", actor);
        using Activity? trace = SqlTraces.Begin(command);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task NextRowAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken)) throw new InvalidOperationException("The store has no log head: it was not migrated.");
    }

    private static DbCommand Command(MarketContext context, string sql)
    {
        DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = context.Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private static void Bind(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

/// <summary>A transaction that holds the writer's gate, where there is one, until it ends.</summary>
public sealed class StoreTransaction(IDbContextTransaction inner, SemaphoreSlim? gate) : IAsyncDisposable
{
    private SemaphoreSlim? gate = gate;

    public Task CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync();
        }
        finally
        {
            Interlocked.Exchange(ref gate, null)?.Release();
        }
    }
}
