using System.Collections.Concurrent;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;

namespace Efa.Graph.Http;

/// <summary>Counts the sockets and event streams of each client and of the node, and ends all of them when the server stops.</summary>
internal sealed class OpenStreams
{
    private readonly ConcurrentDictionary<string, int> byClient = new();
    private readonly Limits limits;
    private int all;

    public OpenStreams(Limits limits, IHostApplicationLifetime lifetime, DocumentTelemetry telemetry)
    {
        this.limits = limits;
        Stopping = lifetime.ApplicationStopping;
        telemetry.WatchStreams(() => Volatile.Read(ref all));
    }

    /// <summary>Cancelled when the server begins to stop.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>A place for one more stream, given back by disposing; refused where the client or the node has as many as it may.</summary>
    public StreamPlace Take(HttpContext context)
    {
        string client = ClientOf(context, SignedIn.Of(context));
        if (!TryEnter(client)) throw new RequestError(RequestErrors.RateLimited, $"A client has at most {limits.StreamsPerClient} streams.");
        if (Interlocked.Increment(ref all) <= limits.Streams) return new StreamPlace(this, client);
        Close(client);
        throw new RequestError(RequestErrors.Unavailable, "The server has as many streams as it can hold.");
    }

    internal static string ClientOf(HttpContext context, SignedIn signedIn) =>
        signedIn.Caller.IsAnonymous ? "address " + RateLimits.AddressOf(context) : "caller " + signedIn.Caller.Id;

    internal bool TryEnter(string client)
    {
        if (byClient.AddOrUpdate(client, 1, (_, count) => count + 1) <= limits.StreamsPerClient) return true;
        Leave(client);
        return false;
    }

    internal void Close(string client)
    {
        Interlocked.Decrement(ref all);
        Leave(client);
    }

    internal void Leave(string client)
    {
        if (byClient.AddOrUpdate(client, 0, (_, count) => count - 1) <= 0) byClient.TryRemove(new(client, 0));
    }
}

/// <summary>A client's place for one stream.</summary>
internal sealed class StreamPlace(OpenStreams streams, string client) : IDisposable
{
    private string? client = client;

    /// <summary>Counts the stream for whom it turned out to be: many clients share the address of one gateway. False where that client has as many as it may.</summary>
    public bool MoveTo(HttpContext context, SignedIn signedIn)
    {
        string other = OpenStreams.ClientOf(context, signedIn);
        if (other == client) return true;
        if (!streams.TryEnter(other)) return false;
        streams.Leave(Interlocked.Exchange(ref client, other)!);
        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref client, null) is { } held) streams.Close(held);
    }
}
