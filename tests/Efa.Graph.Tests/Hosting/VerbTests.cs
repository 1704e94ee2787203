using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Marketplace.Storage;
using Microsoft.Data.Sqlite;

namespace Efa.Graph.Tests.Hosting;

public sealed class VerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("efa_test_").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Help_names_every_verb()
    {
        (int exitCode, string output, _) = await Executable.RunAsync(folder, "help");
        Assert.Equal(0, exitCode);
        foreach (string verb in new[] { "serve", "migrate", "seed DIR", "backup FILE", "restore FILE", "schema", "help" }) Assert.Contains($"\n  {verb} ", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("explode")]
    [InlineData("seed")]
    [InlineData("migrate", "now")]
    public async Task What_is_no_verb_is_answered_with_the_usage(params string[] args)
    {
        (int exitCode, string output, string errors) = await Executable.RunAsync(folder, args);
        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("Usage:", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Theory]
    [InlineData("--Store:Provider=MySql", "Store:Provider is MySql, but must be one of Sqlite, PostgreSql, SqlServer.")]
    [InlineData("--Mail:Host=mail.example", "Mail:From must be an e-mail address, such as Marktplatz <rechnung@marktplatz.example>.")]
    [InlineData("--Mail:Security=Ssl", "Mail:Security is Ssl, but must be one of StartTls, Tls, None.")]
    [InlineData("--Store:Connection=x", "Store:Connection is no setting. Section Store has Provider, ConnectionString, MigrateOnStart.")]
    [InlineData("--Demo:Load=perhaps", "Demo:Load is perhaps, but must be true or false.")]
    [InlineData("--Http:Cors:0=shop.example/", "Http:Cors has shop.example/, but an origin is scheme, host and port, such as https://shop.example.")]
    [InlineData("--Http:TrustedProxies:0=proxy", "Http:TrustedProxies has proxy, but must hold addresses such as 10.0.0.7 or networks such as 10.0.0.0/8.")]
    [InlineData("--Http:ShutdownTimeout=-00:00:01", "Http:ShutdownTimeout is -00:00:01, but must be at least 00:00:00.")]
    [InlineData("--Limits:Depth=0", "Limits:Depth is 0, but must be at least 1.")]
    [InlineData("--Limits:ExecutionSeconds=0", "Limits:ExecutionSeconds is 0, but must be more than 0.")]
    [InlineData("--Limits:Introspection=Friends", "Limits:Introspection is Friends, but must be one of Everyone, Authenticated, Nobody.")]
    [InlineData("--Documents:Only=true", "Documents:Only is no setting. Section Documents has Folders, StoredOnly, MaxAge.")]
    [InlineData("--Documents:Folders:0=/nowhere", "Documents:Folders: there is no folder /nowhere.")]
    [InlineData("--Telemetry:OtlpEndpoint=collector", "Telemetry:OtlpEndpoint is collector, but must be an address such as http://collector:4318.")]
    [InlineData("--Store:ConnectionString=Password=geheim;Nonsense", "Store:ConnectionString is none that Sqlite understands; see Store:Provider.")]
    [InlineData("--Keys:File=x", "Keys:File is no setting. Section Keys has MasterKeyFile, TokenKeyLifetime, ReceiptKeyLifetime.")]
    [InlineData("--Billing:Schedule:0=02-29", "Billing:Schedule has 02-29, but must hold days that every year has, as month and day: 02-15.")]
    public async Task A_setting_that_is_not_understood_is_named(string setting, string text)
    {
        (int exitCode, _, string errors) = await Executable.RunAsync(folder, setting);
        Assert.Equal(1, exitCode);
        Assert.Equal(text, errors.Trim());
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task Schema_prints_what_is_kept_in_the_repository()
    {
        (int exitCode, string output, _) = await Executable.RunAsync(folder, "schema");
        Assert.Equal(0, exitCode);
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("schema/efa.graphql")), output);
    }

    [Fact]
    public async Task Migrate_makes_a_store_and_leaves_a_ready_one_alone()
    {
        (int exitCode, string output, _) = await Executable.RunAsync(folder, "migrate");
        Assert.Equal((0, "Migrated the store (1 migration(s))."), (exitCode, output.Trim()));
        Assert.True(File.Exists(Path.Combine(folder, "store", "market.db")));

        (exitCode, output, _) = await Executable.RunAsync(folder, "migrate");
        Assert.Equal((0, "The store was up to date."), (exitCode, output.Trim()));
    }

    [Fact]
    public async Task Seed_loads_a_folder_once_and_shows_the_secrets_it_made()
    {
        string secrets = Path.Combine(folder, "secrets");
        await File.WriteAllTextAsync(secrets, "demo-seller 9f2c\n\ndemo-operator a7b1\n");

        (int exitCode, string output, _) = await Executable.RunAsync(folder, "seed", Repository.PathOf("samples/data"), "--client-secrets", secrets);
        Assert.Equal(0, exitCode);
        Assert.Contains("and 6 clients.", output, StringComparison.Ordinal);
        string[] shown = [.. output.Split('\n').Where(l => l.StartsWith("demo-", StringComparison.Ordinal))];
        Assert.Equal(["demo-portal", "demo-municipality", "demo-supplier", "demo-stranger"], shown.Select(l => l.Split(' ')[0]));
        Assert.All(shown, line => Assert.Equal(43, line.Split(' ')[1].Length));

        (exitCode, _, string errors) = await Executable.RunAsync(folder, "seed", Repository.PathOf("samples/data"));
        Assert.Equal((1, "The store is not empty; a market is loaded into an empty one only."), (exitCode, errors.Trim()));
    }

    [Fact]
    public async Task A_seed_with_a_mistake_loads_nothing_and_says_where_it_is()
    {
        string seed = Path.Combine(folder, "seed");
        Directory.CreateDirectory(seed);
        await File.WriteAllTextAsync(Path.Combine(seed, "api-clients.json"), """[{"clientId":"a","name":"A","organisation":"nobody","scopes":[]}]""");

        (int exitCode, _, string errors) = await Executable.RunAsync(folder, "seed", seed);
        Assert.Equal((1, "Nothing was loaded: no organisation has the key nobody"), (exitCode, errors.Trim()));
    }

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
