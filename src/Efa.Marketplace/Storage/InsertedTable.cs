using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Marketplace.Storage;

/// <summary>A table as a driver fills it past the change tracker: its columns, and what an object has for them.</summary>
internal sealed class InsertedTable
{
    private readonly IProperty[] properties;

    public InsertedTable(MarketContext context, Type type)
    {
        IEntityType entity = context.Model.FindEntityType(type) ?? throw new ArgumentException($"{type.Name} is not stored.", nameof(type));
        properties = [.. entity.GetProperties()];
        Name = entity.GetTableName()!;
        Columns = [.. properties.Select(p => p.GetColumnName())];
    }

    public string Name { get; }

    public IReadOnlyList<string> Columns { get; }

    public string ColumnList => string.Join(", ", Columns.Select(c => $"\"{c}\""));

    /// <summary>The value of a column as the driver takes it; null where there is none.</summary>
    public object? ValueOf(object row, int column)
    {
        IProperty property = properties[column];
        object? value = property.PropertyInfo!.GetValue(row);
        return value is not null && property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }
}
