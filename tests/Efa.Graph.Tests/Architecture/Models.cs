using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.PostgreSql;
using Efa.Marketplace.Storage.Sqlite;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Graph.Tests.Architecture;

/// <summary>Contexts that know a database and are connected to none.</summary>
internal static class Models
{
    public static MarketContext Context(StoreKind kind) => kind switch
    {
        StoreKind.Sqlite => new SqliteMarketContext(new DbContextOptionsBuilder<SqliteMarketContext>().UseSqlite("Data Source=none.db").Options),
        StoreKind.PostgreSql => new PostgreSqlMarketContext(new DbContextOptionsBuilder<PostgreSqlMarketContext>().UseNpgsql("Host=127.0.0.1").Options),
        StoreKind.SqlServer => new SqlServerMarketContext(new DbContextOptionsBuilder<SqlServerMarketContext>().UseSqlServer("Server=127.0.0.1").Options),
    };

    /// <summary>Our own entities with everything that migrations know; those of the token library follow its own rules.</summary>
    public static IEnumerable<IEntityType> Own(MarketContext context) =>
        context.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(e => e.ClrType.Namespace!.StartsWith("Efa.", StringComparison.Ordinal));
}
