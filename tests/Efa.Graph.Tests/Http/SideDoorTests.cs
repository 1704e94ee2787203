using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Http;

/// <summary>No address and no header leads past what holds at the front door.</summary>
public sealed class SideDoorTests
{
    private static readonly MarketHostOptions Production = new()
    {
        Demo = false,
        Environment = "Production",
        Settings = new Dictionary<string, string> { ["Limits:PointsPerSecondAnonymous"] = "0.001", ["Limits:PointsBurstAnonymous"] = "40" },
    };

    [Fact]
    [Trait("attack", "I11"), Trait("attack", "V21")]
    public async Task Nothing_is_served_but_what_is_meant_to_be()
    {
        await using MarketHost host = await MarketHost.StartAsync(Production);
        foreach (string path in new[]
        {
            "/", "/metrics", "/health", "/health/details", "/swagger", "/swagger/index.html", "/.git/config", "/appsettings.json", "/Efa.Graph.dll", "/schema/operations/Order.graphql",
            "/ui/graphiql", "/ui/playground", "/ui/altair", "/ui/voyager", "/graphiql", "/elmah.axd", "/documents", "/documents/..%2fappsettings.json", "/invoices",
        })
        {
            using HttpResponseMessage response = await host.Client.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{path}: {response.StatusCode}");
            Assert.Empty(await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/graphql/")]
    [InlineData("/GRAPHQL")]
    [InlineData("/graphql%2f")]
    [InlineData("//graphql")]
    [InlineData("/graphql;x=1")]
    [InlineData("/x/../graphql")]
    [Trait("attack", "H41")]
    public async Task Another_spelling_of_the_address_is_the_same_door_or_none(string path)
    {
        await using MarketHost host = await MarketHost.StartAsync(Production);
        // Too deep for anybody, and a token that nobody gave.
        string deep = $$"""{"query":"{{string.Concat(Enumerable.Repeat("{ node(id: 1) ", 16))}}{{new string('}', 16)}}"}""";
        (int limited, int refused, int introspected) = (await StatusAsync(deep), await StatusAsync("""{"query":"{ __typename }"}""", "eve"), await StatusAsync("""{"query":"{ __schema { queryType { name } } }"}"""));

        Assert.Contains((limited, refused, introspected), new[] { (404, 401, 404), (400, 401, 401) });

        async Task<int> StatusAsync(string body, string? token = null)
        {
            // By hand: a client would mend the address.
            using var client = new TcpClient();
            await client.ConnectAsync(host.Address.Host, host.Address.Port);
            string head = $"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nAccept: application/graphql-response+json\r\n"
                + (token is null ? "" : $"Authorization: Bearer {token}\r\n") + $"Content-Length: {body.Length}\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body));
            using var reader = new StreamReader(client.GetStream());
            string answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));
            return int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    [Trait("attack", "H29")]
    public async Task A_forwarded_address_is_believed_of_known_proxies_only()
    {
        await using MarketHost host = await MarketHost.StartAsync(Production);
        HttpStatusCode status = HttpStatusCode.OK;
        for (int i = 0; i < 60 && status == HttpStatusCode.OK; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}");
            request.Headers.Add("X-Forwarded-For", $"192.0.2.{i}");
            request.Headers.Add("Forwarded", $"for=192.0.2.{i}");
            request.Headers.Add("X-Real-IP", $"192.0.2.{i}");
            using HttpResponseMessage response = await host.Client.SendAsync(request);
            status = response.StatusCode;
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
    }

    [Fact]
    [Trait("attack", "S17")]
    public async Task Compression_is_not_agreed_upon_for_sockets()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.Add("Sec-WebSocket-Protocol", "graphql-transport-ws");
        request.Headers.Add("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        using HttpResponseMessage response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, response.StatusCode);
        Assert.False(response.Headers.Contains("Sec-WebSocket-Extensions"));
    }

    [Theory]
    [InlineData("GET /graphql HTTP/1.1\r\nHost: x\r\n", "X-Slow: 1\r\n")]
    [InlineData("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{", " ")]
    [Trait("attack", "N01"), Trait("attack", "N02")]
    public async Task Who_sends_drop_by_drop_is_not_waited_for(string begin, string drop)
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(host.Socket.Host, host.Socket.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(begin));
        byte[] answer = new byte[64];
        Task<int> answered = stream.ReadAsync(answer).AsTask();
        for (int i = 0; i < 40 && !answered.IsCompleted; i++)
        {
            await Task.WhenAny(answered, Task.Delay(1_000));
            if (!answered.IsCompleted) await stream.WriteAsync(Encoding.ASCII.GetBytes(drop));
        }

        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, await answered.WaitAsync(TimeSpan.FromSeconds(1))), StringComparison.Ordinal);
    }
}
