using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Efa.Marketplace.Storage.Sqlite;

/// <summary>SQLite: one writer at a time, who waits at a gate and not in the file's lock.</summary>
public sealed class SqliteDialect : ReturningDialect
{
    private readonly SemaphoreSlim gate = new(1);

    public override StoreKind Kind => StoreKind.Sqlite;

    // Readers and the writer do not wait for each other; the file keeps the mode.
    public override string Prepare => "PRAGMA journal_mode = 'wal';";

    protected override string? Hold(string table, string ids) => null;

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

    // One prepared statement: the change tracker would send a new one for each row.
    public override async Task InsertAsync<T>(MarketContext context, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        var table = new InsertedTable(context, typeof(T));
        await using var command = (SqliteCommand)context.Database.GetDbConnection().CreateCommand();
        command.Transaction = (SqliteTransaction?)context.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i}"))})";
        SqliteParameter[] parameters = [.. table.Columns.Select((_, i) => command.Parameters.Add(new SqliteParameter($"@p{i}", null)))];
        foreach (T row in rows)
        {
            for (int i = 0; i < parameters.Length; i++) parameters[i].Value = table.ValueOf(row, i) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override bool IsTransient(Exception failure) => Find(failure) is { SqliteErrorCode: 5 or 6 };

    public override bool IsUniqueViolation(Exception failure) => Find(failure) is { SqliteExtendedErrorCode: 1555 or 2067 };

    public override bool IsReferenceViolation(Exception failure) => Find(failure) is { SqliteExtendedErrorCode: 787 };

    public override bool IsFixedViolation(Exception failure) =>
        Find(failure) is { SqliteExtendedErrorCode: 1811 } refusal && refusal.Message.Contains(" is fixed", StringComparison.Ordinal);

    public override IEnumerable<string> AppendOnly(string table) =>
        new[] { "UPDATE", "DELETE" }.Select(change =>
            $"""CREATE TRIGGER IF NOT EXISTS "{table}_no_{change.ToLowerInvariant()}" BEFORE {change} ON "{table}" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;""");

    public override IEnumerable<string> Fix(FixedTable table) =>
    [
        Refuse(table.Name, "update", $"UPDATE OF {string.Join(", ", table.Columns.Select(c => $"\"{c}\""))}", $"OLD.\"{table.State}\" IN ({table.StateList})"),
        Refuse(table.Name, "state", $"UPDATE OF \"{table.State}\"", $"OLD.\"{table.State}\" IN ({table.StateList}) AND NEW.\"{table.State}\" NOT IN ({table.StateList})"),
        Refuse(table.Name, "delete", "DELETE", $"OLD.\"{table.State}\" IN ({table.StateList})"),
    ];

    public override IEnumerable<string> Fix(FixedPart part) =>
    [
        Refuse(part.Name, "insert", "INSERT", IsOfFixed(part, "NEW")),
        Refuse(part.Name, "update", "UPDATE", $"{IsOfFixed(part, "OLD")} OR {IsOfFixed(part, "NEW")}"),
        Refuse(part.Name, "delete", "DELETE", IsOfFixed(part, "OLD")),
    ];

    private static string IsOfFixed(FixedPart part, string row) =>
        $"""EXISTS (SELECT 1 FROM "{part.Owner.Name}" WHERE "{part.Owner.Key}" = {row}."{part.OwnerKey}" AND "{part.Owner.State}" IN ({part.Owner.StateList}))""";

    private static string Refuse(string table, string name, string change, string when) =>
        $"""CREATE TRIGGER IF NOT EXISTS "{table}_fixed_{name}" BEFORE {change} ON "{table}" WHEN {when} BEGIN SELECT RAISE(ABORT, '{table} is fixed'); END;""";

    public override IEnumerable<string> WordIndex => SqliteWords.Index;

    private static SqliteException? Find(Exception failure) => failure as SqliteException ?? failure.InnerException as SqliteException;
}
