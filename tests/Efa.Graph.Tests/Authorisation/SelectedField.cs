using GraphQL;
using GraphQL.Types;

namespace Efa.Graph.Tests.Authorisation;

/// <summary>A field that a generated document selects.</summary>
/// <param name="Key">Its key in the answer.</param>
/// <param name="Name">Type and field, as rows name it.</param>
/// <param name="ObjectType">The type of what it gives, where that is an object.</param>
/// <param name="Only">The type on which it is selected, where its parent may be of several.</param>
internal sealed record SelectedField(string Key, string Name, string? ObjectType, string? Only, IReadOnlyList<SelectedField> Children);

/// <summary>Generates documents that select everything: of a thing all fields, of the things it leads to what they say of themselves.</summary>
internal sealed class Selection(ISchema schema, IReadOnlyDictionary<string, string> arguments)
{
    /// <summary>All fields of a type, and the text that selects them.</summary>
    public (string Text, IReadOnlyList<SelectedField> Fields) Of(string type) => Of(schema.AllTypes[type]!, []);

    /// <summary>The field with its arguments and everything below it.</summary>
    public (string Text, SelectedField Field) Field(IObjectGraphType parent, FieldType field, string? only, IReadOnlyList<string> above)
    {
        string name = $"{parent.Name}.{field.Name}";
        if (!arguments.TryGetValue(name, out string? given) && field.Arguments?.Any(a => a.ResolvedType is NonNullGraphType && a.DefaultValue is null) == true)
            throw new InvalidOperationException($"{name} needs arguments: add them to FullMarket.Arguments.");
        string key = only is null ? field.Name : $"{parent.Name}_{field.Name}";
        string alias = only is null ? "" : key + ": ";
        string called = $"{alias}{field.Name}{(given is null ? "" : $"({given})")}";
        IGraphType named = field.ResolvedType!.GetNamedType();
        if (named is not (IObjectGraphType or IAbstractGraphType)) return (called, new SelectedField(key, name, null, only, []));
        (string below, IReadOnlyList<SelectedField> children) = Of(named, above);
        return ($"{called} {{ {below} }}", new SelectedField(key, name, named.Name, only, children));
    }

    private (string Text, IReadOnlyList<SelectedField> Fields) Of(IGraphType type, IReadOnlyList<string> above)
    {
        if (type is IAbstractGraphType several)
        {
            var parts = several.PossibleTypes.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (t.Name, Fields: Fields(t, t.Name, above))).ToArray();
            return ("__typename " + string.Join(' ', parts.Select(p => $"... on {p.Name} {{ {string.Join(' ', p.Fields.Select(f => f.Text))} }}")), [.. parts.SelectMany(p => p.Fields).Select(f => f.Field)]);
        }
        (string Text, SelectedField Field)[] fields = Fields((IObjectGraphType)type, null, above);
        return (string.Join(' ', fields.Select(f => f.Text).Prepend("__typename")), [.. fields.Select(f => f.Field)]);
    }

    private (string Text, SelectedField Field)[] Fields(IObjectGraphType type, string? only, IReadOnlyList<string> above)
    {
        // A thing with an id is looked at by itself; below others it says what needs no further thing.
        bool whole = !above.Contains(type.Name) && (above.Count == 0 || !IsNode(type));
        string[] path = [.. above, type.Name];
        return [.. type.Fields.Where(f => whole || IsLeaf(f)).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => Field(type, f, only, path))];
    }

    private static bool IsNode(IObjectGraphType type) => type.ResolvedInterfaces.Any(i => i.Name == "Node");

    private static bool IsLeaf(FieldType field) => field.ResolvedType!.GetNamedType() is not (IObjectGraphType or IAbstractGraphType);
}
