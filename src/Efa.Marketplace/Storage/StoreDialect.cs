using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Efa.Marketplace.Storage;

/// <summary>Numbers that the tail of a transaction took: the last one of each series, and the last log position.</summary>
public sealed record TakenNumbers(IReadOnlyDictionary<string, long> LastOfSeries, long LastPosition);

/// <summary>The identity of a call that must happen once.</summary>
public sealed record CallIdentity(string CallerId, string Key, string Operation, string InputHash, DateTimeOffset At);

/// <summary>What differs between the databases in SQL and in locking; one subclass for each.</summary>
public abstract class StoreDialect
{
    public abstract StoreKind Kind { get; }

    /// <summary>SQL that adds <c>@n{i}</c> to the counter <c>@k{i}</c>, making it where needed, and returns the new value.</summary>
    protected abstract string TakeFromSeries(int index);

    /// <summary>SQL that moves the head of the log by <c>@events</c> and returns the new position.</summary>
    protected abstract string MoveHead { get; }

    /// <summary>SQL that stores a call's identity, or nothing where the caller has used the key; waits for a transaction that is about to.</summary>
    protected abstract string InsertCallOrNothing { get; }

    /// <summary>Serialisation failures, deadlocks and busy files: the whole operation may be run again.</summary>
    public abstract bool IsTransient(Exception failure);

    public abstract bool IsUniqueViolation(Exception failure);

    /// <summary>SQL that makes a table refuse updates and deletes; safe to run again.</summary>
    public abstract IEnumerable<string> AppendOnly(string table);

    /// <summary>SQL that makes the index over the words of offers; safe to run again.</summary>
    public virtual IEnumerable<string> WordIndex => [];

    /// <summary>Whether a search also finds what is spelled nearly like its words; asked of a migrated store.</summary>
    public virtual Task<bool> ForgivesTypingErrorsAsync(MarketContext context, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <summary>SQL that waits until no other process sets up the schema, and holds it off until the transaction ends; null where a file lock does that.</summary>
    public virtual string? LockSchema => null;

    protected virtual object InstantParameter(DateTimeOffset at) => at;

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
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The tail of a transaction: all its numbers in one round trip, series in key order and the head of the log last.</summary>
    public async Task<TakenNumbers> TakeAsync(MarketContext context, IReadOnlyCollection<KeyValuePair<string, int>> series, int events, CancellationToken cancellationToken)
    {
        KeyValuePair<string, int>[] ordered = [.. series.OrderBy(s => s.Key, StringComparer.Ordinal)];
        IEnumerable<string> statements = ordered.Select((_, i) => TakeFromSeries(i));
        if (events > 0) statements = statements.Append(MoveHead);
        await using DbCommand command = Command(context, string.Join('\n', statements));
        for (int i = 0; i < ordered.Length; i++)
        {
            Bind(command, $"@k{i}", ordered[i].Key);
            Bind(command, $"@n{i}", (long)ordered[i].Value);
        }
        if (events > 0) Bind(command, "@events", (long)events);

        if (command.CommandText.Length == 0) return new TakenNumbers(new Dictionary<string, long>(), 0);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach ((string key, _) in ordered) last[key] = await NextValueAsync(reader, cancellationToken);
        long position = events > 0 ? await NextValueAsync(reader, cancellationToken) : 0;
        return new TakenNumbers(last, position);
    }

    private static async Task<long> NextValueAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken)) throw new InvalidOperationException("The store has no log head: it was not migrated.");
        long value = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken);
        return value;
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
