using Efa.Marketplace.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Efa.Graph.Tests.Storage;

/// <summary>Where stores of one kind are made and dropped; the migrated template is made once and copied.</summary>
public abstract class StoreServer
{
    private static readonly StoreServer Sqlite = new SqliteFolder();
    private readonly SemaphoreSlim gate = new(1);
    private string? template;

    public abstract StoreKind Kind { get; }

    /// <summary>Skips the test where the environment names no server.</summary>
    public static StoreServer Of(StoreKind kind) => kind switch
    {
        StoreKind.Sqlite => Sqlite,
        StoreKind.PostgreSql => PostgreSqlServer.Configured.Value ?? Unset("EFA_GRAPH_TEST_POSTGRES"),
        StoreKind.SqlServer => SqlServerServer.Configured.Value ?? Unset("EFA_GRAPH_TEST_SQLSERVER"),
    };

    public abstract string ConnectionString(string name);

    public abstract Task<string> CreateAsync();

    public abstract Task DropAsync(string name);

    public async Task<string> CopyOfTemplateAsync(Func<StoreServer, string, Task> migrate)
    {
        await gate.WaitAsync();
        try
        {
            if (template is null)
            {
                string name = await CreateAsync();
                AppDomain.CurrentDomain.ProcessExit += (_, _) => DropAsync(name).Wait(TimeSpan.FromSeconds(5));
                await migrate(this, name);
                template = name;
            }
            // One after the other: PostgreSQL copies a database only while nobody else uses it.
            return await CopyAsync(template, migrate);
        }
        finally
        {
            gate.Release();
        }
    }

    protected abstract Task<string> CopyAsync(string template, Func<StoreServer, string, Task> migrate);

    protected static string NewName() => "efa_test_" + Guid.NewGuid().ToString("N");

    private static StoreServer Unset(string variable)
    {
        Skip.If(true, $"{variable} is not set.");
        throw new InvalidOperationException(variable);
    }

    private sealed class SqliteFolder : StoreServer
    {
        private readonly string folder = Directory.CreateTempSubdirectory("efa-test-").FullName;

        public SqliteFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);

        public override StoreKind Kind => StoreKind.Sqlite;

        public override string ConnectionString(string name) => $"Data Source={Path.Combine(folder, name)}.db";

        public override Task<string> CreateAsync() => Task.FromResult(NewName());

        public override Task DropAsync(string name)
        {
            SqliteConnection.ClearPool(new SqliteConnection(ConnectionString(name)));
            foreach (string file in Directory.Exists(folder) ? Directory.GetFiles(folder, name + ".db*") : []) File.Delete(file);
            return Task.CompletedTask;
        }

        protected override async Task<string> CopyAsync(string template, Func<StoreServer, string, Task> migrate)
        {
            string name = NewName();
            await using var connection = new SqliteConnection(ConnectionString(template));
            await connection.OpenAsync();
            await using var copy = new SqliteConnection(ConnectionString(name));
            await copy.OpenAsync();
            connection.BackupDatabase(copy);
            return name;
        }
    }

    private sealed class PostgreSqlServer(string connectionString) : StoreServer
    {
        public static readonly Lazy<StoreServer?> Configured =
            new(() => Environment.GetEnvironmentVariable("EFA_GRAPH_TEST_POSTGRES") is { Length: > 0 } text ? new PostgreSqlServer(text) : null);

        public override StoreKind Kind => StoreKind.PostgreSql;

        public override string ConnectionString(string name) => new NpgsqlConnectionStringBuilder(connectionString) { Database = name }.ConnectionString;

        public override Task<string> CreateAsync() => MakeAsync("template0");

        public override Task DropAsync(string name) => ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");

        protected override async Task<string> CopyAsync(string template, Func<StoreServer, string, Task> migrate)
        {
            // A pooled connection that was left behind would stand in the way.
            await ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'");
            return await MakeAsync(template);
        }

        private async Task<string> MakeAsync(string template)
        {
            string name = NewName();
            await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
            return name;
        }

        private async Task ExecuteAsync(string sql)
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private sealed class SqlServerServer(string connectionString) : StoreServer
    {
        public static readonly Lazy<StoreServer?> Configured =
            new(() => Environment.GetEnvironmentVariable("EFA_GRAPH_TEST_SQLSERVER") is { Length: > 0 } text ? new SqlServerServer(text) : null);

        public override StoreKind Kind => StoreKind.SqlServer;

        public override string ConnectionString(string name) => new SqlConnectionStringBuilder(connectionString) { InitialCatalog = name }.ConnectionString;

        public override async Task<string> CreateAsync()
        {
            string name = NewName();
            await ExecuteAsync($"CREATE DATABASE {name}; ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON;");
            return name;
        }

        public override Task DropAsync(string name) =>
            ExecuteAsync($"IF DB_ID('{name}') IS NOT NULL BEGIN ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}; END");

        protected override async Task<string> CopyAsync(string template, Func<StoreServer, string, Task> migrate)
        {
            string name = await CreateAsync();
            await migrate(this, name);
            return name;
        }

        private async Task ExecuteAsync(string sql)
        {
            await using var connection = new SqlConnection(new SqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            await using var command = new SqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
