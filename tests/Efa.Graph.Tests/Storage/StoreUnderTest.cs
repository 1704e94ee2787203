using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Storage;

/// <summary>A store of a test's own, migrated and empty, and gone afterwards.</summary>
public sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly StoreServer server;
    private readonly string name;

    private StoreUnderTest(StoreServer server, string name, TimeProvider? clock)
    {
        (this.server, this.name) = (server, name);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(new MarketClock(clock ?? TimeProvider.System));
        collection.AddSingleton<LogHint>();
        collection.AddSingleton<LogTail>();
        collection.AddSingleton<KeyRing>();
        collection.AddSingleton<EvidenceKeys>();
        collection.AddSingleton<Secrets>();
        collection.AddSingleton(new OutgoingOptions().Rules(isDevelopment: false));
        collection.AddSingleton<OperationRunner>();
        collection.AddSeeding();
        collection.AddMarketStore(new StoreOptions { Provider = server.Kind, ConnectionString = server.ConnectionString(name) }, Path.GetTempPath());
        services = collection.BuildServiceProvider();
    }

    /// <summary>Every kind of store; those that are not configured skip with the name of the variable that configures them.</summary>
    public static TheoryData<StoreKind> Kinds => [.. Enum.GetValues<StoreKind>()];

    public StoreKind Kind => server.Kind;

    public string ConnectionString => server.ConnectionString(name);

    public IDbContextFactory<MarketContext> Contexts => services.GetRequiredService<IDbContextFactory<MarketContext>>();

    public StoreDialect Dialect => services.GetRequiredService<StoreDialect>();

    public StoreMigrator Migrator => services.GetRequiredService<StoreMigrator>();

    public OperationRunner Runner => services.GetRequiredService<OperationRunner>();

    public LogTail Tail => services.GetRequiredService<LogTail>();

    public MarketLoader Loader => services.GetRequiredService<MarketLoader>();

    public TimeProvider Clock => services.GetRequiredService<TimeProvider>();

    /// <summary>A migrated store.</summary>
    public static async Task<StoreUnderTest> NewAsync(StoreKind kind, TimeProvider? clock = null)
    {
        StoreServer server = StoreServer.Of(kind);
        string name = await server.CopyOfTemplateAsync(MigrateAsync);
        return new StoreUnderTest(server, name, clock);
    }

    /// <summary>A store without any table.</summary>
    public static async Task<StoreUnderTest> EmptyAsync(StoreKind kind)
    {
        StoreServer server = StoreServer.Of(kind);
        return new StoreUnderTest(server, await server.CreateAsync(), clock: null);
    }

    /// <summary>The same store as another process would have it.</summary>
    public StoreUnderTest Again() => new(server, name, clock: null);

    public MarketContext Context() => Contexts.CreateDbContext();

    public async Task AddAsync(params IEnumerable<object> rows)
    {
        await using MarketContext context = Context();
        context.AddRange(rows);
        await context.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DropAsync(name);
    }

    private static async Task MigrateAsync(StoreServer server, string name)
    {
        await using ServiceProvider services = new StoreUnderTest(server, name, clock: null).services;
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
    }
}
