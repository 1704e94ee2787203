using System.Reflection;
using Efa.Graph.Tests.Architecture;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Efa.Marketplace.Storage.SqlServer;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Efa.Graph.Tests.Storage;

/// <summary>Where no SQL Server runs, its statements are at least parsed as it would parse them.</summary>
public sealed class SqlServerTextTests
{
    [Fact]
    public void The_idempotent_migration_script_is_valid()
    {
        using MarketContext context = Models.Context(StoreKind.SqlServer);

        string script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Contains("CREATE TABLE [Orders]", script, StringComparison.Ordinal);
        IsValid(script);
    }

    [Fact]
    public void The_statements_of_the_dialect_are_valid()
    {
        using MarketContext context = Models.Context(StoreKind.SqlServer);
        var dialect = new SqlServerDialect();

        foreach (string statement in AppendOnly.Tables(context.Model).SelectMany(dialect.AppendOnly)) IsValid(statement);
        foreach (string statement in Fixed.Tables(context.Model).SelectMany(dialect.Fix)) IsValid(statement);
        foreach (string statement in Fixed.Parts(context.Model).SelectMany(dialect.Fix)) IsValid(statement);
        string tail = string.Join('\n', Text(dialect, "TakeFromSeries", 0), Text(dialect, "TakeFromSeries", 1), Text(dialect, "get_MoveHead"));
        Assert.Contains("MERGE [Counters]", tail, StringComparison.Ordinal);
        IsValid(tail);
        IsValid(Text(dialect, "get_InsertCallOrNothing"));
        IsValid(Text(dialect, "Hold", "Orders", "@i0, @i1"));
        IsValid(Text(dialect, "KeepQuotes", 2));
        IsValid(dialect.LockSchema);
    }

    [Fact]
    public void Lists_are_valid_with_every_filter_and_sort()
    {
        using MarketContext context = Models.Context(StoreKind.SqlServer);
        Guid[] own = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        var caller = new Caller("x", null, own, new HashSet<string>());
        var everything = new OfferFilter
        {
            Search = "wohn geld",
            Kinds = [default],
            SubjectAreas = ["a"],
            LeikaKeys = ["99107023037000"],
            OzgIds = ["10255"],
            FimTypes = ["2"],
            SellerIds = own,
            SupplierIds = own,
            AvailableIn = ["01"],
            ConnectionTypes = ["FIT_CONNECT"],
            SpecialistApplications = ["x"],
            EfaFinanced = true,
            OrderingModes = [default],
            States = [default],
            DraftStates = [default],
            UpdatedSince = DateTimeOffset.UnixEpoch,
        };
        string[] queries =
        [
            .. Enum.GetValues<OfferSort>().Except([OfferSort.Relevance]).SelectMany(sort => new[] { OfferFilter.Everything, everything }.SelectMany(filter => new[] { true, false }.Select(backward =>
                context.Offers(caller, filter).PageBy(OfferSearch.Order(sort), Request(OfferSearch.Order(sort).Name, sort == OfferSort.Title ? "a" : "0", backward)).ToQueryString()))),
            context.FoundOffers(caller, everything).PageBy(OfferSearch.ByRelevance, Request(OfferSearch.ByRelevance.Name, "0a", backward: true)).ToQueryString(),
            context.Offers(Caller.Anonymous, everything).ToQueryString(),
            context.Offers(caller, everything).GroupBy(o => o.SubjectArea).Select(g => new { g.Key, Count = g.Count() }).ToQueryString(),
            context.Services(new ServiceFilter { Search = "wohn", Kinds = [default], LeikaKeys = ["x"], OzgIds = ["x"], AvailableIn = ["01"] }).PageBy(OfferSearch.ServicesByName, new PageRequest(20)).ToQueryString(),
            context.VersionsVisibleTo(caller).Where(v => own.Contains(v.Id)).ToQueryString(),
            context.OrdersVisibleTo(caller).Matching(new OrderFilter
            {
                States = [OrderState.Placed], OfferIds = own, OrderedByIds = own, UsedByIds = own, BillToIds = own, SellerIds = own, SupplierIds = own,
                PlacedFrom = DateTimeOffset.UnixEpoch, PlacedBefore = DateTimeOffset.UnixEpoch, NextActionBy = own[0],
            }).PageBy(OrderVisibility.NewestFirst, Request(OrderVisibility.NewestFirst.Name, "0", backward: false)).ToQueryString(),
            context.Organisations().Matching(new OrganisationFilter { Search = "bad homburg", Ars = "05", LeitwegId = "04011000-45", Kinds = [default], Roles = [OrganisationRole.Supplier], FederalStates = ["05"] })
                .PageBy(OrganisationVisibility.ByName, new PageRequest(20)).ToQueryString(),
            context.InvoicesVisibleTo(caller).Matching(new InvoiceFilter()).PageBy(InvoiceVisibility.NewestFirst, Request(InvoiceVisibility.NewestFirst.Name, "0", backward: true)).ToQueryString(),
        ];

        // The parameters of raw SQL are told without their sign.
        Assert.All(queries.Select(query => query.Replace("DECLARE p", "DECLARE @p", StringComparison.Ordinal)), IsValid);
        Assert.All(queries, query => Assert.DoesNotContain(" OFFSET ", query.Replace("OFFSET 0 ROWS", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SELECT FROM WHERE")]
    [InlineData("CREATE TRIGGER x BEFORE UPDATE ON y BEGIN END")]
    [InlineData("INSERT INTO x VALUES (1) ON CONFLICT DO NOTHING")]
    public void A_wrong_statement_is_found(string sql) => Assert.NotEmpty(Errors(sql));

    private static string Text(SqlServerDialect dialect, string member, params object[] arguments) =>
        (string)typeof(SqlServerDialect).GetMethod(member, BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(dialect, arguments)!;

    private static PageRequest Request(string order, string key, bool backward) => new(20, new PageCursor(order, key, Guid.CreateVersion7()), backward);

    private static void IsValid(string sql)
    {
        IList<ParseError> errors = Errors(sql);
        Assert.True(errors.Count == 0, errors.Count == 0 ? "" : $"line {errors[0].Line}: {errors[0].Message}\n{sql}");
    }

    internal static IList<ParseError> Errors(string sql)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out IList<ParseError> errors);
        return errors;
    }
}
