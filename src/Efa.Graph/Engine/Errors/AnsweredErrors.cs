using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQL.Validation.Errors;
using GraphQLParser.AST;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Errors;

/// <summary>Turns whatever went wrong into errors with codes of ours. Nothing of the server's inside is told; what nobody foresaw is logged under the trace id that the client gets.</summary>
internal sealed partial class AnsweredErrors(ILogger<AnsweredErrors> log)
{
    private const int Most = 5;
    private const int LongestMessage = 200;

    /// <summary>For <see cref="ExecutionOptions.UnhandledExceptionDelegate"/>.</summary>
    public Task HideAsync(UnhandledExceptionContext context)
    {
        context.Exception = Hidden(context.OriginalException, context.FieldContext?.ParentType is { } parent ? $"{parent.Name}.{context.FieldContext.FieldDefinition.Name}" : null);
        return Task.CompletedTask;
    }

    /// <summary>An exception that nobody foresaw, or that a resolver threw as a value's fault.</summary>
    public RequestError Hidden(Exception exception, string? field)
    {
        if (exception is InvalidValueException wrong) return new RequestError(wrong.Code, wrong.Message, wrong.Expected);
        if (exception is InvalidCursorException cursor) return new RequestError(RequestErrors.InvalidCursor, expected: cursor.Expected);

        // Others have won each time; who asks again may win.
        if (exception is DbUpdateConcurrencyException) return new RequestError(RequestErrors.Unavailable);

        string traceId = Activity.Current?.TraceId.ToHexString() ?? ActivityTraceId.CreateRandom().ToHexString();
        if (IsOutage(exception))
        {
            LogOutage(exception, field, traceId);
            return new RequestError(RequestErrors.Unavailable) { TraceId = traceId };
        }
        LogFailure(exception, field, traceId);
        return new RequestError(RequestErrors.Internal) { TraceId = traceId };
    }

    /// <summary>Rewrites the errors of a result.</summary>
    /// <param name="suggestions">Whether names of the schema may be suggested.</param>
    public void Rewrite(ExecutionResult result, ISchema schema, GraphQLDocument? document, GraphQLOperationDefinition? operation, bool suggestions)
    {
        if (result.Errors is not { Count: > 0 } errors) return;
        result.Errors = [];
        foreach (ExecutionError error in errors.Take(Most))
            result.Errors.Add(Of(error, schema, document, operation, suggestions));
    }

    private RequestError Of(ExecutionError error, ISchema schema, GraphQLDocument? document, GraphQLOperationDefinition? operation, bool suggestions)
    {
        RequestError answer = error switch
        {
            RequestError ours => ours.Cut(Cut(ours.Message)),
            TimeoutError => new(RequestErrors.Timeout),
            InvalidVariableError variable => OfVariable(variable, schema, operation),
            ValueError value => new(value.Kind, value.Message, value.Expected) { ValuePath = PathOf(value) },
            InvalidLiteralError or InvalidValueError => OfValue((ValidationError)error, PathOf((ValidationError)error)),
            // Its own text names the engine to those who look for one.
            DirectivesInAllowedLocationsError => new(RequestErrors.InvalidDocument, "A directive stands where it is not allowed."),
            DocumentError => new(RequestErrors.InvalidDocument, Cut(suggestions ? error.Message : WithoutSuggestion(error.Message))),
            GraphQL.Execution.RequestError => new(RequestErrors.InvalidDocument, Cut(error.Message)),
            _ => Hidden(error, null),
        };
        answer.Path = error.Path;
        if (!ReferenceEquals(answer, error))
            foreach (GraphQLParser.Location location in error.Locations ?? [])
                answer.AddLocation(location);
        return answer;

        IReadOnlyList<object>? PathOf(ValidationError wrong) =>
            document is not null && wrong.Nodes.FirstOrDefault() is { } node ? Errors.ValuePath.To(document, operation, node.Location.Start) : null;
    }

    private static RequestError OfVariable(InvalidVariableError error, ISchema schema, GraphQLOperationDefinition? operation)
    {
        string name = VariableName().Match(error.Message).Groups[1].Value;
        IReadOnlyList<object> path = ValuePath.OfVariable(name);
        if (error.InnerException is InvalidValueException wrong)
            return new(wrong.Code, $"Variable '${name}': {wrong.Message}", wrong.Expected) { ValuePath = [.. path, .. wrong.Inside] };

        string? expected = TypeAt(path, schema, operation)?.ToString();
        // The engine names unknown fields, and says what is missing; where it shows the value it also shows types of this server.
        string message = error.InnerException is null && !error.Message.Contains("Unable to", StringComparison.Ordinal)
            ? Cut(error.Message)
            : $"Variable '${name}' is invalid. Expected {expected}.";
        return new(RequestErrors.InvalidValue, message, expected) { ValuePath = path };
    }

    private static RequestError OfValue(ValidationError error, IReadOnlyList<object>? path) => error.InnerException switch
    {
        InvalidValueException wrong => new(wrong.Code, wrong.Message, wrong.Expected) { ValuePath = path is null ? null : [.. path, .. wrong.Inside] },
        RequestError ours => new(ours.Kind, ours.Message, ours.Expected) { ValuePath = path },
        null => new(RequestErrors.InvalidValue, Cut(error.Message)) { ValuePath = path },
        _ => new(RequestErrors.InvalidValue) { ValuePath = path },
    };

    private static IGraphType? TypeAt(IReadOnlyList<object> path, ISchema schema, GraphQLOperationDefinition? operation)
    {
        IGraphType? type = operation?.Variables?.Items.FirstOrDefault(v => v.Variable.Name.StringValue == (string)path[1])?.Type.GraphTypeFromType(schema);
        foreach (object step in path.Skip(2))
        {
            IGraphType? open = type is NonNullGraphType nonNull ? nonNull.ResolvedType : type;
            if (step is string)
                while (open is ListGraphType wrapped) open = wrapped.ResolvedType is NonNullGraphType item ? item.ResolvedType : wrapped.ResolvedType;
            type = step is string name
                ? (open as IInputObjectGraphType)?.Fields.Find(name)?.ResolvedType
                : (open as ListGraphType)?.ResolvedType;
        }
        return type;
    }

    private static bool IsOutage(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            // 5 and 6: another process holds the SQLite file longer than is waited for.
            if (exception is DbException { IsTransient: true } or SocketException or TimeoutException or SqliteException { SqliteErrorCode: 5 or 6 })
                return true;
        return false;
    }

    private static string WithoutSuggestion(string message) =>
        message.IndexOf(" Did you mean", StringComparison.Ordinal) is >= 0 and int at ? message[..at] : message;

    private static string Cut(string message) => message.Length <= LongestMessage ? message : message[..(LongestMessage - 1)] + "…";

    [GeneratedRegex(@"^Variable '\$([^']*)'")]
    private static partial Regex VariableName();

    [LoggerMessage(LogLevel.Error, "Unforeseen failure in {Field}, trace {TraceId}")]
    private partial void LogFailure(Exception exception, string? field, string traceId);

    [LoggerMessage(LogLevel.Error, "The store or another service cannot be reached in {Field}, trace {TraceId}")]
    private partial void LogOutage(Exception exception, string? field, string traceId);
}
