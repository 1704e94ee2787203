using System.Collections.Concurrent;
using Efa.Graph.Engine.Documents;

namespace Efa.Graph.Http;

/// <summary>Counts the sockets and event streams of each client, and ends all of them when the server stops.</summary>
internal sealed class OpenStreams(Limits limits, IHostApplicationLifetime lifetime)
{
    private readonly ConcurrentDictionary<string, int> byClient = new();

    /// <summary>Cancelled when the server begins to stop.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>A place for one more stream, given back by disposing; null where the client has as many as it may.</summary>
    public IDisposable? Take(HttpContext context)
    {
        SignedIn signedIn = SignedIn.Of(context);
        string client = signedIn.Caller.IsAnonymous ? "address " + context.Connection.RemoteIpAddress : "caller " + signedIn.Caller.Id;
        if (byClient.AddOrUpdate(client, 1, (_, count) => count + 1) <= limits.StreamsPerClient) return new Place(this, client);
        GiveBack(client);
        return null;
    }

    private void GiveBack(string client)
    {
        if (byClient.AddOrUpdate(client, 0, (_, count) => count - 1) <= 0) byClient.TryRemove(new(client, 0));
    }

    private sealed class Place(OpenStreams streams, string client) : IDisposable
    {
        private int given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref given, 1) == 0) streams.GiveBack(client);
        }
    }
}
