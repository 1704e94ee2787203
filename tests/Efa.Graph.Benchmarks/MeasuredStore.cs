using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Efa.Graph.Benchmarks;

/// <summary>The store that the options name: an SQLite file of the server's, or a database of its own on the PostgreSQL server of the tests, which goes with it.</summary>
internal sealed class MeasuredStore : IAsyncDisposable
{
    private readonly string? server;
    private readonly string database = $"efa_bench_{Guid.NewGuid():N}";

    private MeasuredStore(string? server) => this.server = server;

    public StoreKind Kind => server is null ? StoreKind.Sqlite : StoreKind.PostgreSql;

    /// <summary>Of a database on a server.</summary>
    public string ConnectionString => Connection(database);

    /// <summary>What the server is started with.</summary>
    public IEnumerable<string> Settings => server is null
        ? []
        : ["--Store:Provider=PostgreSql", $"--Store:ConnectionString={Connection(database)}", "--Store:MigrateOnStart=true"];

    public static async Task<MeasuredStore> MakeAsync(string[] options)
    {
        if (Array.IndexOf(options, "--store") is var at && (at < 0 || options.ElementAtOrDefault(at + 1) != nameof(StoreKind.PostgreSql))) return new MeasuredStore(server: null);
        string server = Environment.GetEnvironmentVariable("EFA_GRAPH_TEST_POSTGRES") ?? throw new InvalidOperationException("EFA_GRAPH_TEST_POSTGRES does not name a server.");
        var store = new MeasuredStore(server);
        await store.ExecuteAsync($"CREATE DATABASE {store.database}");
        return store;
    }

    /// <summary>Makes the store with a market in it before the server first runs.</summary>
    public Task LoadAsync(string file, MarketSeed seed) => UseAsync(file, async services =>
    {
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
        await ActivatorUtilities.CreateInstance<MarketLoader>(services, TimeProvider.System).LoadAsync(seed, CancellationToken.None);
    });

    /// <summary>Fills the store past the server, which must not run.</summary>
    public Task FillAsync(string file, Func<IDbContextFactory<MarketContext>, Task> fill) =>
        UseAsync(file, services => fill(services.GetRequiredService<IDbContextFactory<MarketContext>>()));

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (server is not null) await ExecuteAsync($"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
    }

    private string Connection(string? other) => new NpgsqlConnectionStringBuilder(server) { Database = other ?? "postgres" }.ConnectionString;

    private async Task UseAsync(string file, Func<IServiceProvider, Task> use)
    {
        var services = new ServiceCollection();
        services.AddMarketStore(new StoreOptions { Provider = Kind, ConnectionString = server is null ? $"Data Source={file}" : Connection(database) }, "/");
        await using ServiceProvider provider = services.BuildServiceProvider();
        await use(provider);
        if (server is not null) await ExecuteAsync("ANALYZE", database);
    }

    private async Task ExecuteAsync(string sql, string? other = null)
    {
        await using var connection = new NpgsqlConnection(Connection(other));
        await connection.OpenAsync();
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
