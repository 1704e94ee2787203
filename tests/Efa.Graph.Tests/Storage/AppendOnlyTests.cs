using System.Data.Common;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Graph.Tests.Storage;

public sealed class AppendOnlyTests
{
    private static readonly string[] Tables = ["EventParties", "Events", "InvoiceDocuments", "InvoiceLines", "InvoiceTaxes", "Invoices", "TermsAcceptances"];

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    [Trait("attack", "Z23")]
    public async Task The_database_refuses_to_change_or_delete_what_is_append_only(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        await using MarketContext context = store.Context();
        Assert.Subset(AppendOnly.Tables(context.Model).ToHashSet(), Tables.ToHashSet());
        await context.Database.OpenConnectionAsync();

        foreach (IEntityType entity in context.Model.GetEntityTypes().Where(e => AppendOnly.Tables(context.Model).Contains(e.GetTableName())).ToArray())
        {
            await new RawRow(context, entity).InsertAsync();
            string table = context.Database.ProviderName!.EndsWith("SqlServer", StringComparison.Ordinal) ? $"[{entity.GetTableName()}]" : $"\"{entity.GetTableName()}\"";
            string column = entity.FindPrimaryKey()!.Properties[^1].GetColumnName();
            column = table.StartsWith('[') ? $"[{column}]" : $"\"{column}\"";

            await IsRefusedAsync(context, entity, $"UPDATE {table} SET {column} = {column}");
            await IsRefusedAsync(context, entity, $"DELETE FROM {table}");
            if (kind == StoreKind.PostgreSql) await IsRefusedAsync(context, entity, $"TRUNCATE {table} CASCADE");
            Assert.Equal(1, await CountAsync(context, table));
        }
    }

    // A migration that rebuilds a table on SQLite loses its triggers without a word.
    [Fact]
    public async Task Lost_triggers_come_back_with_the_next_migration()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        await using MarketContext context = store.Context();
        await context.Database.ExecuteSqlRawAsync("""DROP TRIGGER "Events_no_update"; DROP TRIGGER "Events_no_delete";""");

        await store.Migrator.MigrateAsync(CancellationToken.None);

        IEntityType events = context.Model.GetEntityTypes().Single(e => e.GetTableName() == "Events");
        await context.Database.OpenConnectionAsync();
        await new RawRow(context, events).InsertAsync();
        await IsRefusedAsync(context, events, "DELETE FROM \"Events\"");
    }

    private static async Task IsRefusedAsync(MarketContext context, IEntityType entity, string sql)
    {
        DbException refusal = await Assert.ThrowsAnyAsync<DbException>(() => context.Database.ExecuteSqlRawAsync(sql));
        Assert.Contains($"{entity.GetTableName()} is append-only", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<int> CountAsync(MarketContext context, string table)
    {
        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
