using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>The arguments by which lists are paged.</summary>
public static class PageArguments
{
    private const string Range = "1 to 100.";

    /// <summary>Forward and backward: first or last, 20 unless told.</summary>
    public static FieldBuilder<TSource, TReturn> PageArgumentsBothWays<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) => field
        .Argument<IntGraphType>("first", argument => argument.Description = Range)
        .Argument<CursorType>("after", Cursor)
        .Argument<IntGraphType>("last", argument => argument.Description = Range)
        .Argument<CursorType>("before", Cursor);

    /// <summary>Forward only, as nested lists have it.</summary>
    public static FieldBuilder<TSource, TReturn> PageArgumentsForward<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int size = PageRequest.DefaultSize) => field
        .Argument<IntGraphType>("first", argument => (argument.DefaultValue, argument.Description) = (size, Range))
        .Argument<CursorType>("after", Cursor);

    /// <summary>The wanted page of a list; sizes were checked before the execution began.</summary>
    /// <param name="order">Name of the list and its sort: a cursor of another one is refused.</param>
    public static PageRequest PageOf(this IResolveFieldContext context, string order, int size = PageRequest.DefaultSize)
    {
        if (context.Given("last") is int last) return new PageRequest(last, Cursor(context, "before", order), Backward: true);
        if (context.Given("before") is not null) return new PageRequest(size, Cursor(context, "before", order), Backward: true);
        return new PageRequest(context.Given("first") as int? ?? size, Cursor(context, "after", order));
    }

    /// <summary>How many entries are wanted of a field that is read forward only; where null is said, as many as where nothing is said.</summary>
    public static int First(this IResolveFieldContext context) => context.Given("first") as int? ?? (int)context.FieldDefinition.Arguments!.Find("first")!.DefaultValue!;

    private static PageCursor? Cursor(IResolveFieldContext context, string argument, string order)
    {
        if (context.Given(argument) is not string text) return null;
        return PageCursor.Parse(text) is { } cursor && cursor.Order == order
            ? cursor
            : throw new RequestError(RequestErrors.InvalidCursor, expected: $"a cursor that this list gave out, with this sort ({argument})");
    }

    private static void Cursor(QueryArgument argument)
    {
        argument.Description = "Belongs to the list's filter and sort.";
        argument.Parser = value => PageCursor.Parse((string)value) is null ? throw new InvalidValueException("a cursor that this list gave out", RequestErrors.InvalidCursor) : value;
    }
}
