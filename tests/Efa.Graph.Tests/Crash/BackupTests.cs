using System.Collections.Concurrent;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace Efa.Graph.Tests.Crash;

/// <summary>The SQLite store is copied while a server takes orders, and put back for another server.</summary>
public sealed class BackupTests : IDisposable
{
    private const int Writers = 4;

    private readonly string folder = Directory.CreateTempSubdirectory("efa-backup-").FullName;

    private string Store => Path.Combine(folder, "restored", "market.db");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_backup_under_load_has_every_order_acknowledged_before_it_and_nothing_half()
    {
        await using var server = new KilledServer();
        await server.StartAsync();
        await server.AuthoriseAsync(DemoOrders.Municipality);
        Func<string, object> input = await DemoOrders.InputAsync(server);
        var acknowledged = new ConcurrentQueue<string>();
        using var end = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (int n = 0; !end.IsCancellationRequested; n++) acknowledged.Enqueue(await DemoOrders.PlaceAsync(server, input, $"{writer}-{n}"));
        }))];
        while (acknowledged.Count < 2 * Writers) await Task.Delay(20);

        string[] before = [.. acknowledged];
        string file = Path.Combine(folder, "backup.db");
        (int exitCode, string output, string errors) = await RunAsync("backup", file, server.StoreFile);
        int after = acknowledged.Count;
        await end.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(exitCode == 0, errors);
        Assert.StartsWith($"Backed up the store to {file}.", output, StringComparison.Ordinal);
        // It did not keep anybody from ordering.
        Assert.InRange(after, before.Length + 1, int.MaxValue);
        string cursor = await HeadAsync(server);

        (exitCode, output, errors) = await RunAsync("restore", file, Store);
        Assert.True(exitCode == 0, errors);
        Assert.StartsWith($"Restored the store to {Store}.", output, StringComparison.Ordinal);
        Assert.Equal(["ok"], Read<string>(Store, "PRAGMA integrity_check"));
        Assert.Empty(Read<string>(Store, "PRAGMA foreign_key_check"));
        IReadOnlyList<long> positions = Read<long>(Store, "SELECT Position FROM Events ORDER BY Position");
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(n => (long)n), positions);
        Assert.Equal([(long)positions.Count], Read<long>(Store, "SELECT Position FROM LogHead"));

        await using var restored = new KilledServer(Store, server.MasterKeyFile);
        await restored.StartAsync();
        await restored.AuthoriseAsync(DemoOrders.Municipality);
        string[] orders = [.. (await DemoOrders.PagesAsync(restored, "Orders", "orders")).Select(o => o.GetProperty("id").GetString()!)];
        Assert.Subset(orders.ToHashSet(), before.ToHashSet());
        Assert.Subset(acknowledged.ToHashSet(), orders.ToHashSet());
        Assert.Equal("CURSOR_OTHER_LOG", await restored.CodeAsync(Repository.Operation("OrderEvents"), new { after = cursor }));
    }

    [Fact]
    public async Task A_store_in_use_is_not_served_twice_and_nothing_is_overwritten()
    {
        await using var server = new KilledServer();
        await server.StartAsync();
        string file = Path.Combine(folder, "backup.db");
        Assert.Equal(0, (await RunAsync("backup", file, server.StoreFile)).ExitCode);
        byte[] kept = await File.ReadAllBytesAsync(file);

        Assert.Equal((1, $"{file} is there already."), Refusal(await RunAsync("backup", file, server.StoreFile)));
        (int exitCode, string text) = Refusal(await RunAsync("restore", file, server.StoreFile));
        Assert.Equal((1, $"Another server uses the store at {server.StoreFile}; stop it first, or see Store:ConnectionString."), (exitCode, text));
        (exitCode, text) = Refusal(await Executable.RunAsync(folder, $"--Store:ConnectionString=Data Source={server.StoreFile}", $"--Keys:MasterKeyFile={server.MasterKeyFile}", "--urls=http://127.0.0.1:0"));
        Assert.Equal((1, $"Another server uses the store at {server.StoreFile}; stop it first, or see Store:ConnectionString."), (exitCode, text));
        await server.KillAsync();
        Assert.Equal((1, $"There is a store at {server.StoreFile}; move it away first."), Refusal(await RunAsync("restore", file, server.StoreFile)));
        Assert.Equal(kept, await File.ReadAllBytesAsync(file));

        string damaged = Path.Combine(folder, "damaged.db");
        await File.WriteAllBytesAsync(damaged, kept[..(kept.Length / 2)]);
        Assert.Equal(1, (await RunAsync("restore", damaged, Store)).ExitCode);
        Assert.Equal((1, $"There is no file {folder}/nothing.db."), Refusal(await RunAsync("restore", Path.Combine(folder, "nothing.db"), Store)));
        Assert.Equal([Store + ".serving"], Directory.GetFiles(Path.GetDirectoryName(Store)!));
    }

    [Fact]
    public async Task A_database_server_is_left_to_its_own_tools() =>
        Assert.Equal((1, "Store:Provider is not Sqlite; back up and restore with the database's own tools."),
            Refusal(await Executable.RunAsync(folder, "backup", "file", "--Store:Provider=PostgreSql", "--Store:ConnectionString=Host=127.0.0.1")));

    private static (int ExitCode, string Text) Refusal((int ExitCode, string Output, string Errors) run) => (run.ExitCode, run.Errors.Trim());

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string verb, string file, string store) =>
        Executable.RunAsync(folder, verb, file, $"--Store:ConnectionString=Data Source={store}");

    private static async Task<string> HeadAsync(KilledServer server) =>
        (await server.AskAsync(Repository.Operation("OrderEventsHead"), new { })).GetProperty("orderEvents").GetProperty("head").GetString()!;

    private static List<T> Read<T>(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using SqliteDataReader reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read()) values.Add(reader.GetFieldValue<T>(0));
        return values;
    }
}
