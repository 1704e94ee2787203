using System.Net;
using System.Net.Sockets;

namespace Efa.Marketplace.Operations.Outgoing;

/// <summary>Requests to addresses that others have named: the address that is connected is the one that was checked, redirects are not followed, answers are bounded.</summary>
public static class OutgoingHttp
{
    private const int MostHeaderKilobytes = 16;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <param name="mayReach">Asked of every address that a host's name leads to.</param>
    /// <param name="timeout">For a whole request.</param>
    public static HttpClient Client(Func<IPAddress, bool> mayReach, int mostBytes, TimeSpan timeout)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            // A small answer must not grow large here.
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, mayReach, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = timeout, MaxResponseContentBufferSize = mostBytes };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, Func<IPAddress, bool> mayReach, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        // All of them: a name that also points inside is not asked at all.
        if (addresses.Length == 0 || !addresses.All(mayReach)) throw new AddressNotAllowedException(host.Host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host's name leads where the server does not call; nothing was sent there.</summary>
public sealed class AddressNotAllowedException(string host) : Exception($"{host} has no address that may be called.");
