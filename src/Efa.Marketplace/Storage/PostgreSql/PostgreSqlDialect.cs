using Npgsql;

namespace Efa.Marketplace.Storage.PostgreSql;

/// <summary>PostgreSQL, at READ COMMITTED.</summary>
public sealed class PostgreSqlDialect : ReturningDialect
{
    public override StoreKind Kind => StoreKind.PostgreSql;

    public override bool IsTransient(Exception failure) =>
        Find(failure) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    public override bool IsUniqueViolation(Exception failure) => Find(failure) is { SqlState: PostgresErrorCodes.UniqueViolation };

    public override IEnumerable<string> AppendOnly(string table) =>
    [
        $"""
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
        """,
        $"""CREATE OR REPLACE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();""",
    ];

    public override IEnumerable<string> WordIndex => PostgreSqlWords.Index;

    public override Task<bool> ForgivesTypingErrorsAsync(MarketContext context, CancellationToken cancellationToken) => PostgreSqlWords.ForgivesTypingErrorsAsync(context, cancellationToken);

    public override string LockSchema => "SELECT pg_advisory_xact_lock(hashtext('market schema'))";

    private static PostgresException? Find(Exception failure) => failure as PostgresException ?? failure.InnerException as PostgresException;
}
