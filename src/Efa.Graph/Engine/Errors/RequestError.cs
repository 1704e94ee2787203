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
}
