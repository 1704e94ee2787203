using Efa.Graph.Engine.Errors;
using GraphQLParser.AST;

namespace Efa.Graph.Engine.Documents;

/// <summary>Counts what a document amounts to once each fragment stands where it is spread; each fragment is looked at once.</summary>
internal sealed class DocumentSize(GraphQLDocument document, Limits limits)
{
    // Fragments that double with each level would overflow.
    private const int Ceiling = 1_000_000;

    // Fragments are validated by themselves and again in each operation that spreads them.
    private const int TotalFactor = 4;

    // As graphql-js: a type's fields, their types' fields, and no further.
    private const int IntrospectionLists = 2;

    private static readonly HashSet<string> ListsOfIntrospection = ["fields", "interfaces", "possibleTypes", "inputFields"];

    private readonly Dictionary<string, GraphQLFragmentDefinition> fragments = [];
    private readonly Dictionary<string, Size?> known = [];

    private readonly record struct Size(int Fields, int Depth, int Aliases, int Directives, int Roots, int Introspections, int Lists)
    {
        public Size Beside(Size other) => new(
            Math.Min(Fields + other.Fields, Ceiling), Math.Max(Depth, other.Depth), Math.Min(Aliases + other.Aliases, Ceiling),
            Math.Min(Directives + other.Directives, Ceiling), Math.Min(Roots + other.Roots, Ceiling),
            Math.Min(Introspections + other.Introspections, Ceiling), Math.Max(Lists, other.Lists));

        public Size With(GraphQLDirectives? directives) => this with { Directives = Math.Min(Directives + (directives?.Count ?? 0), Ceiling) };
    }

    /// <summary>Whether any part of a document asks for the schema.</summary>
    public static bool Introspects(GraphQLDocument document) =>
        document.Definitions.Any(d => d is IHasSelectionSetNode { SelectionSet: { } selections } && Introspects(selections));

    public void Check()
    {
        Within(document.Definitions.Count, limits.Definitions, "definitions");
        foreach (GraphQLFragmentDefinition fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
            fragments.TryAdd(fragment.FragmentName.Name.StringValue, fragment);

        int total = 0;
        foreach (ASTNode definition in document.Definitions)
        {
            Size size;
            switch (definition)
            {
                case GraphQLOperationDefinition operation:
                    Within(operation.Variables?.Count ?? 0, limits.Variables, "variables");
                    foreach (GraphQLVariableDefinition variable in operation.Variables?.Items ?? [])
                        if (variable.DefaultValue is not null)
                            Values(variable.DefaultValue);
                    size = Of(operation.SelectionSet).With(operation.Directives);
                    foreach (GraphQLVariableDefinition variable in operation.Variables?.Items ?? []) size = size.With(variable.Directives);
                    Within(size.Roots, limits.RootFields, "root fields");
                    break;
                case GraphQLFragmentDefinition fragment:
                    size = Of(fragment.FragmentName.Name.StringValue);
                    break;
                default:
                    continue;
            }
            Within(size.Fields, limits.ExpandedFields, "fields, fragments expanded");
            Within(size.Depth, limits.Depth, "levels of fields");
            Within(size.Aliases, limits.Aliases, "aliases");
            Within(size.Directives, limits.Directives, "directives");
            Within(size.Introspections, limits.IntrospectionFields, "introspection fields");
            total += size.Fields;
        }
        Within(total, limits.ExpandedFields * TotalFactor, "fields in all operations and fragments together");
    }

    private Size Of(GraphQLSelectionSet? selections)
    {
        var size = new Size();
        foreach (ASTNode selection in selections?.Selections ?? [])
            size = size.Beside(selection switch
            {
                GraphQLField field => Of(field),
                GraphQLInlineFragment inline => Of(inline.SelectionSet).With(inline.Directives),
                GraphQLFragmentSpread spread => Of(spread.FragmentName.Name.StringValue).With(spread.Directives),
                _ => default,
            });
        return size;
    }

    private Size Of(GraphQLField field)
    {
        Size inner = Of(field.SelectionSet);
        string name = field.Name.StringValue;
        foreach (GraphQLArgument argument in field.Arguments?.Items ?? []) Values(argument.Value);
        bool introspects = name is "__schema" or "__type";
        if (introspects) Within(inner.Lists, IntrospectionLists, "nested lists of introspection");
        return new Size(
            Math.Min(inner.Fields + 1, Ceiling), inner.Depth + 1, inner.Aliases + (field.Alias is null ? 0 : 1), inner.Directives,
            1, inner.Introspections + (introspects ? 1 : 0), inner.Lists + (ListsOfIntrospection.Contains(name) ? 1 : 0)).With(field.Directives);
    }

    private Size Of(string fragmentName)
    {
        if (known.TryGetValue(fragmentName, out Size? size))
            return size ?? throw new RequestError(RequestErrors.InvalidDocument, $"Fragment '{fragmentName}' spreads itself.");
        // A name without a fragment is refused later; until then it counts, or doubling it would be free.
        if (!fragments.TryGetValue(fragmentName, out GraphQLFragmentDefinition? fragment)) return new Size { Fields = 1 };

        known[fragmentName] = null;
        Size found = Of(fragment.SelectionSet).With(fragment.Directives);
        known[fragmentName] = found;
        return found;
    }

    private static bool Introspects(GraphQLSelectionSet selections) => selections.Selections.Exists(s =>
        s is GraphQLField { Name.StringValue: "__schema" or "__type" } || (s is IHasSelectionSetNode { SelectionSet: { } inner } && Introspects(inner)));

    private void Values(GraphQLValue value)
    {
        if (value is GraphQLListValue list)
        {
            Within(list.Values?.Count ?? 0, limits.ListInput, "entries in a list");
            foreach (GraphQLValue item in list.Values ?? []) Values(item);
        }
        else if (value is GraphQLStringValue text && !IsStorable(text.Value.Span))
        {
            throw new RequestError(RequestErrors.InvalidDocument, "A string holds U+0000 or half a surrogate pair, which not every store can hold.");
        }
        else if (value is GraphQLObjectValue @object)
        {
            foreach (GraphQLObjectField field in @object.Fields ?? []) Values(field.Value);
        }
    }

    private static bool IsStorable(ReadOnlySpan<char> text)
    {
        for (; !text.IsEmpty; text = text[1..])
        {
            if (text[0] == '\0' || char.IsLowSurrogate(text[0])) return false;
            if (!char.IsHighSurrogate(text[0])) continue;
            if (text.Length < 2 || !char.IsLowSurrogate(text[1])) return false;
            text = text[1..];
        }
        return true;
    }

    private static void Within(int count, int most, string what)
    {
        if (count > most) throw new RequestError(RequestErrors.LimitExceeded, $"A document has at most {most} {what}.");
    }
}
