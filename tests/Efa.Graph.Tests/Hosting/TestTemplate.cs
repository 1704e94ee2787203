using System.Collections.Concurrent;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Hosting;

/// <summary>A store that was migrated once and is copied for each test that begins with one; it goes when all tests have ended.</summary>
public sealed class TestTemplate
{
    private static readonly ConcurrentDictionary<StoreKind, Lazy<Task<TestTemplate>>> Made = [];

    private TestTemplate(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    /// <summary>Null where a database cannot be copied from another.</summary>
    public static async Task<TestTemplate?> OfAsync(StoreKind kind) =>
        kind == StoreKind.SqlServer ? null : await Made.GetOrAdd(kind, k => new Lazy<Task<TestTemplate>>(() => MigrateAsync(k))).Value;

    private static async Task<TestTemplate> MigrateAsync(StoreKind kind)
    {
        TestDatabase database = await TestDatabase.MakeAsync(kind);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        // What is still open in it could not be copied.
        string connection = database.ConnectionString + ";Pooling=False";
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddMarketStore(new StoreOptions { Provider = kind, ConnectionString = connection }, database.Folder)
            .BuildServiceProvider();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
        await using MarketContext context = await services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        // Each store draws an epoch of its own.
        await context.Database.ExecuteSqlRawAsync("DELETE FROM \"LogHead\"");
        return new TestTemplate(database.ConnectionString);
    }
}
