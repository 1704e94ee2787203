using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Cost;

/// <summary>Computes what an operation costs with the variables it is sent with, before it is executed.</summary>
/// <remarks>The document was bounded before: expanding its fragments is cheap.</remarks>
internal sealed class DocumentCost(ValidationContext context)
{
    private const int Introspection = 50;
    private const int DefaultPage = 20;

    // More than any budget, and far from overflowing.
    private const long Ceiling = 1_000_000_000;

    private readonly ISchema schema = context.Schema;

    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments =
        context.Document.Definitions.OfType<GraphQLFragmentDefinition>().ToDictionary(f => f.FragmentName.Name.StringValue, StringComparer.Ordinal);

    public long Of(GraphQLOperationDefinition operation)
    {
        IObjectGraphType? root = operation.Operation switch
        {
            OperationType.Mutation => schema.Mutation,
            OperationType.Subscription => schema.Subscription,
            _ => schema.Query,
        };
        return Of(operation.SelectionSet, root, times: 1, page: 1);
    }

    /// <param name="times">How many objects these fields are selected of.</param>
    /// <param name="page">Size of the connection that these fields belong to, if they belong to one.</param>
    private long Of(GraphQLSelectionSet? selections, IGraphType? type, long times, long page)
    {
        long cost = 0;
        foreach (ASTNode selection in selections?.Selections ?? [])
            if (!IsLeftOut(selection))
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

    private long Of(GraphQLField field, IGraphType? type, long times, long page)
    {
        string name = field.Name.StringValue;
        if (name is "__schema" or "__type") return Introspection;
        if ((type as IComplexGraphType)?.GetField(name) is not { } definition) return 0;
        FieldCost? cost = FieldCost.Of(definition);
        long size = cost?.SizedBy is { } sizedBy ? Given(field, definition, sizedBy) ?? cost.Size ?? DefaultPage : cost?.Size ?? 1;
        long resolved = Math.Min(Ceiling, times * size);
        long own = (cost?.Weight ?? 0) * resolved;

        IGraphType? inner = definition.ResolvedType?.GetNamedType();
        if (FieldCost.IsConnection(inner)) return Math.Min(Ceiling, own + Of(field.SelectionSet, inner, times, size));
        if (FieldCost.IsPage(name, type)) resolved = Math.Min(Ceiling, times * page);
        return Math.Min(Ceiling, own + Of(field.SelectionSet, inner, resolved, page: 1));
    }

    /// <summary>As the execution decides it, from the same values.</summary>
    private bool IsLeftOut(ASTNode selection) =>
        context.DirectiveValues is { } values && values.TryGetValue(selection, out IDictionary<string, DirectiveInfo>? directives)
        && ((directives.TryGetValue("skip", out DirectiveInfo? skip) && skip.GetArgument<bool>("if"))
            || (directives.TryGetValue("include", out DirectiveInfo? include) && !include.GetArgument<bool>("if")));

    /// <summary>What the first of the arguments says that is given, or has a default.</summary>
    private long? Given(GraphQLField field, FieldType definition, IReadOnlyList<string> names)
    {
        IDictionary<string, ArgumentValue>? values = null;
        context.ArgumentValues?.TryGetValue(field, out values);
        foreach (string name in names)
            if (SizeOf(values is not null && values.TryGetValue(name, out ArgumentValue given) ? given.Value : null) is { } size) return size;
        foreach (string name in names)
            if (SizeOf(definition.Arguments?.Find(name)?.DefaultValue) is { } size) return size;
        return null;
    }

    private static long? SizeOf(object? value) => value switch
    {
        int number => Math.Max(number, 1),
        string => null,
        System.Collections.IEnumerable list => Math.Max(list.Cast<object?>().Count(), 1),
        _ => null,
    };
}
