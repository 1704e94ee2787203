namespace Efa.Graph.Engine.Errors;

/// <summary>Whose fault an error outside of payloads is.</summary>
public enum RequestErrorClass
{
    /// <summary>The request is wrong or not allowed; sending it again unchanged does not help.</summary>
    RequestError,

    /// <summary>The server could not answer; the same request may succeed later.</summary>
    ServerError,
}

/// <summary>A stable code of the <c>errors</c> list, listed in schema/errors.md.</summary>
/// <param name="Name">UPPER_SNAKE, never changed.</param>
/// <param name="Status">HTTP status where nothing else is answered.</param>
/// <param name="Text">English; request errors speak to developers.</param>
public sealed record RequestErrorCode(string Name, RequestErrorClass Class, int Status, string Text)
{
    public override string ToString() => Name;
}
