using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Efa.Marketplace.Storage;

/// <summary>Brings the store to the present schema: migrations, the row of the log head, the triggers that keep rows as they are, and the index of words.</summary>
public sealed class StoreMigrator(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, StoreOptions options)
{
    private static readonly TimeSpan CommandTime = TimeSpan.FromMinutes(30);

    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Database.SetCommandTimeout(CommandTime);
        await using FileStream? lockFile = await LockFileAsync(context, cancellationToken);
        await RecoverAsync(context, cancellationToken);
        if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            if (lockFile is not null) await ForgetDeadMigrationAsync(context, cancellationToken);
            await context.Database.MigrateAsync(cancellationToken);
        }
        if (dialect.Prepare is { } prepare) await context.Database.ExecuteSqlRawAsync(prepare, cancellationToken);
        // Migrations have a lock of their own; what follows them needs one as well when several nodes start at once.
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (dialect.LockSchema is { } wait) await context.Database.ExecuteSqlRawAsync(wait, cancellationToken);
        await EnsureHeadAsync(context, cancellationToken);
        string[] statements =
        [
            .. AppendOnly.Tables(context.Model).SelectMany(dialect.AppendOnly),
            .. Fixed.Tables(context.Model).SelectMany(dialect.Fix),
            .. Fixed.Parts(context.Model).SelectMany(dialect.Fix),
            .. dialect.WordIndex,
        ];
        foreach (string statement in statements) await context.Database.ExecuteSqlRawAsync(statement, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Whether a server may start on this store, and otherwise what to run first.</summary>
    public bool MayMigrateOnStart => options.Provider == StoreKind.Sqlite || options.MigrateOnStart;

    /// <summary>The epoch is drawn once, so that cursors of an earlier life of the log are told apart.</summary>
    private async Task EnsureHeadAsync(MarketContext context, CancellationToken cancellationToken)
    {
        int epoch = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        string sql = dialect.Kind == StoreKind.SqlServer
            ? "INSERT INTO [LogHead] ([Id], [Position], [Epoch], [TreeSize], [Peaks]) SELECT 1, 0, {0}, 0, {1} WHERE NOT EXISTS (SELECT 1 FROM [LogHead])"
            : "INSERT INTO \"LogHead\" (\"Id\", \"Position\", \"Epoch\", \"TreeSize\", \"Peaks\") SELECT 1, 0, {0}, 0, {1} WHERE NOT EXISTS (SELECT 1 FROM \"LogHead\")";
        await context.Database.ExecuteSqlRawAsync(sql, [epoch, Array.Empty<byte>()], cancellationToken);
    }

    /// <summary>One migrating process for an SQLite file; the operating system frees the lock when a process dies.</summary>
    private static async Task<FileStream?> LockFileAsync(MarketContext context, CancellationToken cancellationToken)
    {
        if (context.Database.GetDbConnection() is not SqliteConnection { DataSource: var file } || file is "" or ":memory:") return null;
        while (true)
        {
            try
            {
                return new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }

    // What a killed process left in the log of an SQLite file is taken in by the first reader that may write; the check for
    // migrations begins with one that may not, and would be refused. A file that is not there yet is left to the migration.
    private static async Task RecoverAsync(MarketContext context, CancellationToken cancellationToken)
    {
        if (context.Database.GetDbConnection() is not SqliteConnection { DataSource: var file } || !File.Exists(file)) return;
        await context.Database.OpenConnectionAsync(cancellationToken);
        await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM sqlite_master").SingleAsync(cancellationToken);
    }

    // A process killed while migrating leaves its row behind, and on SQLite every later migration would wait for it for ever.
    private static async Task ForgetDeadMigrationAsync(MarketContext context, CancellationToken cancellationToken)
    {
        const string table = "SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (await context.Database.SqlQueryRaw<int>(table).SingleAsync(cancellationToken) == 1)
            await context.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellationToken);
    }
}
