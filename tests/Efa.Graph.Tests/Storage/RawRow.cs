using System.Data.Common;
using System.Runtime.CompilerServices;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Graph.Tests.Storage;

/// <summary>A row of any table with the simplest values, put past foreign keys: for tests of the table itself.</summary>
internal sealed class RawRow(MarketContext context, IEntityType entity)
{
    public async Task InsertAsync(params (string Property, object Value)[] values)
    {
        DbConnection connection = context.Database.GetDbConnection();
        (string open, string close, string off, string on) = context.Database.ProviderName!.Split('.')[^1] switch
        {
            "Sqlite" => ("\"", "\"", "PRAGMA foreign_keys = OFF;", "PRAGMA foreign_keys = ON;"),
            "PostgreSQL" => ("\"", "\"", "SET session_replication_role = replica;", "SET session_replication_role = DEFAULT;"),
            _ => ("[", "]", $"ALTER TABLE [{entity.GetTableName()}] NOCHECK CONSTRAINT ALL;", $"ALTER TABLE [{entity.GetTableName()}] CHECK CONSTRAINT ALL;"),
        };
        IProperty[] columns = [.. entity.GetProperties()];
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = $"{off} INSERT INTO {open}{entity.GetTableName()}{close} ({string.Join(", ", columns.Select(c => open + c.GetColumnName() + close))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))}); {on}";
        foreach ((int i, IProperty column) in columns.Index())
        {
            object? value = values.FirstOrDefault(v => v.Property == column.Name).Value ?? Simplest(column);
            command.Parameters.Add(column.GetRelationalTypeMapping().CreateParameter(command, $"@p{i}", value, column.IsNullable));
        }
        await command.ExecuteNonQueryAsync();
    }

    private static object? Simplest(IProperty column)
    {
        if (column.IsNullable) return null;
        Type type = column.ClrType;
        return type == typeof(string) ? "x"
            : type == typeof(DateTimeOffset) ? DateTimeOffset.UnixEpoch
            : type.IsEnum ? Enum.GetValues(type).GetValue(0)
            : type.IsValueType ? Activator.CreateInstance(type)
            : type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0)
            : type.IsGenericType ? Array.CreateInstance(type.GenericTypeArguments[0], 0)
            : RuntimeHelpers.GetUninitializedObject(type);
    }
}
