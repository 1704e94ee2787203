using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Hosting;

/// <summary>Migrates the store and loads a market into it.</summary>
internal static class StoreVerbs
{
    public static async Task<int> MigrateAsync(WebApplication app)
    {
        StoreMigrator migrator = app.Services.GetRequiredService<StoreMigrator>();
        int pending = (await migrator.PendingAsync(CancellationToken.None)).Count;
        await migrator.MigrateAsync(CancellationToken.None);
        Console.Out.WriteLine(pending == 0 ? "The store was up to date." : $"Migrated the store ({pending} migration(s)).");
        return 0;
    }

    public static async Task<int> SeedAsync(WebApplication app, string folder)
    {
        if (!Directory.Exists(folder)) throw new StartRefused($"There is no folder {folder}.");
        StoreMigrator migrator = app.Services.GetRequiredService<StoreMigrator>();
        if (migrator.MayMigrateOnStart) await migrator.MigrateAsync(CancellationToken.None);
        MarketLoader loader = app.Services.GetRequiredService<MarketLoader>();
        if (!await loader.IsEmptyAsync(CancellationToken.None)) throw new StartRefused("The store is not empty; a market is loaded into an empty one only.");
        LoadedMarket loaded = await loader.LoadAsync(await SeedFiles.ReadAsync(folder, CancellationToken.None), CancellationToken.None);
        Console.Out.WriteLine($"Loaded {loaded.Organisations.Count} organisations, {loaded.Services.Count} services and {loaded.Offers.Count} offers.");
        return 0;
    }
}
