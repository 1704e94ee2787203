using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Efa.Graph.Tests.Architecture;

public sealed class ModelTests
{
    public static TheoryData<StoreKind> Kinds => [.. Enum.GetValues<StoreKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_migrations_say_what_the_model_says(StoreKind kind)
    {
        using MarketContext context = Models.Context(kind);

        Assert.False(context.Database.HasPendingModelChanges(), "The model has changed: run .ci/migrations NAME.");
        Assert.NotEmpty(context.Database.GetMigrations());
    }

    // An amount without a scale of its own would be cut to two places, or on SQLite kept as text.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_decimal_has_two_or_six_places_and_every_text_a_length(StoreKind kind)
    {
        using MarketContext context = Models.Context(kind);
        IProperty[] properties = [.. Models.Own(context).SelectMany(e => e.GetProperties())];

        Assert.All(properties.Where(p => (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) == typeof(decimal)), p =>
        {
            Assert.Equal(18, p.GetPrecision());
            Assert.Contains(p.GetScale(), new int?[] { 2, 6 });
            string type = p.GetColumnType();
            Assert.Equal(kind == StoreKind.Sqlite ? "INTEGER" : kind == StoreKind.PostgreSql ? $"numeric(18,{p.GetScale()})" : $"decimal(18,{p.GetScale()})", type);
        });
        Assert.All(properties.Where(p => p.ClrType == typeof(string)), p => Assert.NotNull(p.GetMaxLength()));
    }

    [Theory]
    [InlineData(StoreKind.Sqlite, "BLOB", "INTEGER", "TEXT")]
    [InlineData(StoreKind.PostgreSql, "uuid", "timestamp with time zone", "date")]
    [InlineData(StoreKind.SqlServer, "binary(16)", "datetimeoffset(3)", "date")]
    public void Ids_instants_and_days_have_one_type_everywhere(StoreKind kind, string id, string instant, string day)
    {
        using MarketContext context = Models.Context(kind);
        ILookup<Type, string> types = Models.Own(context).SelectMany(e => e.GetProperties())
            .ToLookup(p => Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType, p => p.GetColumnType());

        Assert.Equal([id], types[typeof(Guid)].Distinct());
        Assert.Equal([instant], types[typeof(DateTimeOffset)].Distinct());
        Assert.Equal([day], types[typeof(DateOnly)].Distinct());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_database_makes_no_key(StoreKind kind)
    {
        using MarketContext context = Models.Context(kind);

        Assert.All(Models.Own(context).SelectMany(e => e.FindPrimaryKey()!.Properties), p => Assert.Equal(ValueGenerated.Never, p.ValueGenerated));
    }

    // Each aggregate guards its rows by the version that the API shows.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_aggregate_has_its_version_as_concurrency_token(StoreKind kind)
    {
        using MarketContext context = Models.Context(kind);
        IEntityType[] aggregates = [.. Models.Own(context).Where(e => e.ClrType.IsAssignableTo(typeof(Marketplace.Events.Aggregate)))];

        Assert.NotEmpty(aggregates);
        Assert.All(aggregates, e => Assert.True(e.FindProperty("Version")!.IsConcurrencyToken, e.Name));
    }
}
