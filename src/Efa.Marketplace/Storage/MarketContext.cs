using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Marketplace.Storage;

/// <summary>The one model of the marketplace; a derived context for each database says what differs there.</summary>
/// <remarks>Pooled: no state, no services. Each room brings its own <see cref="IEntityTypeConfiguration{TEntity}"/>.</remarks>
public abstract class MarketContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Whether the database makes the stems of German words itself; for the others they are kept beside the words.</summary>
    public virtual bool MakesStems => false;

    /// <summary>The versions in which each of the terms is found, one at least, with their rank; in the words of each database, to be joined.</summary>
    public abstract IQueryable<SearchHit> Hits(IReadOnlyList<SearchTerm> terms);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.UseOpenIddict<Guid>();
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(MarketContext).Assembly);
        foreach (IMutableEntityType entity in modelBuilder.Model.GetEntityTypes())
        {
            // Keys are made in the aggregate, before the insert; a database never generates one.
            foreach (IMutableProperty key in entity.FindPrimaryKey()?.Properties ?? [])
                if (!entity.ClrType.Namespace!.StartsWith("OpenIddict", StringComparison.Ordinal))
                    key.ValueGenerated = ValueGenerated.Never;
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<decimal>().HavePrecision(18, 2);
        configurationBuilder.Properties<string>().HaveMaxLength(400);
    }
}
