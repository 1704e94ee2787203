using System.Data.Common;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Hosting;

/// <summary>Gets the store into the state that this version needs, or says what to do first.</summary>
internal static partial class StoreStart
{
    public static async Task MigrateOrRefuseAsync(IServiceProvider services)
    {
        StoreMigrator migrator = services.GetRequiredService<StoreMigrator>();
        try
        {
            if (migrator.MayMigrateOnStart)
            {
                await migrator.MigrateAsync(CancellationToken.None);
                return;
            }
            IReadOnlyList<string> pending = await migrator.PendingAsync(CancellationToken.None);
            if (pending.Count > 0)
                throw new StartRefused($"The store lacks {pending.Count} migration(s), beginning with {pending[0]}. Run `{Command} migrate` with the same settings first, or set Store:MigrateOnStart to true.");
        }
        catch (DbException failure)
        {
            throw new StartRefused($"The store cannot be used; see Store:Provider and Store:ConnectionString. {failure.Message}");
        }
    }

    /// <summary>Says in the log what a search can do here, because that depends on what the database has.</summary>
    public static async Task TellSearchAsync(IServiceProvider services)
    {
        StoreDialect dialect = services.GetRequiredService<StoreDialect>();
        await using MarketContext context = await services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StoreStart));
        if (await dialect.ForgivesTypingErrorsAsync(context, CancellationToken.None)) LogForgiving(logger);
        else LogExact(logger, dialect.Kind == StoreKind.PostgreSql ? "the extension pg_trgm could not be made" : $"{dialect.Kind} cannot");
    }

    /// <summary>Loads the demo market into an empty store, where that is wanted.</summary>
    public static async Task LoadDemoAsync(WebApplication app)
    {
        if (!(app.Services.GetRequiredService<DemoOptions>().Load ?? app.Environment.IsDevelopment())) return;
        MarketLoader loader = app.Services.GetRequiredService<MarketLoader>();
        if (!await loader.IsEmptyAsync(CancellationToken.None)) return;
        MarketSeed seed = await SeedFiles.ReadAsync(DemoOptions.Folder, CancellationToken.None);
        ApiClientSeed[] clients = [.. seed.ApiClients.Select(c => c with { Secret = DemoOptions.ClientSecret })];
        await loader.LoadAsync(seed with { ApiClients = clients }, CancellationToken.None);
    }

    /// <summary>How this process was started, so that the text can be copied.</summary>
    private static string Command => Path.GetFileNameWithoutExtension(Environment.ProcessPath) is null or "dotnet"
        ? $"dotnet {typeof(StoreStart).Assembly.GetName().Name}.dll"
        : Environment.ProcessPath!;

    [LoggerMessage(LogLevel.Information, "A search of offers forgives typing errors in title and service (pg_trgm).")]
    private static partial void LogForgiving(ILogger logger);

    [LoggerMessage(LogLevel.Information, "A search of offers forgives no typing errors: {Reason}.")]
    private static partial void LogExact(ILogger logger, string reason);
}
