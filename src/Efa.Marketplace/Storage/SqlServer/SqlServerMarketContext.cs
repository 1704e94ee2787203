using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Marketplace.Storage.SqlServer;

/// <summary>The marketplace in a SQL Server database.</summary>
public sealed class SqlServerMarketContext(DbContextOptions<SqlServerMarketContext> options) : MarketContext(options)
{
    private const string Ordinal = "Latin1_General_100_BIN2_UTF8";

    public override IQueryable<SearchHit> Hits(IReadOnlyList<SearchTerm> terms) => SqlServerWords.Hits(this, terms);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation(Ordinal);
        configurationBuilder.Properties<Enum>().UseCollation(Ordinal);
        configurationBuilder.Properties<Guid>().HaveConversion<StoreConverters.GuidToBytes>().HaveColumnType("binary(16)");
        configurationBuilder.Properties<DateTimeOffset>().HavePrecision(3);
    }
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            if (property.ClrType == typeof(decimal) || property.ClrType == typeof(decimal?))
                property.SetValueConverter(new StoreConverters.RoundedTo(property.GetScale() ?? 2));
    }
}
