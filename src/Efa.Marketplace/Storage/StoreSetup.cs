using Efa.Marketplace.Storage.PostgreSql;
using Efa.Marketplace.Storage.Sqlite;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Efa.Marketplace.Storage;

/// <summary>Switches on the store that the options name.</summary>
public static class StoreSetup
{
    // A request waits no longer for one command; migrations set their own.
    private const int CommandSeconds = 5;

    // Rows of one commit, so that it takes one round trip however many orders it places.
    private const int LargestBatch = 10_000;

    private const int MostPrepared = 200;

    private static readonly SqlTraces Traces = new();

    public static IServiceCollection AddMarketStore(this IServiceCollection services, StoreOptions options, string contentRoot)
    {
        services.AddSingleton(options);
        services.TryAddSingleton<TimeProvider>(new MarketClock(TimeProvider.System));
        services.AddSingleton<StoreMigrator>();
        return options.Provider switch
        {
            StoreKind.Sqlite => services.Add<SqliteMarketContext, SqliteDialect>(builder => builder
                // A list as one parameter: as one each, the SQL would be made anew for every length, which takes longer than what it asks for.
                .UseSqlite(SqliteConnection(options, contentRoot), sqlite => sqlite.CommandTimeout(CommandSeconds).UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(new SqliteDurability())),
            StoreKind.PostgreSql => services.Add<PostgreSqlMarketContext, PostgreSqlDialect>(builder => builder
                .UseNpgsql(PostgreSqlConnection(options), npgsql => npgsql.CommandTimeout(CommandSeconds).MaxBatchSize(LargestBatch))),
            StoreKind.SqlServer => services.Add<SqlServerMarketContext, SqlServerDialect>(builder => builder
                .UseSqlServer(options.ConnectionString, sqlServer => sqlServer.CommandTimeout(CommandSeconds))),
        };
    }

    private static IServiceCollection Add<TContext, TDialect>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : MarketContext
        where TDialect : StoreDialect
    {
        services.AddPooledDbContextFactory<TContext>(builder =>
        {
            configure(builder);
            builder.AddInterceptors(Traces);
        });
        services.AddSingleton<StoreDialect, TDialect>();
        services.AddSingleton<IDbContextFactory<MarketContext>, MarketContextFactory<TContext>>();
        // For OpenIddict only, which asks for one context in each scope; everything else asks the factory.
        services.AddScoped<MarketContext>(provider => provider.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext());
        return services;
    }

    /// <summary>Relative files start at the content root, and their folder is made.</summary>
    private static string SqliteConnection(StoreOptions options, string contentRoot)
    {
        var connection = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = CommandSeconds };
        if (connection.DataSource is not ":memory:" && !connection.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            connection.DataSource = Path.GetFullPath(connection.DataSource, contentRoot);
            Directory.CreateDirectory(Path.GetDirectoryName(connection.DataSource)!);
        }
        return connection.ConnectionString;
    }

    internal static string PostgreSqlConnection(StoreOptions options)
    {
        // ContainsKey is true of every known keyword, whether it was given or not.
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        if (!connection.ShouldSerialize("Maximum Pool Size")) connection.MaxPoolSize = 20;
        // What is asked again and again is planned once for each connection.
        if (!connection.ShouldSerialize("Max Auto Prepare")) connection.MaxAutoPrepare = MostPrepared;
        return connection.ConnectionString;
    }

    /// <summary>The factory of the chosen database, for those who know only <see cref="MarketContext"/>.</summary>
    private sealed class MarketContextFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<MarketContext>
        where TContext : MarketContext
    {
        public MarketContext CreateDbContext() => inner.CreateDbContext();
    }
}
