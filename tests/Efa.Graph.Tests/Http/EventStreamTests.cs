using System.Net;
using Efa.Graph.Tests.Engine;

namespace Efa.Graph.Tests.Http;

public sealed class EventStreamTests(ToyshopFixture toyshop) : IClassFixture<ToyshopFixture>
{
    private ToyshopHost Host => toyshop.Host;

    [Fact]
    public async Task A_subscription_is_answered_event_by_event_with_the_cursor_as_id()
    {
        using HttpResponseMessage response = await Host.PostAsync(new { query = "subscription { tick(to: 2) }" }, "text/event-stream");

        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(("no", "no-store"), (response.Headers.GetValues("X-Accel-Buffering").Single(), response.Headers.CacheControl!.ToString()));
        Assert.Equal(
            """
            :

            id: cursor1
            event: next
            data: {"data":{"tick":1}}

            id: cursor2
            event: next
            data: {"data":{"tick":2}}

            event: complete
            data:


            """.ReplaceLineEndings("\n"),
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{ hello }", """{"data":{"hello":"Grüß Gott, wer auch immer"}}""")]
    [InlineData("{ nope }", """{"errors":[{"message":"Cannot query field \u0027nope\u0027 on type \u0027Query\u0027. Did you mean \u0027node\u0027?","locations":[{"line":1,"column":3}],"extensions":{"code":"INVALID_DOCUMENT"}}]}""")]
    public async Task Other_operations_are_a_stream_of_one(string query, string data)
    {
        using HttpResponseMessage response = await Host.PostAsync(new { query }, "text/event-stream");
        Assert.Equal($"event: next\ndata: {data}\n\nevent: complete\ndata:\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_client_resumes_by_its_last_id()
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "/graphql?query=subscription{resumeAfter}");
        message.Headers.Add("Accept", "text/event-stream");
        message.Headers.Add("Last-Event-ID", "cursor5");
        using HttpResponseMessage response = await Host.Client.SendAsync(message);
        Assert.Contains("""{"data":{"resumeAfter":"cursor5"}}""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_stream_with_its_error()
    {
        using HttpResponseMessage response = await Host.PostAsync(new { query = "subscription { breaks }" }, "text/event-stream");
        string body = await response.Content.ReadAsStringAsync();
        Assert.Contains("""{"data":{"breaks":1}}""", body, StringComparison.Ordinal);
        Assert.EndsWith(
            """data: {"errors":[{"message":"The log does not reach back to this cursor.","path":["breaks"],"extensions":{"code":"CURSOR_EXPIRED","expected":"cursor9"}}]}""" + "\n\nevent: complete\ndata:\n\n",
            body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_broken_by_comments_that_carry_the_position()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:CommentSeconds", "0.1"));
        using HttpResponseMessage response = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        List<string?> lines = [];
        for (int i = 0; i < 5; i++) lines.Add(await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal([":", "", "id: cursor7", ":", ""], lines);
    }

    [Fact]
    public async Task A_client_holds_a_bounded_number_of_streams()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: ("Limits:StreamsPerClient", "2"));
        HttpResponseMessage first = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream");
        using HttpResponseMessage second = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream");
        await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream").RefusedAsync(HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        using HttpResponseMessage another = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream", "anna");
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);

        first.Dispose();
        HttpStatusCode status = HttpStatusCode.TooManyRequests;
        for (int i = 0; i < 100 && status != HttpStatusCode.OK; i++)
        {
            await Task.Delay(50);
            using HttpResponseMessage retried = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream");
            status = retried.StatusCode;
        }
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_server_that_stops_ends_streams_without_completing_them()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        using HttpResponseMessage response = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream");
        Task<string> body = response.Content.ReadAsStringAsync();

        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(":\n\n", await body.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Who_loses_access_gets_no_further_event()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        using HttpResponseMessage response = await host.PostAsync(new { query = "subscription { tick(to: 1000, delayMs: 50) }" }, "text/event-stream", "anna");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (string? line = ""; line?.StartsWith("data", StringComparison.Ordinal) != true;) line = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10));

        host.Known.ByToken.Clear();

        string rest = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.EndsWith(
            """data: {"errors":[{"message":"Access has been withdrawn or has run out.","extensions":{"code":"UNAUTHENTICATED"}}]}""" + "\n\nevent: complete\ndata:\n\n",
            rest, StringComparison.Ordinal);
    }
}
