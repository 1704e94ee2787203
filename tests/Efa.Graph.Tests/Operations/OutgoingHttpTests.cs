using System.Net;
using System.Net.Sockets;
using System.Text;
using Efa.Marketplace.Operations.Outgoing;

namespace Efa.Graph.Tests.Operations;

public sealed class OutgoingHttpTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f000001:{0}/")]
    public async Task Nothing_is_sent_to_an_address_that_is_not_public(string form)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string address = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, ((IPEndPoint)listener.LocalEndpoint).Port);
        using HttpClient client = OutgoingHttp.Client(PublicAddress.Is, mostBytes: 1_000, TimeSpan.FromSeconds(5));

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(address));
        Assert.IsType<AddressNotAllowedException>(refused.InnerException);
        Assert.False(listener.Pending());
    }

    // A name that led elsewhere a moment ago.
    [Fact]
    public async Task Each_connection_is_checked_for_itself_by_the_address_that_it_goes_to()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = AnswerAsync(listener, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi");
        var checkedAddresses = new List<IPAddress>();
        bool allowed = true;
        using HttpClient client = OutgoingHttp.Client(
            address =>
            {
                checkedAddresses.Add(address);
                return allowed;
            },
            mostBytes: 1_000, TimeSpan.FromSeconds(5));
        var url = new Uri($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        Assert.Equal("hi", await client.GetStringAsync(url));
        await serving;
        Assert.Contains(IPAddress.Loopback, checkedAddresses);
        allowed = false;
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(url));
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", HttpStatusCode.Found)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", HttpStatusCode.OK)]
    public async Task Redirects_are_not_followed_and_nothing_is_unpacked(string answer, HttpStatusCode status)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = AnswerAsync(listener, answer);
        using HttpClient client = OutgoingHttp.Client(_ => true, mostBytes: 1_000, TimeSpan.FromSeconds(5));

        using HttpResponseMessage response = await client.GetAsync(new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/"));

        Assert.Equal((status, status == HttpStatusCode.OK ? "abc" : ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        await serving;
    }

    [Fact]
    public async Task What_is_too_much_or_takes_too_long_is_cut_off()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using HttpClient client = OutgoingHttp.Client(_ => true, mostBytes: 1_000, TimeSpan.FromSeconds(1));
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        Task serving = AnswerAsync(listener, $"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{new string('x', 1_001)}");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(url));
        await serving;
        serving = AnswerAsync(listener, $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 20_000)}\r\nContent-Length: 0\r\n\r\n");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(url));
        await serving;
        // It is connected, and then nobody answers.
        await Assert.ThrowsAsync<TaskCanceledException>(() => client.GetStringAsync(url));
    }

    /// <summary>Reads one request and answers it.</summary>
    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        using TcpClient peer = await listener.AcceptTcpClientAsync();
        NetworkStream stream = peer.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
        // Who has heard enough closes.
        catch (IOException)
        {
        }
    }
}
