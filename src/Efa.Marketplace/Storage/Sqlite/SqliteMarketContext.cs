using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Marketplace.Storage.Sqlite;

/// <summary>The marketplace in one SQLite file.</summary>
public sealed class SqliteMarketContext(DbContextOptions<SqliteMarketContext> options) : MarketContext(options)
{
    public override IQueryable<SearchHit> Hits(IReadOnlyList<SearchTerm> terms) => SqliteWords.Hits(this, terms);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<Guid>().HaveConversion<StoreConverters.GuidToBytes>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<StoreConverters.InstantToMilliseconds>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            if (property.ClrType == typeof(decimal) || property.ClrType == typeof(decimal?))
                property.SetValueConverter(property.GetScale() == 6 ? new StoreConverters.AmountToMillionths() : new StoreConverters.SumToCents());
    }
}
