using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Storage;

/// <summary>A table whose rows stay as they are from some states on.</summary>
/// <param name="Columns">All but that of the state, which may still go from one of these states to another.</param>
/// <param name="States">As they are stored.</param>
public sealed record FixedTable(string Name, string Key, string State, IReadOnlyList<string> Columns, IReadOnlyList<string> States)
{
    internal string StateList => string.Join(", ", States.Select(s => $"'{s}'"));
}

/// <summary>A table whose rows belong to rows of a fixed one, and stay as they are with them.</summary>
/// <param name="OwnerKey">The column that names the owner.</param>
public sealed record FixedPart(string Name, string OwnerKey, FixedTable Owner);

/// <summary>Tables whose rows the database itself refuses to change once they have reached a state, and those of their parts.</summary>
public static class Fixed
{
    private const string Mark = "Market:Fixed";
    private const string PartMark = "Market:FixedWith";

    /// <summary>From these states on a row is neither changed nor deleted; its state may only become another one of them.</summary>
    public static void IsFixedIn<T, TState>(this EntityTypeBuilder<T> builder, string state, params IReadOnlyList<TState> states)
        where T : class
        where TState : struct, Enum
    {
        builder.HasAnnotation(Mark, $"{state}:{string.Join(',', states)}");
        builder.ToTable(table => table.HasTrigger($"{table.Name}_fixed"));
    }

    /// <summary>Rows of a fixed owner are neither added nor changed nor deleted.</summary>
    public static void IsFixedWith<T>(this EntityTypeBuilder<T> builder, Type owner, string key)
        where T : class
    {
        builder.HasAnnotation(PartMark, $"{owner.FullName}:{key}");
        builder.ToTable(table => table.HasTrigger($"{table.Name}_fixed"));
    }

    public static IEnumerable<FixedTable> Tables(IModel model) =>
        model.GetEntityTypes().Where(e => e.FindAnnotation(Mark) is not null).Select(Table);

    public static IEnumerable<FixedPart> Parts(IModel model) =>
        from entity in model.GetEntityTypes()
        let mark = (string?)entity.FindAnnotation(PartMark)?.Value
        where mark is not null
        let names = mark.Split(':')
        select new FixedPart(entity.GetTableName()!, names[1], Table(model.FindEntityType(names[0])!));

    private static FixedTable Table(IEntityType entity)
    {
        string[] mark = ((string)entity.FindAnnotation(Mark)!.Value!).Split(':');
        return new FixedTable(
            entity.GetTableName()!, entity.FindPrimaryKey()!.Properties.Single().GetColumnName(), mark[0],
            [.. entity.GetProperties().Select(p => p.GetColumnName()).Where(c => c != mark[0])], mark[1].Split(','));
    }
}
