using GraphQL;

namespace Efa.Graph.Engine.Errors;

/// <summary>An error with a code of ours; thrown by a resolver it stands at the field's path and the rest of the document is answered.</summary>
public sealed class RequestError : ExecutionError
{
    /// <param name="code">What kind of error.</param>
    /// <param name="message">English, for developers; the code's own text where nothing better is known.</param>
    /// <param name="expected">What would have been right, for values and cursors.</param>
    public RequestError(RequestErrorCode code, string? message = null, string? expected = null) : base(message ?? code.Text)
    {
        Kind = code;
        Code = code.Name;
        Expected = expected;
    }

    public RequestErrorCode Kind { get; }

    public string? Expected { get; }

    /// <summary>The way to a wrong value: the field's path and the argument, or <c>variables</c> and the variable, each with what follows inside it.</summary>
    public IReadOnlyList<object>? ValuePath { get; init; }

    /// <summary>Under which the server's log tells more.</summary>
    public string? TraceId { get; init; }

    /// <summary>How long to wait before the same is asked again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>HTTP status where it is not the code's own.</summary>
    public int? HttpStatus { get; init; }

    public int Status => HttpStatus ?? Kind.Status;

    /// <summary>Itself, or the same with a shorter message.</summary>
    internal RequestError Cut(string message)
    {
        if (message == Message) return this;
        var cut = new RequestError(Kind, message, Expected) { ValuePath = ValuePath, TraceId = TraceId, RetryAfter = RetryAfter, HttpStatus = HttpStatus };
        foreach (GraphQLParser.Location location in Locations ?? []) cut.AddLocation(location);
        return cut;
    }
}
