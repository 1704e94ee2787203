using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Efa.Marketplace.Storage;

/// <summary>The databases the marketplace can live in.</summary>
public enum StoreKind
{
    /// <summary>Embedded, one process, one file.</summary>
    Sqlite,
    PostgreSql,
    SqlServer,
}

/// <summary>Settings of section <c>Store</c>: which database, where, and whether the server may migrate it by itself.</summary>
public sealed class StoreOptions
{
    public const string Section = "Store";

    public StoreKind Provider { get; set; } = StoreKind.Sqlite;

    /// <summary>For SQLite a data source whose relative path starts at the content root.</summary>
    public string ConnectionString { get; set; } = "Data Source=store/market.db";

    /// <summary>SQLite always migrates at start; the others only when this is set, otherwise by the verb <c>migrate</c>.</summary>
    public bool MigrateOnStart { get; set; }

    /// <summary>What is wrong with them, by the name of the setting; never the connection string itself, which may hold a password.</summary>
    public string? Problem()
    {
        try
        {
            DbConnectionStringBuilder parsed = Provider switch
            {
                StoreKind.Sqlite => new SqliteConnectionStringBuilder(ConnectionString),
                StoreKind.PostgreSql => new NpgsqlConnectionStringBuilder(ConnectionString),
                StoreKind.SqlServer => new SqlConnectionStringBuilder(ConnectionString),
            };
            return parsed.Count > 0 ? null : $"{Section}:ConnectionString is empty.";
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            return $"{Section}:ConnectionString is none that {Provider} understands; see {Section}:Provider.";
        }
    }
}
