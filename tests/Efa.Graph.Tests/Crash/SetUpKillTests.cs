using System.Diagnostics;
using System.Globalization;
using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Seeding;
using Microsoft.Data.Sqlite;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed at any moment of its first start is set up whole by the next one.</summary>
public sealed class SetUpKillTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>How often a server is killed: <c>EFA_GRAPH_KILLS</c>.</summary>
    internal static int Kills => Environment.GetEnvironmentVariable("EFA_GRAPH_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 3;

    [Fact]
    public async Task A_start_that_was_killed_is_made_good_by_the_next()
    {
        MarketSeed seed = await SeedFiles.ReadAsync(Repository.PathOf("samples/data"), CancellationToken.None);
        TimeSpan whole = await InFolderAsync(async folder =>
        {
            var watch = Stopwatch.StartNew();
            using ServerProcess server = ServerProcess.Start(folder);
            await server.ReadyAsync(Limit);
            return watch.Elapsed;
        });

        for (int kill = 0; kill < Kills; kill++)
            await InFolderAsync(async folder =>
            {
                // Spread over the time that a start takes, so that some hit migrations and some the loading of the market.
                using (ServerProcess killed = ServerProcess.Start(folder))
                {
                    await Task.Delay(whole * ((kill + Random.Shared.NextDouble()) / Kills));
                    killed.Kill();
                }

                using ServerProcess server = ServerProcess.Start(folder);
                await server.ReadyAsync(Limit);

                Assert.Equal(seed.Organisations.Count, await CountAsync(folder, """SELECT COUNT(*) FROM "Organisations" """));
                Assert.Equal(seed.Offers.Count, await CountAsync(folder, """SELECT COUNT(*) FROM "Offers" """));
                Assert.Equal(seed.ApiClients.Count, await CountAsync(folder, """SELECT COUNT(*) FROM "ApiClients" """));
                Assert.Equal(1, await CountAsync(folder, """SELECT COUNT(*) FROM "LogHead" """));
                Assert.Equal(2, await CountAsync(folder, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'Events'"));
                Assert.Equal(0, await CountAsync(folder, "SELECT COUNT(*) FROM pragma_foreign_key_check"));
                Assert.Equal("ok", await ScalarAsync(folder, "PRAGMA integrity_check"));
                return 0;
            });
    }

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> run)
    {
        string folder = Directory.CreateTempSubdirectory("efa-kill-").FullName;
        try
        {
            return await run(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> CountAsync(string folder, string sql) => (long)(await ScalarAsync(folder, sql))!;

    private static async Task<object?> ScalarAsync(string folder, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={ServerProcess.StoreFile(folder)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
