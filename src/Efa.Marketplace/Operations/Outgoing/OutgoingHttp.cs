using System.Net;
using System.Net.Sockets;

namespace Efa.Marketplace.Operations.Outgoing;

/// <summary>Requests to addresses that others have named: the address that is connected is the one that was checked, redirects are not followed, answers are bounded.</summary>
public static class OutgoingHttp
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <param name="allowPrivate">Whether hosts of one's own network may be asked, by a setting.</param>
    public static HttpClient Client(bool allowPrivate, int mostBytes)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowPrivate, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout, MaxResponseContentBufferSize = mostBytes };
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, bool allowPrivate, CancellationToken cancellationToken)
    {
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host.Host, cancellationToken);
        // All of them: a name that also points inside is not asked at all.
        if (addresses.Length == 0 || (!allowPrivate && !addresses.All(PublicAddress.Is))) throw new HttpRequestException($"{host.Host} has no public address.");
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
