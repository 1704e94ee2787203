using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Storage;
using Microsoft.Data.Sqlite;

namespace Efa.Graph.Tests.Hosting;

/// <summary>When a server starts, what it says then, and what it needs.</summary>
public sealed class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("efa_test_").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Outside_development_a_server_without_a_master_key_does_not_start()
    {
        (int exitCode, _, string errors) = await Executable.RunAsync(folder, "--urls=http://127.0.0.1:0");
        Assert.Equal(1, exitCode);
        Assert.StartsWith($"There is no master key at {Path.Combine(folder, "store", "master.key")}. Make one once with", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_does_not_start_with_another_master_key_than_the_stores()
    {
        string mine = await MasterKeyAsync("mine"), other = await MasterKeyAsync("other");
        Uri address = Executable.FreeAddress();
        await using (Executable server = Executable.Start(folder, $"--urls={address}", $"--Keys:MasterKeyFile={mine}"))
        {
            await server.ReadyAsync(address);
            (int stopped, string output) = await server.StopAsync();
            Assert.Equal(0, stopped);
            // Nothing of a demo outside of Development.
            Assert.Equal($"Efa.Graph listens on {address.GetLeftPart(UriPartial.Authority)} (Production); GraphQL at {address.GetLeftPart(UriPartial.Authority)}/graphql.", output.Trim());
        }

        (int exitCode, _, string errors) = await Executable.RunAsync(folder, $"--urls={address}", $"--Keys:MasterKeyFile={other}");
        Assert.Equal((1, "Keys:MasterKeyFile: The keys in the store are sealed with another master key."), (exitCode, errors.Trim()));
    }

    [Fact]
    public async Task In_development_the_first_start_makes_a_store_loads_the_demo_market_and_says_what_to_try()
    {
        Uri address = Executable.FreeAddress();
        string server = address.GetLeftPart(UriPartial.Authority);
        await using Executable first = Executable.Start(folder, "--environment=Development", $"--urls={server}");
        await first.ReadyAsync(address);
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(folder, "store", "market.db")};Mode=ReadOnly;Pooling=False"))
        {
            await store.OpenAsync();
            await using SqliteCommand command = store.CreateCommand();
            command.CommandText = "PRAGMA journal_mode";
            Assert.Equal("wal", await command.ExecuteScalarAsync());
        }
        (int exitCode, string output) = await first.StopAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(
            $$"""
            Efa.Graph listens on {{server}} (Development); GraphQL at {{server}}/graphql.
            Demo clients, secret demo-secret: demo-portal, demo-supplier, demo-seller, demo-operator, demo-stranger, demo-municipality.
            Try:
              curl {{server}}/graphql -H 'content-type: application/json' -d '{"query":"{ offers(first: 3) { totalCount nodes { title } } }"}'
              curl {{server}}/connect/token -d grant_type=client_credentials -d client_id=demo-municipality -d client_secret=demo-secret
            """, output.Trim());
        // What `dotnet run` takes the address and the environment from.
        JsonElement profile = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.PathOf("src/Efa.Graph/Properties/launchSettings.json"))).RootElement.GetProperty("profiles").GetProperty("Efa.Graph");
        Assert.Equal("http://127.0.0.1:5080", profile.GetProperty("applicationUrl").GetString());
        Assert.Equal("Development", profile.GetProperty("environmentVariables").GetProperty("ASPNETCORE_ENVIRONMENT").GetString());
    }

    [Fact]
    public async Task The_server_does_not_end_header_lines_at_bare_line_feeds()
    {
        Uri address = Executable.FreeAddress();
        await using Executable server = Executable.Start(folder, $"--urls={address}", $"--Keys:MasterKeyFile={await MasterKeyAsync("mine")}");
        await server.ReadyAsync(address);

        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync("GET /health/live HTTP/1.1\nHost: x\n\n"u8.ToArray());
        byte[] answer = new byte[64];
        int count = await client.GetStream().ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(StoreKind.PostgreSql)]
    [InlineData(StoreKind.SqlServer)]
    public async Task A_server_store_is_migrated_by_the_verb_and_not_by_starting(StoreKind kind)
    {
        await using TestDatabase database = await TestDatabase.MakeAsync(kind);
        string[] settings = [$"--Store:Provider={kind}", $"--Store:ConnectionString={database.ConnectionString}", $"--Keys:MasterKeyFile={database.MasterKeyFile}"];

        (int exitCode, _, string errors) = await Executable.RunAsync(folder, settings);
        Assert.Equal(1, exitCode);
        Assert.StartsWith("The store lacks 1 migration(s), beginning with ", errors, StringComparison.Ordinal);
        Assert.EndsWith("Run `dotnet Efa.Graph.dll migrate` with the same settings first, or set Store:MigrateOnStart to true.", errors.Trim(), StringComparison.Ordinal);

        (exitCode, string output, _) = await Executable.RunAsync(folder, ["migrate", .. settings]);
        Assert.Equal((0, "Migrated the store (1 migration(s))."), (exitCode, output.Trim()));
        Uri address = Executable.FreeAddress();
        await using Executable server = Executable.Start(folder, [.. settings, $"--urls={address}"]);
        await server.ReadyAsync(address);
        Assert.Equal(0, (await server.StopAsync()).ExitCode);
    }

    private async Task<string> MasterKeyAsync(string name)
    {
        string file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return file;
    }
}
