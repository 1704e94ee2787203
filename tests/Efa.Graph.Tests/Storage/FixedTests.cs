using System.Data.Common;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Graph.Tests.Storage;

public sealed class FixedTests
{
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task The_database_keeps_a_published_version_and_its_parts_as_they_are(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        await using MarketContext context = store.Context();
        await context.Database.OpenConnectionAsync();
        IEntityType versions = context.Model.FindEntityType(typeof(OfferVersion))!;
        IEntityType[] parts = [.. context.Model.GetEntityTypes().Where(e => Fixed.Parts(context.Model).Any(p => p.Name == e.GetTableName()))];
        Assert.Equal(["OfferVersionApplications", "OfferVersionConnectionTypes", "OfferVersionDocuments", "OfferVersionStates", "OfferVersionTerms"], parts.Select(p => p.GetTableName()).Order(StringComparer.Ordinal));

        await new RawRow(context, versions).InsertAsync(("State", OfferVersionState.Submitted), ("Title", "alt"));
        foreach (IEntityType part in parts) await new RawRow(context, part).InsertAsync();
        Assert.Equal(1, await ExecuteAsync(context, $"UPDATE {Q("OfferVersions")} SET {Q("Title")} = 'neu', {Q("State")} = 'Published'"));

        await IsRefusedAsync(store, context, "OfferVersions", $"UPDATE {Q("OfferVersions")} SET {Q("Title")} = 'anders'");
        await IsRefusedAsync(store, context, "OfferVersions", $"UPDATE {Q("OfferVersions")} SET {Q("State")} = 'Draft'");
        foreach (IEntityType part in parts)
        {
            string table = part.GetTableName()!, key = part.FindPrimaryKey()!.Properties[^1].GetColumnName();
            await IsRefusedAsync(store, context, table, $"UPDATE {Q(table)} SET {Q(key)} = {Q(key)}");
            await IsRefusedAsync(store, context, table, $"DELETE FROM {Q(table)}");
        }
        await IsRefusedAsync(store, context, "OfferVersionStates", $"INSERT INTO {Q("OfferVersionStates")} ({Q("VersionId")}, {Q("State")}) SELECT {Q("Id")}, '09' FROM {Q("OfferVersions")}");

        Assert.Equal(1, await ExecuteAsync(context, $"UPDATE {Q("OfferVersions")} SET {Q("State")} = 'Superseded'"));
        await IsRefusedAsync(store, context, "OfferVersions", $"DELETE FROM {Q("OfferVersions")}");
        await IsRefusedAsync(store, context, "OfferVersions", $"UPDATE {Q("OfferVersions")} SET {Q("ReviewNote")} = 'x'");

        string Q(string name) => kind == StoreKind.SqlServer ? $"[{name}]" : $"\"{name}\"";
    }

    private static async Task IsRefusedAsync(StoreUnderTest store, MarketContext context, string table, string sql)
    {
        DbException refusal = await Assert.ThrowsAnyAsync<DbException>(() => ExecuteAsync(context, sql));
        Assert.Contains($"{table} is fixed", refusal.Message, StringComparison.Ordinal);
        // Who has read it before decides anew.
        Assert.True(store.Dialect.IsFixedViolation(refusal));
    }

    private static async Task<int> ExecuteAsync(MarketContext context, string sql)
    {
        await using DbCommand command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }
}
