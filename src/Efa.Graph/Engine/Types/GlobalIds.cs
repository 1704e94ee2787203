using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Events;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>Global ids as the API has them: a prefix for the kind of thing and its key (TypeID).</summary>
/// <remarks>A malformed id or one of another kind is a request error; one that is well formed and unknown is answered like a thing that is not there.</remarks>
public static class GlobalIds
{
    private const int MostIds = 200;

    public static string Of(string prefix, Guid id) => TypeId.Encode(prefix, id);

    /// <summary>An id of one kind.</summary>
    public static Guid Parse(object? value, string prefix) =>
        value is string text && TypeId.TryDecode(text, prefix, out Guid id) ? id : throw new InvalidValueException(TypeId.Expected(prefix), RequestErrors.InvalidId);

    /// <summary>An id of any kind.</summary>
    public static (string Prefix, Guid Id) ParseAny(object? value) =>
        value is string text && TypeId.TryDecode(text, out string? prefix, out Guid id) && IdPrefix.All.Contains(prefix)
            ? (prefix, id)
            : throw new InvalidValueException(TypeId.Expected(IdPrefix.All.Order(StringComparer.Ordinal)), RequestErrors.InvalidId);

    public static FieldBuilder<TSource, object> IdField<TSource>(this ObjectGraphType<TSource> type, string prefix, Func<TSource, Guid> id) =>
        type.Field<NonNullGraphType<IdGraphType>>("id").Resolve(context => Of(prefix, id(context.Source)));

    public static FieldBuilder<TSource, TReturn> IdArgument<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, string name, string prefix, string? description = null) =>
        field.Argument<NonNullGraphType<IdGraphType>>(name, argument => (argument.Parser, argument.Description) = (value => Parse(value, prefix), description));

    public static FieldBuilder<TSource, TReturn> OptionalIdArgument<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, string name, string prefix, string? description = null) =>
        field.Argument<IdGraphType>(name, argument => (argument.Parser, argument.Description) = (value => value is null ? null! : Parse(value, prefix), description));

    public static FieldBuilder<TSource, TReturn> IdsArgument<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, string name, string prefix, bool required, string? description = null) =>
        field.Argument(required ? typeof(NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>) : typeof(ListGraphType<NonNullGraphType<IdGraphType>>), name,
            argument => (argument.Parser, argument.Description) = (value => ParseAll(value, prefix)!, description));

    /// <summary>A list of ids of one kind, at most 200; the answer to a bad one names its place.</summary>
    public static IReadOnlyList<Guid>? ParseAll(object? value, string prefix)
    {
        if (value is not System.Collections.IEnumerable items) return null;
        object?[] ids = [.. items.Cast<object?>()];
        if (ids.Length > MostIds) throw new InvalidValueException($"at most {MostIds} ids");
        return [.. ids.Select((item, i) => ParseAt(item, prefix, i))];
    }

    public static Guid? OptionalId(this IResolveFieldContext context, string name) => context.Given(name) as Guid?;

    public static Guid Id(this IResolveFieldContext context, string name) => (Guid)context.Given(name)!;

    public static IReadOnlyList<Guid>? Ids(this IResolveFieldContext context, string name) => (IReadOnlyList<Guid>?)context.Given(name);

    /// <summary>The value of an argument as it was read; null where it was not given.</summary>
    public static object? Given(this IResolveFieldContext context, string name) =>
        context.Arguments is { } arguments && arguments.TryGetValue(name, out var argument) ? argument.Value : null;

    private static Guid ParseAt(object? item, string prefix, int index)
    {
        try
        {
            return Parse(item, prefix);
        }
        catch (InvalidValueException invalid)
        {
            throw invalid.At(index);
        }
    }
}
