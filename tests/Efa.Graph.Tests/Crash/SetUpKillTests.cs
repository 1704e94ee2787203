using System.Diagnostics;
using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed at any moment of its first start is set up whole by the next one.</summary>
public sealed class SetUpKillTests
{
    private static readonly int Kills = Math.Clamp(KilledServer.Kills / 4, 3, 50);

    [Fact]
    public async Task A_start_that_was_killed_is_made_good_by_the_next()
    {
        MarketSeed seed = await SeedFiles.ReadAsync(Repository.PathOf("samples/data"), CancellationToken.None);
        var watch = Stopwatch.StartNew();
        await using (var undisturbed = new KilledServer()) await undisturbed.StartAsync();
        TimeSpan whole = watch.Elapsed;

        for (int kill = 0; kill < Kills; kill++)
        {
            await using var server = new KilledServer();
            server.Begin();
            // Spread over the time that a start takes, so that some hit migrations and some the loading of the market.
            await Task.Delay(whole * ((kill + Random.Shared.NextDouble()) / Kills));
            await server.KillAsync();

            await server.StartAsync();

            Assert.Equal(seed.Organisations.Count, await server.CountAsync("Organisations"));
            Assert.Equal(seed.Offers.Count, await server.CountAsync("Offers"));
            Assert.Equal(seed.ApiClients.Count, await server.CountAsync("ApiClients"));
            Assert.Equal(1, await server.CountAsync("LogHead"));
            Assert.Equal(2, await server.CountAsync("sqlite_master WHERE type = 'trigger' AND tbl_name = 'Events'"));
            await server.IsSoundAsync();
        }
        Figures.Say($"{Kills} kills in the first start: each store whole after the next");
    }
}
