using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Efa.Graph.Tests.Engine;

namespace Efa.Graph.Tests.Http;

public sealed class SocketTests(ToyshopFixture toyshop) : IClassFixture<ToyshopFixture>
{
    private const string Ticks = """{"id":"1","type":"subscribe","payload":{"query":"subscription { tick(to: 2) }"}}""";
    private const string Slow = """{"id":"1","type":"subscribe","payload":{"query":"subscription { tick(to: 1000, delayMs: 20) }"}}""";

    private ToyshopHost Host => toyshop.Host;

    [Fact]
    public async Task A_subscription_is_answered_event_by_event()
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host);
        await socket.SendAsync(Ticks);
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"tick":1}}}""", await socket.NextAsync());
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"tick":2}}}""", await socket.NextAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await socket.NextAsync());
    }

    [Fact]
    public async Task Queries_and_mutations_work_too_and_an_id_can_be_used_again()
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host, headers: ("Accept-Language", "en"));
        foreach (string query in (string[])["{ language }", "mutation { add(by: 0) }"])
        {
            await socket.SendAsync($$$"""{"id":"q","type":"subscribe","payload":{"query":"{{{query}}}"}}""");
            Assert.StartsWith("""{"id":"q","type":"next","payload":{"data":""" + (query[0] == '{' ? """{"language":"English"}""" : """{"add":"""), await socket.NextAsync(), StringComparison.Ordinal);
            Assert.Equal("""{"id":"q","type":"complete"}""", await socket.NextAsync());
        }
    }

    [Fact]
    public async Task Each_event_has_its_own_scope_and_request_context()
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host);
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { scope }"}}""");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"scope":"1 True"}}}""", await socket.NextAsync());
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"scope":"1 True"}}}""", await socket.NextAsync());
    }

    [Theory]
    [InlineData("""{"accessToken":"anna"}""")]
    [InlineData("""{"Authorization":"Bearer anna"}""")]
    public async Task The_first_message_can_carry_the_token(string payload)
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host, payload);
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"{ caller }"}}""");
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"caller":"anna"}}}""", await socket.NextAsync());
    }

    [Fact]
    public async Task A_wrong_token_is_4403()
    {
        await using ToyshopSocket socket = await ToyshopSocket.OpenAsync(Host);
        await socket.SendAsync("""{"type":"connection_init","payload":{"accessToken":"eve"}}""");
        Assert.Equal(4403, await socket.ClosedAsync());
    }

    [Theory]
    [InlineData("{not json", 4400)]
    [InlineData("[]", 4400)]
    [InlineData("""{"type":"bogus"}""", 4400)]
    [InlineData("""{"id":"","type":"subscribe","payload":{"query":"{hello}"}}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe"}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe","payload":[]}""", 4400)]
    [InlineData("""{"id":"1","type":"subscribe","payload":{"query":1}}""", 4400)]
    [InlineData("""{"type":"connection_init"}""", 4429)]
    public async Task Messages_that_the_protocol_does_not_know_close_the_socket(string message, int code)
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host);
        await socket.SendAsync(message);
        Assert.Equal(code, await socket.ClosedAsync());
    }

    [Fact]
    [Trait("attack", "S13")]
    public async Task Sockets_are_counted_for_whom_the_first_message_names()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:StreamsPerClient", "1"));
        await using ToyshopSocket anna = await ToyshopSocket.ReadyAsync(host, """{"accessToken":"anna"}""");
        await using ToyshopSocket again = await ToyshopSocket.OpenAsync(host);
        await again.SendAsync("""{"type":"connection_init","payload":{"accessToken":"anna"}}""");
        Assert.Equal(1013, await again.ClosedAsync());
        await again.CloseAsync();

        await using ToyshopSocket anonymous = await ToyshopSocket.ReadyAsync(host);
        await using ToyshopSocket refused = await ToyshopSocket.OpenAsync(host);
        Assert.Equal(429, refused.Refused);
    }

    [Fact]
    [Trait("attack", "S13")]
    public async Task A_node_holds_a_bounded_number_of_streams_for_all()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:Streams", "2"));
        await using ToyshopSocket anna = await ToyshopSocket.ReadyAsync(host, """{"accessToken":"anna"}""");
        using (HttpResponseMessage stream = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream"))
        {
            Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
            await using ToyshopSocket third = await ToyshopSocket.OpenAsync(host);
            Assert.Equal(503, third.Refused);
            using HttpResponseMessage fourth = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream", "anna");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "UNAVAILABLE", TimeSpan.FromSeconds(5)), (fourth.StatusCode, (await fourth.JsonAsync()).Code(), fourth.Headers.RetryAfter?.Delta));
            Assert.Equal("1", (await host.AskAsync("{ node(id: \"1\") { id } }")).GetProperty("data").GetProperty("node").GetProperty("id").GetString());
        }
        await UntilOpenAsync(host);
    }

    [Fact]
    public async Task Nothing_is_answered_before_the_first_message()
    {
        await using ToyshopSocket socket = await ToyshopSocket.OpenAsync(Host);
        await socket.SendAsync(Ticks);
        Assert.Equal(4401, await socket.ClosedAsync());
    }

    [Fact]
    public async Task An_id_in_use_is_4409()
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host);
        await socket.SendAsync(Slow);
        await socket.SendAsync(Slow);
        Assert.Equal(4409, await socket.ClosedAsync());
    }

    [Fact]
    public async Task A_wrong_document_is_an_error_and_the_socket_stays()
    {
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(Host);
        await socket.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"{"}}""");
        using JsonDocument error = JsonDocument.Parse(await socket.NextAsync());
        Assert.Equal(("error", "INVALID_DOCUMENT"),
            (error.RootElement.GetProperty("type").GetString(), error.RootElement.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString()));
        await socket.SendAsync("""{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await socket.NextAsync());
    }

    [Fact]
    [Trait("attack", "S18")]
    public async Task Foreign_pages_and_other_protocols_are_refused_before_the_socket_opens()
    {
        await using ToyshopSocket foreign = await ToyshopSocket.OpenAsync(Host, headers: ("Origin", "https://evil.example"));
        Assert.Equal(403, foreign.Refused);
        await using ToyshopSocket legacy = await ToyshopSocket.OpenAsync(Host, "graphql-ws");
        Assert.Equal(400, legacy.Refused);
        await using ToyshopSocket own = await ToyshopSocket.OpenAsync(Host, headers: ("Origin", $"http://{Host.Socket.Authority}"));
        Assert.Equal(101, own.Refused);
    }

    [Fact]
    [Trait("attack", "S15"), Trait("attack", "S16")]
    public async Task Times_and_numbers_are_bounded()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings:
        [
            ("Limits:SocketInitSeconds", "2"), ("Limits:SocketOperations", "1"), ("Limits:SocketMessageBytes", "1000"), ("Limits:SocketMessagesPerSecond", "10"),
        ]);
        await using ToyshopSocket mute = await ToyshopSocket.OpenAsync(host);
        Assert.Equal(4408, await mute.ClosedAsync());

        await using ToyshopSocket endless = await ToyshopSocket.ReadyAsync(host);
        await endless.SendAsync("{", end: false);
        await Assert.ThrowsAsync<WebSocketException>(endless.ClosedAsync);

        await using ToyshopSocket busy = await ToyshopSocket.ReadyAsync(host);
        await busy.SendAsync(Slow);
        await busy.SendAsync("""{"id":"2","type":"subscribe","payload":{"query":"{ hello }"}}""");
        string refused;
        do refused = await busy.NextAsync();
        while (!refused.StartsWith("""{"id":"2",""", StringComparison.Ordinal));
        Assert.Contains("LIMIT_EXCEEDED", refused, StringComparison.Ordinal);

        await using ToyshopSocket loud = await ToyshopSocket.ReadyAsync(host);
        await loud.SendAsync(new string(' ', 2000));
        Assert.Equal(1009, await loud.ClosedAsync());

        await using ToyshopSocket flood = await ToyshopSocket.ReadyAsync(host);
        for (int i = 0; i < 40; i++) await flood.SendAsync("""{"type":"ping"}""");
        Assert.Equal(4429, await flood.ClosedAsync());
    }

    [Fact]
    public async Task A_ping_tells_how_far_a_silent_stream_has_read()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:PingSeconds", "0.1"));
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host);
        await socket.SendAsync("""{"id":"s","type":"subscribe","payload":{"query":"subscription { silence }"}}""");
        string ping;
        do ping = await socket.NextAsync();
        while (ping == """{"type":"ping"}""");
        Assert.Equal("""{"type":"ping","payload":{"cursors":{"s":"cursor7"}}}""", ping);
    }

    [Fact]
    public async Task Who_loses_access_is_closed_out()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:PingSeconds", "0.1"));
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host, """{"accessToken":"anna"}""");
        host.Known.ByToken.Clear();
        Assert.Equal(4403, await socket.ClosedAsync());
    }

    [Fact]
    public async Task A_client_that_stops_reading_slows_its_source_and_is_cut_off()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:SlowReaderSeconds", "0.3"));
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host);
        await socket.SendAsync("""{"id":"f","type":"subscribe","payload":{"query":"subscription { flood }"}}""");

        // Read by nobody: once the queue and the network are full, the source stands still.
        int before = -1;
        for (int i = 0; i < 60 && (host.Total < 256 || host.Total != before); i++)
        {
            before = host.Total;
            await Task.Delay(500);
        }
        int produced = host.Total;
        await Task.Delay(1000);
        Assert.InRange(produced, 256, int.MaxValue);
        Assert.Equal(produced, host.Total);

        // What was on its way can still be read, and then why there is no more: the client may come back with its cursor.
        Assert.Equal(1013, await socket.ClosedAsync());
        Assert.Equal(produced, host.Total);
    }

    [Fact]
    public async Task A_server_that_stops_tells_clients_to_come_back_and_completes_nothing()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host);
        await socket.SendAsync("""{"id":"s","type":"subscribe","payload":{"query":"subscription { silence }"}}""");

        Task stopped = host.StopAsync();

        Assert.Equal("closed 1012", await socket.NextAsync());
        await socket.CloseAsync();
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_server_that_stops_still_gives_the_answer_it_is_at()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        await using ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host);
        await socket.SendAsync("""{"id":"s","type":"subscribe","payload":{"query":"subscription { silence }"}}""");
        await socket.SendAsync("""{"id":"q","type":"subscribe","payload":{"query":"{ late }"}}""");
        Task<HttpResponseMessage> request = host.PostAsync(new { query = "{ late }" });
        await host.UntilAsync(() => host.Total == 2);

        Task stopped = host.StopAsync();

        Assert.Equal("""{"id":"q","type":"next","payload":{"data":{"late":"done"}}}""", await socket.NextAsync());
        Assert.Equal("""{"id":"q","type":"complete"}""", await socket.NextAsync());
        Assert.Equal(1012, await socket.ClosedAsync());
        await socket.CloseAsync();
        using HttpResponseMessage response = await request;
        Assert.Equal("""{"data":{"late":"done"}}""", await response.Content.ReadAsStringAsync());
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Sockets_that_vanish_give_their_place_back()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:StreamsPerClient", "3"));
        for (int i = 0; i < 3; i++)
        {
            ToyshopSocket socket = await ToyshopSocket.ReadyAsync(host);
            await socket.SendAsync(Slow);
            await socket.NextAsync();
            socket.Abort();
        }
        await UntilOpenAsync(host);
    }

    /// <summary>Waits for a place for one more socket.</summary>
    private static async Task UntilOpenAsync(ToyshopHost host)
    {
        int status = 0;
        for (int i = 0; i < 100 && status != 101; i++)
        {
            await Task.Delay(50);
            await using ToyshopSocket next = await ToyshopSocket.OpenAsync(host);
            status = next.Refused;
        }
        Assert.Equal(101, status);
    }
}
