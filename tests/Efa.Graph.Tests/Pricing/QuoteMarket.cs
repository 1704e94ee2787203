using System.Data.Common;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Pricing;

/// <summary>The demo market in a store of its own, without a host, that counts its SQL commands.</summary>
public sealed class QuoteMarket : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    public LoadedMarket Loaded { get; private set; } = null!;

    public MarketContext Open() => services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContext();

    public async Task InitializeAsync()
    {
        database = await TestDatabase.MakeAsync(StoreKind.Sqlite, await TestTemplate.OfAsync(StoreKind.Sqlite));
        services = new ServiceCollection()
            .AddMarketStore(new StoreOptions { ConnectionString = database.ConnectionString }, database.Folder)
            .ConfigureDbContext<SqliteMarketContext>(options => options.AddInterceptors(new Counter()))
            .AddSeeding()
            .BuildServiceProvider();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
        Loaded = await services.GetRequiredService<MarketLoader>().LoadAsync(await SeedingServices.DemoMarketAsync(), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>How many commands the flow of this work has sent.</summary>
    public static async Task<(T Result, int Commands)> CountedAsync<T>(Func<Task<T>> work)
    {
        Counter.Current.Value = new Counter.Commands();
        T result = await work();
        return (result, Counter.Current.Value.Count);
    }

    private sealed class Counter : DbCommandInterceptor
    {
        public static readonly AsyncLocal<Commands?> Current = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Current.Value is { } commands) commands.Count++;
            return ValueTask.FromResult(result);
        }

        public sealed class Commands
        {
            public int Count { get; set; }
        }
    }
}
