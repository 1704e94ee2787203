namespace Efa.Graph.Engine.Documents;

/// <summary>Who may read the schema through introspection.</summary>
public enum Introspection
{
    Everyone,
    Authenticated,
    Nobody,
}

/// <summary>How large one request may be; settings section <c>Limits</c>.</summary>
public sealed class Limits
{
    public const string Section = "Limits";

    public int DocumentChars { get; set; } = 100_000;

    public int DocumentTokens { get; set; } = 2_000;

    /// <summary>Levels of fields, the outermost counted.</summary>
    public int Depth { get; set; } = 15;

    public int Aliases { get; set; } = 30;

    public int Directives { get; set; } = 20;

    public int RootFields { get; set; } = 10;

    /// <summary>Operations and fragments of one document.</summary>
    public int Definitions { get; set; } = 20;

    public int Variables { get; set; } = 50;

    /// <summary>Fields of one operation after each fragment was put where it is spread.</summary>
    public int ExpandedFields { get; set; } = 500;

    /// <summary><c>__schema</c> and <c>__type</c> in one operation.</summary>
    public int IntrospectionFields { get; set; } = 3;

    /// <summary>Largest <c>first</c> or <c>last</c>.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Entries of one list in an argument or variable.</summary>
    public int ListInput { get; set; } = 250;

    public int BodyBytesAnonymous { get; set; } = 256 * 1024;

    public int BodyBytes { get; set; } = 1024 * 1024;

    public double ExecutionSeconds { get; set; } = 10;

    /// <summary>Documents kept parsed and validated.</summary>
    public int CachedDocuments { get; set; } = 1_000;

    /// <summary>Length of all kept documents together.</summary>
    public int CachedChars { get; set; } = 1_000_000;

    /// <summary>Everyone in Development, else authenticated callers, where nothing is set.</summary>
    public Introspection? Introspection { get; set; }

    /// <summary>Sockets and event streams that one client, or one address without a token, may hold.</summary>
    public int StreamsPerClient { get; set; } = 50;

    public int SocketOperations { get; set; } = 100;

    public int SocketMessageBytes { get; set; } = 64 * 1024;

    /// <summary>Messages a second that a client may send on a socket, and three times as many at once.</summary>
    public int SocketMessagesPerSecond { get; set; } = 100;

    /// <summary>Messages that wait for a client that reads slowly.</summary>
    public int SocketQueue { get; set; } = 256;

    /// <summary>How long a full queue is waited for before the client is cut off.</summary>
    public double SlowReaderSeconds { get; set; } = 10;

    /// <summary>How long a socket may stay without <c>connection_init</c>, and a message without its end.</summary>
    public double SocketInitSeconds { get; set; } = 10;

    public double SocketIdleSeconds { get; set; } = 600;

    public double PingSeconds { get; set; } = 25;

    /// <summary>Silence after which an event stream sends a comment.</summary>
    public double CommentSeconds { get; set; } = 15;
}
