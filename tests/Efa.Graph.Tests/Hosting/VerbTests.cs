using Efa.Graph.Tests.Contract;

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
        foreach (string verb in new[] { "serve", "migrate", "seed DIR", "reindex", "backup FILE", "restore FILE", "schema", "help" }) Assert.Contains($"\n  {verb} ", output, StringComparison.Ordinal);
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
    public async Task Reindex_says_of_how_many_offers()
    {
        (int exitCode, string output, _) = await Executable.RunAsync(folder, "reindex");
        Assert.Equal((0, "Wrote the search index of 0 offers."), (exitCode, output.Trim()));
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
}
