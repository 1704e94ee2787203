using Microsoft.Data.SqlClient;

namespace Efa.Marketplace.Storage.SqlServer;

/// <summary>SQL Server, at READ COMMITTED with row versions (the database needs READ_COMMITTED_SNAPSHOT ON).</summary>
public sealed class SqlServerDialect : StoreDialect
{
    public override StoreKind Kind => StoreKind.SqlServer;

    protected override string TakeFromSeries(int index) =>
        $"""
        MERGE [Counters] WITH (HOLDLOCK) AS c USING (SELECT @k{index} AS [Key], @n{index} AS [Value]) AS n ON c.[Key] = n.[Key]
        WHEN MATCHED THEN UPDATE SET c.[Value] = c.[Value] + n.[Value]
        WHEN NOT MATCHED THEN INSERT ([Key], [Value]) VALUES (n.[Key], n.[Value])
        OUTPUT inserted.[Value];
        """;

    protected override string MoveHead =>
        "UPDATE [LogHead] SET [Position] = [Position] + @events, [TreeSize] = [TreeSize] + @leaves OUTPUT inserted.[Position], inserted.[TreeSize], inserted.[Peaks] WHERE [Id] = 1;";

    protected override string InsertCallOrNothing =>
        """
        INSERT INTO [Calls] ([CallerId], [Key], [Operation], [InputHash], [At])
        SELECT @caller, @key, @operation, @hash, @at
        WHERE NOT EXISTS (SELECT 1 FROM [Calls] WITH (UPDLOCK, HOLDLOCK) WHERE [CallerId] = @caller AND [Key] = @key);
        """;

    protected override string Hold(string table, string ids) => $"SELECT [Id] FROM [{table}] WITH (UPDLOCK, ROWLOCK) WHERE [Id] IN ({ids}) ORDER BY [Id];";

    protected override string KeepQuotes(int quotes) =>
        $"""
        MERGE [Quotes] WITH (HOLDLOCK) AS q
        USING (VALUES {string.Join(", ", Enumerable.Range(0, quotes).Select(i => $"(@h{i}, @g{i}, @v{i})"))}) AS n ([Hash], [GrossCents], [ValidUntil]) ON q.[Hash] = n.[Hash]
        WHEN MATCHED THEN UPDATE SET q.[ValidUntil] = n.[ValidUntil]
        WHEN NOT MATCHED THEN INSERT ([Hash], [GrossCents], [ValidUntil]) VALUES (n.[Hash], n.[GrossCents], n.[ValidUntil]);
        """;

    public override bool IsTransient(Exception failure) => Find(failure) is { Number: 1205 };

    public override bool IsUniqueViolation(Exception failure) => Find(failure) is { Number: 2601 or 2627 };

    public override bool IsReferenceViolation(Exception failure) => Find(failure) is { Number: 547 };

    public override bool IsFixedViolation(Exception failure) => Find(failure) is { Number: 51000 } refusal && refusal.Message.EndsWith(" is fixed", StringComparison.Ordinal);

    public override IEnumerable<string> AppendOnly(string table) =>
    [
        $"CREATE OR ALTER TRIGGER [{table}_no_change] ON [{table}] INSTEAD OF UPDATE, DELETE AS THROW 51000, '{table} is append-only', 1;",
    ];

    public override IEnumerable<string> Fix(FixedTable table) =>
    [
        $"""
        CREATE OR ALTER TRIGGER [{table.Name}_fixed] ON [{table.Name}] AFTER UPDATE, DELETE AS
        IF EXISTS (SELECT 1 FROM deleted AS d LEFT JOIN inserted AS i ON i.[{table.Key}] = d.[{table.Key}]
            WHERE d.[{table.State}] IN ({table.StateList}) AND (i.[{table.Key}] IS NULL OR i.[{table.State}] NOT IN ({table.StateList})))
          OR (({string.Join(" OR ", table.Columns.Select(c => $"UPDATE([{c}])"))}) AND EXISTS (SELECT 1 FROM deleted WHERE [{table.State}] IN ({table.StateList})))
          THROW 51000, '{table.Name} is fixed', 1;
        """,
    ];

    public override IEnumerable<string> Fix(FixedPart part) =>
    [
        $"""
        CREATE OR ALTER TRIGGER [{part.Name}_fixed] ON [{part.Name}] AFTER INSERT, UPDATE, DELETE AS
        IF EXISTS (SELECT 1 FROM [{part.Owner.Name}] AS o WHERE o.[{part.Owner.State}] IN ({part.Owner.StateList})
            AND (o.[{part.Owner.Key}] IN (SELECT [{part.OwnerKey}] FROM inserted) OR o.[{part.Owner.Key}] IN (SELECT [{part.OwnerKey}] FROM deleted)))
          THROW 51000, '{part.Name} is fixed', 1;
        """,
    ];

    public override string LockSchema => "EXEC sp_getapplock @Resource = 'market schema', @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = -1;";

    private static SqlException? Find(Exception failure) => failure as SqlException ?? failure.InnerException as SqlException;
}
