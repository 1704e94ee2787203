using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Efa.Marketplace.Storage.PostgreSql;

/// <summary>PostgreSQL, at READ COMMITTED.</summary>
public sealed class PostgreSqlDialect : ReturningDialect
{
    public override StoreKind Kind => StoreKind.PostgreSql;

    protected override object IdParameter(Guid id) => id;

    public override async Task InsertAsync<T>(MarketContext context, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return;
        var table = new InsertedTable(context, typeof(T));
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using NpgsqlBinaryImporter import = await connection.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (T row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            for (int i = 0; i < table.Columns.Count; i++)
                if (table.ValueOf(row, i) is { } value) await import.WriteAsync(value, cancellationToken);
                else await import.WriteNullAsync(cancellationToken);
        }
        await import.CompleteAsync(cancellationToken);
    }

    // Just after a file was read its rows are few to the planner: it would look at all of one table for each of the other.
    public override Task ExpectManyRowsAsync(MarketContext context, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync("SET LOCAL enable_nestloop = off", cancellationToken);

    // Rows that refer to them can still be added.
    protected override string Hold(string table, string ids) => $"""SELECT 1 FROM "{table}" WHERE "Id" IN ({ids}) ORDER BY "Id" FOR NO KEY UPDATE;""";

    public override bool IsTransient(Exception failure) =>
        Find(failure) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public override bool IsUniqueViolation(Exception failure) => Find(failure) is { SqlState: PostgresErrorCodes.UniqueViolation };

    public override bool IsReferenceViolation(Exception failure) => Find(failure) is { SqlState: PostgresErrorCodes.ForeignKeyViolation };

    public override bool IsFixedViolation(Exception failure) =>
        Find(failure) is { SqlState: PostgresErrorCodes.RaiseException } refusal && refusal.MessageText.EndsWith(" is fixed", StringComparison.Ordinal);

    public override IEnumerable<string> AppendOnly(string table) =>
    [
        $"""
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
        """,
        $"""CREATE OR REPLACE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();""",
    ];

    public override IEnumerable<string> Fix(FixedTable table) =>
        Refuse(table.Name, "UPDATE OR DELETE", $"""
            OLD."{table.State}" IN ({table.StateList}) AND (TG_OP = 'DELETE' OR NEW."{table.State}" NOT IN ({table.StateList})
                OR to_jsonb(NEW) - '{table.State}' IS DISTINCT FROM to_jsonb(OLD) - '{table.State}')
            """);

    // In an insert OLD is null, in a delete NEW.
    public override IEnumerable<string> Fix(FixedPart part) =>
        Refuse(part.Name, "INSERT OR UPDATE OR DELETE", $"""
            EXISTS (SELECT 1 FROM "{part.Owner.Name}" AS o WHERE o."{part.Owner.State}" IN ({part.Owner.StateList})
                AND (o."{part.Owner.Key}" = OLD."{part.OwnerKey}" OR o."{part.Owner.Key}" = NEW."{part.OwnerKey}"))
            """);

    private static IEnumerable<string> Refuse(string table, string changes, string when) =>
    [
        $"""
        CREATE OR REPLACE FUNCTION "{table}_fixed"() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
          IF {when} THEN RAISE EXCEPTION '% is fixed', TG_TABLE_NAME; END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$;
        """,
        $"""CREATE OR REPLACE TRIGGER "{table}_fixed" BEFORE {changes} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{table}_fixed"();""",
    ];

    public override IEnumerable<string> WordIndex => PostgreSqlWords.Index;

    public override Task<bool> ForgivesTypingErrorsAsync(MarketContext context, CancellationToken cancellationToken) => PostgreSqlWords.ForgivesTypingErrorsAsync(context, cancellationToken);

    public override string LockSchema => "SELECT pg_advisory_xact_lock(hashtext('market schema'))";

    private static PostgresException? Find(Exception failure) => failure as PostgresException ?? failure.InnerException as PostgresException;
}
