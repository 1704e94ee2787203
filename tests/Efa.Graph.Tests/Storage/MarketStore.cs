using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Storage;

/// <summary>A migrated store of a test's own, with the marketplace over it and a clock that the test moves. No host, no job worker.</summary>
public sealed class MarketStore : IAsyncDisposable
{
    /// <summary>10:00 in Berlin.</summary>
    public static readonly DateTimeOffset FifteenthOfFebruary = new(2026, 2, 15, 9, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly ServiceProvider services;

    private MarketStore(TestDatabase database, FakeTimeProvider clock)
    {
        this.database = database;
        Clock = clock;
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(new MarketClock(clock));
        collection.AddMarketStore(new StoreOptions { Provider = database.Kind, ConnectionString = database.ConnectionString }, database.Folder);
        collection.ConfigureDbContext<Marketplace.Storage.Sqlite.SqliteMarketContext>(options => options.AddInterceptors(Commands, Pause), ServiceLifetime.Singleton);
        collection.ConfigureDbContext<Marketplace.Storage.PostgreSql.PostgreSqlMarketContext>(options => options.AddInterceptors(Commands, Pause), ServiceLifetime.Singleton);
        collection.ConfigureDbContext<Marketplace.Storage.SqlServer.SqlServerMarketContext>(options => options.AddInterceptors(Commands, Pause), ServiceLifetime.Singleton);
        collection.AddLogging();
        collection.AddSingleton<LogHint>().AddSingleton<LogTail>().AddSingleton<OrderEvents>();
        collection.AddSingleton<KeyRing>().AddSingleton<EvidenceKeys>().AddSingleton<Secrets>().AddSingleton(new OutgoingOptions().Rules(isDevelopment: true)).AddSingleton<OperationRunner>().AddSeeding();
        collection.AddSingleton<JobSignal>().AddSingleton(new JobOptions()).AddSingleton<JobWorker>();
        collection.AddSingleton<BillingRunJob>().AddSingleton<JobHandler>(provider => provider.GetRequiredService<BillingRunJob>());
        collection.AddSingleton(new BillingOptions()).AddSingleton<BillingSchedule>();
        collection.AddSingleton<OrderingOptions>().AddSingleton<ExpireOrdersJob>().AddSingleton<ExpireOrdersSchedule>();
        collection.AddSingleton<PublicationJob>().AddSingleton<JobHandler>(provider => provider.GetRequiredService<PublicationJob>());
        collection.AddSingleton<BillingPreviews>().AddSingleton<BillingRunEnd>();
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public SqlCommandCount Commands { get; } = new();

    public CommitPause Pause { get; } = new();

    public IDbContextFactory<MarketContext> Contexts => Get<IDbContextFactory<MarketContext>>();

    public OperationRunner Runner => Get<OperationRunner>();

    public DateOnly Today => Get<TimeProvider>().Today();

    /// <summary>Skips the test where this kind of store is not configured.</summary>
    public static async Task<MarketStore> OpenAsync(StoreKind kind, DateTimeOffset? now = null)
    {
        var store = new MarketStore(await TestDatabase.MakeAsync(kind, await TestTemplate.OfAsync(kind)), new FakeTimeProvider(now ?? FifteenthOfFebruary));
        await store.Get<StoreMigrator>().MigrateAsync(CancellationToken.None);
        var master = MasterKey.Read(store.database.MasterKeyFile);
        await store.Get<EvidenceKeys>().LoadAsync(master, CancellationToken.None);
        store.Get<Secrets>().Load(master);
        return store;
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public Task<LoadedMarket> LoadAsync(MarketSeed seed) => Get<MarketLoader>().LoadAsync(seed, CancellationToken.None);

    public async Task<T> ReadAsync<T>(Func<MarketContext, Task<T>> read)
    {
        await using MarketContext context = await Contexts.CreateDbContextAsync();
        return await read(context);
    }

    /// <summary>Changes data behind the operations' back, as other parts of the marketplace would.</summary>
    public async Task ChangeAsync(Func<MarketContext, Task> change)
    {
        await using MarketContext context = await Contexts.CreateDbContextAsync();
        await using StoreTransaction transaction = await Get<StoreDialect>().BeginAsync(context, CancellationToken.None);
        await change(context);
        await context.SaveChangesAsync();
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Does something and asserts that the store is as before.</summary>
    public async Task<T> UnchangedAsync<T>(Func<Task<T>> work)
    {
        string before = await StateAsync();
        T result = await work();
        Assert.Equal(before, await StateAsync());
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Rows of each table, all counters, the log's position and the version of every order, run, invoice, offer and service.</summary>
    private Task<string> StateAsync() => ReadAsync(async context =>
    {
        var state = new List<object>();
        foreach (string table in context.Model.GetEntityTypes().Select(e => e.GetTableName()!).Distinct().Order(StringComparer.Ordinal))
        {
            string sql = Get<StoreDialect>().Kind == StoreKind.SqlServer ? $"SELECT COUNT(*) AS [Value] FROM [{table}]" : $"SELECT COUNT(*) AS \"Value\" FROM \"{table}\"";
            state.Add((table, await context.Database.SqlQueryRaw<int>(sql).SingleAsync()));
        }
        foreach (Counter counter in await context.Set<Counter>().AsNoTracking().OrderBy(c => c.Key).ToListAsync()) state.Add((counter.Key, counter.Value));
        state.Add(await context.Set<LogHead>().Select(h => h.Position).SingleAsync());
        state.AddRange(await context.Set<Order>().OrderBy(o => o.Id).Select(o => new { o.Id, o.Version, o.State }).ToListAsync());
        state.AddRange(await context.Set<BillingRun>().OrderBy(r => r.Id).Select(r => new { r.Id, r.Version, r.State }).ToListAsync());
        state.AddRange(await context.Set<InvoiceAccount>().OrderBy(a => a.Id).Select(a => new { a.Id, a.Version, a.PaymentState }).ToListAsync());
        state.AddRange(await context.Set<Offer>().OrderBy(o => o.Id).Select(o => new { o.Id, o.Version, o.State, o.DraftVersionId }).ToListAsync());
        state.AddRange(await context.Set<Service>().OrderBy(s => s.Id).Select(s => new { s.Id, s.Version, s.Name }).ToListAsync());
        state.AddRange(await context.Set<OfferVersion>().OrderBy(v => v.Id).Select(v => new { v.Id, v.State, v.PublishAt, v.ReviewNote }).ToListAsync());
        return string.Join('\n', state);
    });
}
