using Efa.Graph.Engine.Errors;
using Efa.Marketplace.Events;
using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>The arguments by which logs are read: so many entries after a position that stays good as long as the log is kept.</summary>
public static class LogArguments
{
    private const string Expected = "a cursor that this log gave out";

    public static FieldBuilder<TSource, TReturn> LogPageArguments<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int size) => field
        .Argument<IntGraphType>("first", argument => (argument.DefaultValue, argument.Description) = (size, "1 to 100."))
        .LogCursorArgument("after", "Everything after this position; from the beginning where nothing is said.");

    public static FieldBuilder<TSource, TReturn> LogCursorArgument<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, string name, string description) =>
        field.Argument<CursorType>(name, argument => (argument.Parser, argument.Description) = (value => value is null ? null! : Parse((string)value), description));

    public static LogCursor? LogCursor(this IResolveFieldContext context, string name) => (LogCursor?)context.Given(name);

    /// <summary>A log cursor that came beside the document.</summary>
    public static LogCursor ParseLogCursor(string text) =>
        Marketplace.Events.LogCursor.Parse(text) ?? throw new RequestError(RequestErrors.InvalidCursor, expected: Expected);

    /// <summary>The position of a cursor of this log, if the log can be read on from there.</summary>
    public static long PositionOf(this LogRange range, LogCursor cursor, string log) => range.Against(cursor, log) switch
    {
        null => cursor.Position,
        LogCursorProblem.OtherLog => throw new RequestError(RequestErrors.CursorOtherLog, expected: $"a cursor of the {log} log of this store"),
        LogCursorProblem.Ahead => throw new RequestError(RequestErrors.CursorAhead, expected: $"a cursor not after the head, {range.Cursor(log, range.Head)}"),
        LogCursorProblem.Expired => throw new RequestError(RequestErrors.CursorExpired, expected: $"a cursor not before {range.Cursor(log, range.First - 1)}"),
        var other => throw new ArgumentOutOfRangeException(nameof(cursor), other, "No such problem."),
    };

    private static LogCursor Parse(string text) => Marketplace.Events.LogCursor.Parse(text) ?? throw new InvalidValueException(Expected, RequestErrors.InvalidCursor);
}
