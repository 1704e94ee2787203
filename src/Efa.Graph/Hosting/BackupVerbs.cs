using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Hosting;

/// <summary>Copies the SQLite store into a file while a server uses it, and puts such a file back.</summary>
internal static class BackupVerbs
{
    private const string KeyReminder = "The master key (Keys:MasterKeyFile) is not in it; keep it apart, nothing signed or sealed can be used without.";

    // The server before may just be ending.
    private static readonly TimeSpan Handover = TimeSpan.FromSeconds(5);

    public static Task<int> BackupAsync(WebApplication app, string file)
    {
        SqliteFile store = FileOf(app);
        Run(() => store.Backup(Path.GetFullPath(file)));
        Console.Out.WriteLine($"Backed up the store to {Path.GetFullPath(file)}. {KeyReminder}");
        return Task.FromResult(0);
    }

    public static async Task<int> RestoreAsync(WebApplication app, string file)
    {
        SqliteFile store = FileOf(app);
        using IDisposable held = await HoldAsync(store);
        Run(() => store.Restore(Path.GetFullPath(file)));
        Console.Out.WriteLine($"Restored the store to {store.Path}. Clients that follow events begin anew: their cursors are of another log now.");
        return 0;
    }

    /// <summary>An SQLite file belongs to one server: two would not hear of each other's changes. Nothing where the store is a database server.</summary>
    public static async Task<IDisposable?> HoldStoreAsync(IServiceProvider services) =>
        SqliteFile.Of(services.GetRequiredService<IDbContextFactory<MarketContext>>()) is { } store ? await HoldAsync(store) : null;

    private static async Task<IDisposable> HoldAsync(SqliteFile store) =>
        await store.HoldAsync(Handover) ?? throw new StartRefused($"Another server uses the store at {store.Path}; stop it first, or see Store:ConnectionString.");

    private static SqliteFile FileOf(WebApplication app) =>
        SqliteFile.Of(app.Services.GetRequiredService<IDbContextFactory<MarketContext>>())
        ?? throw new StartRefused("Store:Provider is not Sqlite; back up and restore with the database's own tools.");

    private static void Run(Action work)
    {
        try
        {
            work();
        }
        catch (StoreFileException refused)
        {
            throw new StartRefused(refused.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StartRefused(failure.Message);
        }
    }
}
