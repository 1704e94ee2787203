using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.PostgreSql;

/// <summary>The marketplace in a PostgreSQL database.</summary>
public sealed class PostgreSqlMarketContext(DbContextOptions<PostgreSqlMarketContext> options) : MarketContext(options)
{
    public override bool MakesStems => true;

    public override IQueryable<SearchHit> Hits(IReadOnlyList<SearchTerm> terms) => PostgreSqlWords.Hits(this, terms);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Ordinal like C# and the other databases, so that sorting, cursors and unique keys agree everywhere.
        configurationBuilder.Properties<string>().UseCollation("C");
        configurationBuilder.Properties<Enum>().UseCollation("C");
    }
}
