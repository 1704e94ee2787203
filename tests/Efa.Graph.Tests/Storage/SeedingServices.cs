using Efa.Marketplace.Seeding;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Storage;

/// <summary>What loading a market needs where no host runs.</summary>
internal static class SeedingServices
{
    public static IServiceCollection AddSeeding(this IServiceCollection services) =>
        services.AddLogging().AddSingleton<MarketLoader>();

    /// <summary>The demo market without its clients, whose secrets stand in no file.</summary>
    public static async Task<MarketSeed> DemoMarketAsync() =>
        await SeedFiles.ReadAsync(Contract.Repository.PathOf("samples/data"), CancellationToken.None) with { ApiClients = [] };
}
