using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Hosting;

/// <summary>Migrates the store, loads a market into it and writes its search index anew.</summary>
internal static class StoreVerbs
{
    public const string SecretsFile = "client-secrets";

    private const string EveryOther = "*";

    public static async Task<int> MigrateAsync(WebApplication app)
    {
        StoreMigrator migrator = app.Services.GetRequiredService<StoreMigrator>();
        int pending = (await migrator.PendingAsync(CancellationToken.None)).Count;
        await migrator.MigrateAsync(CancellationToken.None);
        Console.Out.WriteLine(pending == 0 ? "The store was up to date." : $"Migrated the store ({pending} migration(s)).");
        return 0;
    }

    public static async Task<int> ReindexAsync(WebApplication app)
    {
        await StoreStart.MigrateOrRefuseAsync(app.Services);
        int offers = await app.Services.GetRequiredService<OfferReindex>().RunAsync(CancellationToken.None);
        Console.Out.WriteLine($"Wrote the search index of {offers} offers.");
        return 0;
    }

    public static async Task<int> SeedAsync(WebApplication app, string folder)
    {
        if (!Directory.Exists(folder)) throw new StartRefused($"There is no folder {folder}.");
        IReadOnlyDictionary<string, string> secrets = ReadSecrets(app.Configuration[SecretsFile]);
        await StoreStart.MigrateOrRefuseAsync(app.Services);
        MarketLoader loader = app.Services.GetRequiredService<MarketLoader>();
        if (!await loader.IsEmptyAsync(CancellationToken.None)) throw new StartRefused("The store is not empty; a market is loaded into an empty one only.");

        var fresh = new List<ApiClientSeed>();
        try
        {
            MarketSeed seed = await SeedFiles.ReadAsync(folder, CancellationToken.None);
            ApiClientSeed[] clients = [.. seed.ApiClients.Select(WithSecret)];
            LoadedMarket loaded = await loader.LoadAsync(seed with { ApiClients = clients }, CancellationToken.None);
            Console.Out.WriteLine($"Loaded {loaded.Organisations.Count} organisations, {loaded.Services.Count} services, {loaded.Offers.Count} offers and {clients.Length} clients.");
        }
        catch (SeedException failure)
        {
            throw new StartRefused($"Nothing was loaded: {failure.Message}");
        }
        if (fresh.Count > 0) Console.Out.WriteLine("Secrets of the clients, shown only now:");
        foreach (ApiClientSeed client in fresh) Console.Out.WriteLine($"{client.ClientId} {client.Secret}");
        return 0;

        ApiClientSeed WithSecret(ApiClientSeed client)
        {
            if (secrets.TryGetValue(client.ClientId, out string? secret) || secrets.TryGetValue(EveryOther, out secret)) return client with { Secret = secret };
            fresh.Add(client with { Secret = ClientSecret.Fresh() });
            return fresh[^1];
        }
    }

    private static Dictionary<string, string> ReadSecrets(string? file)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (file is null) return secrets;
        if (!File.Exists(file)) throw new StartRefused($"There is no file {file}.");
        foreach (string line in File.ReadLines(file).Where(l => l.Trim().Length > 0))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var client, var secret] || !secrets.TryAdd(client, secret))
                throw new StartRefused($"{file} must have lines of a client id, a blank and its secret, each client once.");
        }
        return secrets;
    }
}
