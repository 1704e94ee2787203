using Microsoft.Data.Sqlite;

namespace Efa.Marketplace.Storage.Sqlite;

/// <summary>SQLite: one writer at a time, who waits at a gate and not in the file's lock.</summary>
public sealed class SqliteDialect : ReturningDialect
{
    private readonly SemaphoreSlim gate = new(1);

    public override StoreKind Kind => StoreKind.Sqlite;

    protected override object InstantParameter(DateTimeOffset at) => StoreConverters.Milliseconds(at);

    public override async Task<StoreTransaction> BeginAsync(MarketContext context, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            // BEGIN IMMEDIATE: a transaction that reads first and then writes would fail once another one wrote in between.
            return new StoreTransaction(await context.Database.BeginTransactionAsync(cancellationToken), gate);
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    public override bool IsTransient(Exception failure) => Find(failure) is { SqliteErrorCode: 5 or 6 };

    public override bool IsUniqueViolation(Exception failure) => Find(failure) is { SqliteExtendedErrorCode: 1555 or 2067 };

    public override IEnumerable<string> AppendOnly(string table) =>
        new[] { "UPDATE", "DELETE" }.Select(change =>
            $"""CREATE TRIGGER IF NOT EXISTS "{table}_no_{change.ToLowerInvariant()}" BEFORE {change} ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;""");

    public override IEnumerable<string> WordIndex => SqliteWords.Index;

    private static SqliteException? Find(Exception failure) => failure as SqliteException ?? failure.InnerException as SqliteException;
}
