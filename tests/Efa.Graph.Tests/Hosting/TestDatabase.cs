using System.Security.Cryptography;
using Efa.Marketplace.Storage;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Efa.Graph.Tests.Hosting;

/// <summary>An empty database of a test's own, which is gone when the test is.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string PostgreSqlServer = "EFA_GRAPH_TEST_POSTGRES";
    private const string SqlServerServer = "EFA_GRAPH_TEST_SQLSERVER";

    private readonly string name = "efa_test_" + Guid.NewGuid().ToString("N");

    private TestDatabase(StoreKind kind) => Kind = kind;

    public StoreKind Kind { get; }

    public string ConnectionString { get; private set; } = "";

    /// <summary>A folder of the test's own, for keys and, on SQLite, the store.</summary>
    public string Folder => Path.Combine(Path.GetTempPath(), name);

    /// <summary>Holds a master key of the test's own.</summary>
    public string MasterKeyFile => Path.Combine(Folder, "master.key");

    /// <summary>All stores, for theories; the ones that are not configured show as skipped.</summary>
    public static TheoryData<StoreKind> Kinds => [StoreKind.Sqlite, StoreKind.PostgreSql, StoreKind.SqlServer];

    /// <summary>Skips the test where no server of this kind is configured.</summary>
    /// <param name="template">What it begins with; otherwise with nothing.</param>
    public static async Task<TestDatabase> MakeAsync(StoreKind kind, TestTemplate? template = null)
    {
        var database = new TestDatabase(kind);
        Directory.CreateDirectory(database.Folder);
        switch (kind)
        {
            case StoreKind.Sqlite:
                string file = Path.Combine(database.Folder, "market.db");
                database.ConnectionString = $"Data Source={file}";
                if (template is not null) File.Copy(new SqliteConnectionStringBuilder(template.ConnectionString).DataSource, file);
                break;
            case StoreKind.PostgreSql:
                var postgres = new NpgsqlConnectionStringBuilder(Server(PostgreSqlServer, kind));
                string like = template is null ? "" : $" TEMPLATE \"{new NpgsqlConnectionStringBuilder(template.ConnectionString).Database}\"";
                await OnServerAsync(new NpgsqlConnection(postgres.ConnectionString), $"CREATE DATABASE \"{database.name}\"{like}");
                postgres.Database = database.name;
                database.ConnectionString = postgres.ConnectionString;
                break;
            case StoreKind.SqlServer:
                var sqlServer = new SqlConnectionStringBuilder(Server(SqlServerServer, kind));
                await OnServerAsync(new SqlConnection(sqlServer.ConnectionString), $"CREATE DATABASE [{database.name}]");
                await OnServerAsync(new SqlConnection(sqlServer.ConnectionString), $"ALTER DATABASE [{database.name}] SET READ_COMMITTED_SNAPSHOT ON");
                sqlServer.InitialCatalog = database.name;
                database.ConnectionString = sqlServer.ConnectionString;
                break;
        }
        await File.WriteAllTextAsync(database.MasterKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        switch (Kind)
        {
            case StoreKind.Sqlite:
                using (var connection = new SqliteConnection(ConnectionString)) SqliteConnection.ClearPool(connection);
                break;
            case StoreKind.PostgreSql:
                await OnServerAsync(new NpgsqlConnection(Server(PostgreSqlServer, Kind)), $"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");
                break;
            case StoreKind.SqlServer:
                await OnServerAsync(new SqlConnection(Server(SqlServerServer, Kind)), $"ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]");
                break;
        }
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private static string Server(string variable, StoreKind kind)
    {
        string? server = Environment.GetEnvironmentVariable(variable);
        Skip.If(string.IsNullOrEmpty(server), $"No {kind} server: {variable} is not set.");
        return server!;
    }

    private static async Task OnServerAsync(System.Data.Common.DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using System.Data.Common.DbCommand command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }
}
