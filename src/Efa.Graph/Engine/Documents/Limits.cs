namespace Efa.Graph.Engine.Documents;

/// <summary>Who may read the schema through introspection.</summary>
public enum Introspection
{
    Everyone,
    Authenticated,
    Nobody,
}

/// <summary>How large one request may be, and how much one caller and all together may ask for; settings section <c>Limits</c>.</summary>
public sealed class Limits
{
    public const string Section = "Limits";

    private static readonly HashSet<string> MayBeNone = [nameof(Waiting), nameof(WaitingSeconds), nameof(PointsPerSecond), nameof(PointsPerSecondAnonymous), nameof(TokenRequestsPerMinute)];

    public int DocumentChars { get; set; } = 16_384;

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

    /// <summary>Points that one request may cost.</summary>
    public int Cost { get; set; } = 1_000;

    /// <summary>Points that a client gets back each second, 0 for no limit. 500 outside Development where nothing is set.</summary>
    public double? PointsPerSecond { get; set; }

    /// <summary>Most points that a client can have.</summary>
    public int PointsBurst { get; set; } = 5_000;

    /// <summary>The same for an address (IPv6: its /64) that calls without a token. 100 outside Development where nothing is set.</summary>
    public double? PointsPerSecondAnonymous { get; set; }

    public int PointsBurstAnonymous { get; set; } = 2_000;

    /// <summary>Tokens that a client may ask for from one address, a wrong secret counted three times; a tenth of what all clients of one address may; 0 for no limit. 30 outside Development where nothing is set.</summary>
    public int? TokenRequestsPerMinute { get; set; }

    /// <summary>Documents executed at once: with more than keep the processor busy, each only takes longer.</summary>
    public int Executing { get; set; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>Mutations executed at once, beside those documents. They wait for the store more than they compute.</summary>
    public int Changing { get; set; } = Math.Max(8, 4 * Environment.ProcessorCount);

    /// <summary>Documents that wait for one of those places; with a further one the oldest is refused, of mutations the further one.</summary>
    public int Waiting { get; set; } = 128;

    /// <summary>How long they wait before they are refused.</summary>
    public double WaitingSeconds { get; set; } = 3;

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

    /// <summary>Sockets and event streams that one node holds for all.</summary>
    public int Streams { get; set; } = 5_000;

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

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem() => typeof(Limits).GetProperties().Select(p => Problem(p.Name, p.GetValue(this))).FirstOrDefault(problem => problem is not null);

    private static string? Problem(string name, object? value)
    {
        double? number = value switch { int whole => whole, double part => part, _ => null };
        string? wanted = number switch
        {
            null => null,
            double.NaN => "must be a number",
            < 0 when MayBeNone.Contains(name) => "must be at least 0",
            < 1 when value is int && !MayBeNone.Contains(name) => "must be at least 1",
            <= 0 when !MayBeNone.Contains(name) => "must be more than 0",
            _ => null,
        };
        return wanted is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Section}:{name} is {value}, but {wanted}.");
    }
}
