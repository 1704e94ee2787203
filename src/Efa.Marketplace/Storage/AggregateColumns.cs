using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Storage;

/// <summary>What the tables of all aggregates have in common.</summary>
public static class AggregateColumns
{
    /// <summary>Table, key and row version; facts and parties are not columns.</summary>
    public static void IsAggregate<T>(this EntityTypeBuilder<T> builder, string table)
        where T : class
    {
        builder.ToTable(table);
        builder.HasKey("Id");
        builder.Property<int>("Version").IsConcurrencyToken();
        builder.Ignore("Facts");
        builder.Ignore("Kind");
        builder.Ignore("Parties");
    }
}
