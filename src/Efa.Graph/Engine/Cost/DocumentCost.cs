using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Cost;

/// <summary>Computes what an operation costs with the variables it is sent with, before it is executed.</summary>
/// <remarks>The document was bounded before: expanding its fragments is cheap.</remarks>
internal sealed class DocumentCost(ISchema schema, GraphQLDocument document, IDictionary<GraphQLField, IDictionary<string, ArgumentValue>>? arguments)
{
    private const int Introspection = 50;
    private const int DefaultPage = 20;

    // More than any budget, and far from overflowing.
    private const long Ceiling = 1_000_000_000;

    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments =
        document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(f => f.FragmentName.Name.StringValue, StringComparer.Ordinal);

    public long Of(GraphQLOperationDefinition operation)
    {
        IObjectGraphType? root = operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };
        return Of(operation.SelectionSet, root, times: 1, page: null);
    }

    /// <param name="times">How many objects these fields are selected of.</param>
    /// <param name="page">Size of the connection that these fields belong to, if they belong to one.</param>
    private long Of(GraphQLSelectionSet? selections, IGraphType? type, long times, long? page)
    {
        long cost = 0;
        foreach (ASTNode selection in selections?.Selections ?? [])
            cost = Math.Min(Ceiling, cost + selection switch
            {
                GraphQLField field => Of(field, type, times, page),
                GraphQLInlineFragment inline => Of(inline.SelectionSet, inline.TypeCondition is { } condition ? schema.AllTypes[condition.Type.Name] : type, times, page),
                GraphQLFragmentSpread spread when fragments.TryGetValue(spread.FragmentName.Name.StringValue, out GraphQLFragmentDefinition? fragment) =>
                    Of(fragment.SelectionSet, schema.AllTypes[fragment.TypeCondition.Type.Name], times, page),
                _ => 0,
            });
        return cost;
    }

    private long Of(GraphQLField field, IGraphType? type, long times, long? page)
    {
        string name = field.Name.StringValue;
        if (name is "__schema" or "__type") return Introspection;
        if ((type as IComplexGraphType)?.GetField(name) is not { } definition) return 0;
        FieldCost? cost = FieldCost.Of(definition);
        IGraphType? inner = definition.ResolvedType?.GetNamedType();

        long size = 1;
        long? innerPage = null;
        if (IsConnection(inner)) innerPage = Given(field, ["first", "last"]) ?? DefaultPage;
        else if (name is "nodes" or "edges" && page is { } entries) size = entries;
        else if (cost?.SizedBy is { } sizedBy) size = Given(field, sizedBy) ?? cost.Size ?? DefaultPage;
        else size = cost?.Size ?? 1;
        // An edge's node is the entry that was counted at the edge already.
        int weight = name == "node" && type is { Name: var edge } && edge.EndsWith("Edge", StringComparison.Ordinal) ? 0 : cost?.Weight ?? 0;

        long resolved = Math.Min(Ceiling, times * size);
        return Math.Min(Ceiling, (weight * resolved) + Of(field.SelectionSet, inner, resolved, innerPage));
    }

    private static bool IsConnection(IGraphType? type) => type is { Name: var name } && name.EndsWith("Connection", StringComparison.Ordinal);

    private long? Given(GraphQLField field, IReadOnlyList<string> names)
    {
        if (arguments is null || !arguments.TryGetValue(field, out IDictionary<string, ArgumentValue>? values)) return null;
        foreach (string name in names)
            if (values.TryGetValue(name, out ArgumentValue given))
                if (given.Value is int number) return Math.Max(number, 1);
                else if (given.Value is System.Collections.IEnumerable list and not string) return Math.Max(list.Cast<object?>().Count(), 1);
        return null;
    }
}
