using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace Efa.Graph.Engine.Cost;

/// <summary>What a field costs: points for each time it is resolved, and how many objects it answers with.</summary>
/// <param name="Weight">Points for each time; for lists for each entry.</param>
/// <param name="Size">Length that a list without page size is taken to have.</param>
/// <param name="SizedBy">Arguments whose value (a page size) or whose length (a list) is the size; the first given one counts.</param>
public sealed record FieldCost(int Weight, int? Size = null, IReadOnlyList<string>? SizedBy = null)
{
    /// <summary>Length of a plain list of which nothing better is known.</summary>
    public const int AssumedSize = 5;

    private const string Key = nameof(FieldCost);

    private static readonly string[] PageArguments = ["first", "last"];

    /// <summary>What was said of the field, or what follows from its type: objects cost one point each, scalars nothing.</summary>
    public static FieldCost? Of(FieldType field) => field.GetMetadata<FieldCost?>(Key);

    internal static FieldCost? Default(FieldType field, IGraphType type)
    {
        if (IsEntry(field, type)) return null;
        if (field.ResolvedType!.GetNamedType() is not (IObjectGraphType or IInterfaceGraphType or UnionGraphType)) return null;
        if (PageArguments.Where(name => field.Arguments?.Find(name) is not null).ToArray() is { Length: > 0 } sizedBy) return new FieldCost(1, null, sizedBy);
        return IsList(field.ResolvedType!) ? new FieldCost(1, AssumedSize) : new FieldCost(1);
    }

    internal void Mark(FieldType field) => field.Metadata[Key] = this;

    /// <summary>Whether a field's value is the page of a connection, which counts its entries itself.</summary>
    internal static bool IsConnection(IGraphType? type) => type is { Name: var name } && name.EndsWith("Connection", StringComparison.Ordinal);

    /// <summary>The lists of a connection, and what an edge is about.</summary>
    internal static bool IsPage(string field, IGraphType? type) => field is "edges" or "nodes" && IsConnection(type);

    private static bool IsEntry(FieldType field, IGraphType type) =>
        IsPage(field.Name, type) || (field.Name == "node" && type.Name.EndsWith("Edge", StringComparison.Ordinal));

    private static bool IsList(IGraphType type) => type is ListGraphType || (type is NonNullGraphType nonNull && nonNull.ResolvedType is ListGraphType);
}

/// <summary>States the cost of fields that differs from what follows from their type.</summary>
public static class FieldCostMarks
{
    public static FieldBuilder<TSource, TReturn> Costs<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int weight = 1, int? size = null, params string[] sizedBy)
    {
        new FieldCost(weight, size, sizedBy.Length == 0 ? null : sizedBy).Mark(field.FieldType);
        return field;
    }
}
