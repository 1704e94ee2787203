using System.Globalization;
using System.Text;
using Efa.Graph.Engine.Access;
using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Tests.Contract;

public sealed class PermissionPageTests
{
    private static readonly MarketSchema Schema = SchemaTests.Schema();

    [Fact]
    public void The_printed_permissions_are_those_of_the_schema() => Repository.IsAsPrinted("schema/permissions.md", Page());

    [Fact]
    public void Every_root_field_states_who_may_see_it()
    {
        IEnumerable<string> silent = new IObjectGraphType?[] { Schema.Query, Schema.Mutation, Schema.Subscription }.OfType<IObjectGraphType>()
            .SelectMany(root => root.Fields.Where(f => FieldAccess.Of(f) is null).Select(f => $"{root.Name}.{f.Name}"));

        Assert.Empty(silent);
    }

    [Fact]
    public void What_is_kept_from_a_caller_never_takes_its_parent_away()
    {
        IEnumerable<string> breaking = Stated().Where(s => s.Access.Audience != Audience.Public && s.Field.ResolvedType is NonNullGraphType).Select(s => s.Name)
            .Where(name => !name.StartsWith("Subscription.", StringComparison.Ordinal));

        Assert.Empty(breaking);
    }

    private static IEnumerable<(string Name, FieldType Field, FieldAccess Access)> Stated() =>
        from type in Schema.AllTypes.OfType<IObjectGraphType>().OrderBy(t => t.Name, StringComparer.Ordinal)
        from field in type.Fields.OrderBy(f => f.Name, StringComparer.Ordinal)
        where FieldAccess.Of(field) is not null
        select ($"{type.Name}.{field.Name}", field, FieldAccess.Of(field)!);

    private static string Page()
    {
        var page = new StringBuilder("""
            <!-- Printed by PermissionPageTests; do not edit. -->
            # Who may see what

            As in the `@access` directive of `efa.graphql`. `PUBLIC`: everybody. `CALLERS`: every caller with a good token. `PARTIES`: callers who act
            for a party of the thing; for others it is null, or as if it did not exist. A field that is not listed is seen by whoever sees its object.
            Where a scope is missing, a field of a query is null with the error `FORBIDDEN`; a mutation answers with `PermissionDeniedError`.
            A `:write` scope reads too, and `billing:write` reads invoices.

            | field | to | scope |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach ((string name, _, FieldAccess access) in Stated())
            page.Append(CultureInfo.InvariantCulture, $"| `{name}` | {ApiName.Of(access.Audience)} | {(access.Scope is { } scope ? $"`{scope}`" : "")} |\n");
        return page.ToString();
    }
}
