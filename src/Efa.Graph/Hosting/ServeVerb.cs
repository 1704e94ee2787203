using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Hosting;

/// <summary>Gets the store ready and serves until told to stop.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(WebApplication app)
    {
        await PrepareStoreAsync(app.Services);
        await LoadDemoAsync(app);
        await app.StartAsync();
        Welcome.Print(app, Console.Out);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task PrepareStoreAsync(IServiceProvider services)
    {
        StoreMigrator migrator = services.GetRequiredService<StoreMigrator>();
        if (migrator.MayMigrateOnStart)
        {
            await migrator.MigrateAsync(CancellationToken.None);
            return;
        }
        IReadOnlyList<string> pending = await migrator.PendingAsync(CancellationToken.None);
        if (pending.Count > 0)
            throw new StartRefused($"The store lacks {pending.Count} migration(s) of this version, beginning with {pending[0]}. Run `{Command} migrate` with the same settings first, or set Store:MigrateOnStart to true.");
    }

    private static async Task LoadDemoAsync(WebApplication app)
    {
        if (!(app.Services.GetRequiredService<DemoOptions>().Load ?? app.Environment.IsDevelopment())) return;
        MarketLoader loader = app.Services.GetRequiredService<MarketLoader>();
        if (!await loader.IsEmptyAsync(CancellationToken.None)) return;
        await loader.LoadAsync(await SeedFiles.ReadAsync(DemoOptions.Folder, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>How this process was started, so that the text can be copied.</summary>
    private static string Command =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? $"dotnet {Path.GetFileName(typeof(ServeVerb).Assembly.Location)}" : Environment.ProcessPath ?? "Efa.Graph";
}
