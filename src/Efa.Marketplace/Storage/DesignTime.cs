using Efa.Marketplace.Storage.PostgreSql;
using Efa.Marketplace.Storage.Sqlite;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Efa.Marketplace.Storage;

// For the migration tool: it needs the model and the provider, never a database.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteMarketContext>
{
    public SqliteMarketContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteMarketContext>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlMarketContext>
{
    public PostgreSqlMarketContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlMarketContext>().UseNpgsql("Host=127.0.0.1").Options);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerMarketContext>
{
    public SqlServerMarketContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerMarketContext>().UseSqlServer("Server=127.0.0.1").Options);
}
