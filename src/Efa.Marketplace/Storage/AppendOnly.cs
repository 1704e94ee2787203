using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Storage;

/// <summary>Tables whose rows the database itself refuses to change or delete.</summary>
public static class AppendOnly
{
    private const string Mark = "Market:AppendOnly";

    /// <summary>Marks a table; the migrator makes the triggers, because migrations that rebuild a table drop them.</summary>
    public static void IsAppendOnly<T>(this EntityTypeBuilder<T> builder)
        where T : class
    {
        builder.HasAnnotation(Mark, true);
        builder.ToTable(table => table.HasTrigger($"{table.Name}_no_change"));
    }

    public static IEnumerable<string> Tables(IModel model) =>
        model.GetEntityTypes().Where(e => e.FindAnnotation(Mark) is not null).Select(e => e.GetTableName()!);
}
