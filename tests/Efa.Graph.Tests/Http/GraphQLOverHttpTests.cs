using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Tests.Engine;

namespace Efa.Graph.Tests.Http;

public sealed class GraphQLOverHttpTests(ToyshopFixture toyshop) : IClassFixture<ToyshopFixture>
{
    private ToyshopHost Host => toyshop.Host;

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/graphql-response+json", "application/graphql-response+json")]
    [InlineData("application/graphql-response+json, application/json;q=0.9", "application/graphql-response+json")]
    [InlineData("application/graphql-response+json;q=0.1, application/json", "application/json")]
    [InlineData("application/graphql-response+json, application/json, text/event-stream, multipart/mixed", "application/graphql-response+json")]
    [InlineData("text/event-stream, application/json;q=0.5", "text/event-stream")]
    public async Task The_answer_comes_in_the_media_type_that_is_wanted_most(string? accept, string type)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"{hello}"}""", Encoding.UTF8, "application/json") };
        if (accept is not null) message.Headers.Add("Accept", accept);
        using HttpResponseMessage response = await Host.Client.SendAsync(message);

        Assert.Equal((HttpStatusCode.OK, type + "; charset=utf-8"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
    }

    [Fact]
    public Task An_unknown_media_type_is_406() => Host.PostAsync(new { query = "{hello}" }, "text/html").RefusedAsync(HttpStatusCode.NotAcceptable, "MALFORMED_REQUEST");

    [Theory]
    [InlineData("{ nope }")]
    [InlineData("{")]
    [InlineData("query($n: Int!) { offers(first: $n) { id } }")]
    public async Task A_wrong_document_is_400_and_200_for_clients_of_the_older_media_type(string query)
    {
        using HttpResponseMessage response = await Host.PostAsync(new { query });
        using HttpResponseMessage older = await Host.PostAsync(new { query }, "application/json");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (response.StatusCode, older.StatusCode));
        Assert.False((await older.JsonAsync()).TryGetProperty("data", out _));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/graphql")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task What_a_foreign_page_can_send_without_asking_is_not_read(string? contentType)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new ByteArrayContent("""{"query":"mutation{add(by:1)}"}"""u8.ToArray()) };
        if (contentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        int before = Host.Total;

        using HttpResponseMessage response = await Host.Client.SendAsync(message);

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "MALFORMED_REQUEST"), (response.StatusCode, (await response.JsonAsync()).Code()));
        Assert.Equal(before, Host.Total);
    }

    [Fact]
    public async Task Get_answers_queries_and_leaves_the_rest_to_post()
    {
        Assert.Equal("""{"data":{"hello":"Grüß Gott, Anna"}}""",
            await Host.Client.GetStringAsync("/graphql?query=query($n:String){hello(name:$n)}&variables={\"n\":\"Anna\"}"));
        int before = Host.Total;

        using HttpResponseMessage response = await Host.Client.GetAsync("/graphql?query=mutation{add(by:1)}");

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (response.StatusCode, response.Content.Headers.Allow.Single()));
        Assert.Equal(before, Host.Total);
    }

    [Fact]
    public async Task Other_methods_are_405()
    {
        using HttpResponseMessage response = await Host.Client.PutAsync("/graphql", new StringContent("{}"));
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, POST"), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
    }

    [Fact]
    public async Task The_address_is_ignored_where_there_is_a_body()
    {
        using HttpResponseMessage response = await Host.Client.PostAsync("/graphql?query={language}", new StringContent("""{"query":"{hello}"}""", Encoding.UTF8, "application/json"));
        Assert.Equal("""{"data":{"hello":"Grüß Gott, wer auch immer"}}""", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""[{"query":"{hello}"}]""", "Send one request at a time; lists of requests are not answered.")]
    [InlineData("[]", "Send one request at a time; lists of requests are not answered.")]
    [InlineData("1", "A request is a JSON object.")]
    [InlineData("{\"query", "The request is not JSON, is nested too deeply, or has a name twice.")]
    [InlineData("", "The request is not JSON, is nested too deeply, or has a name twice.")]
    [InlineData("""{"query":"{hello}","variables":{"a":1,"a":2}}""", "The request is not JSON, is nested too deeply, or has a name twice.")]
    [InlineData("""{"query":"{hello}","variables":"x"}""", "'variables' is an object.")]
    [InlineData("""{"query":{}}""", "'query' is a string.")]
    [InlineData("""{"variables":{}}""", "The request has no 'query' and no 'documentId'.")]
    [InlineData("""{"query":"{hello}","variables":{"s":"\ud800"}}""", "A string holds half a surrogate pair.")]
    [InlineData("""{"query":"{hello}","variables":{"s":"a\u0000"}}""", "A string holds U+0000, which not every store can hold.")]
    [Trait("attack", "V12")]
    public async Task A_malformed_request_is_told_so_in_our_own_words(string body, string message)
    {
        foreach (string accept in (string[])["application/json", "application/graphql-response+json"])
        {
            using HttpResponseMessage response = await Host.PostRawAsync(body, accept);
            JsonElement answer = await response.JsonAsync();
            Assert.Equal((HttpStatusCode.BadRequest, "MALFORMED_REQUEST", message), (response.StatusCode, answer.Code(), answer.Error().GetProperty("message").GetString()));
        }
    }

    [Theory]
    [InlineData("a\\u0000")]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00\\ud83d")]
    [Trait("attack", "V12")]
    public Task What_not_every_store_can_hold_is_refused_on_all(string text) =>
        Host.PostAsync(new { query = $"{{ hello(name: \"{text}\") }}" }).RefusedAsync(HttpStatusCode.BadRequest, "INVALID_DOCUMENT");

    [Fact]
    public Task Long_numbers_are_not_even_read() =>
        Host.PostRawAsync("""{"query":"{hello}","variables":{"n":""" + new string('9', 41) + "}}").RefusedAsync(HttpStatusCode.BadRequest, "LIMIT_EXCEEDED");

    [Fact]
    [Trait("attack", "V07"), Trait("attack", "B16")]
    public Task Long_lists_are_not_even_read() =>
        Host.PostAsync(new { query = "{hello}", variables = new { n = new int[251] } }).RefusedAsync(HttpStatusCode.BadRequest, "LIMIT_EXCEEDED");

    [Fact]
    [Trait("attack", "V07")]
    public async Task Large_bodies_are_413_and_callers_with_a_token_may_send_more()
    {
        string body = """{"query":"{hello}","extensions":{"s":" """ + new string('x', 300_000) + "\"}}";

        await Host.PostRawAsync(body).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
        using HttpResponseMessage response = await Host.PostRawAsync(body, token: "anna");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Host.PostRawAsync(body.Replace("xx", "xxxxxxxx", StringComparison.Ordinal), token: "anna").RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task Nobody_adds_a_document_by_asking()
    {
        var extensions = new { persistedQuery = new { version = 1, sha256Hash = StoredDocuments.IdOf("{hello}")["sha256:".Length..] } };
        using HttpResponseMessage asked = await Host.PostAsync(new { query = "{hello}", extensions });
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        await Host.PostAsync(new { extensions }).RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_counted_as_it_comes()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(new string(' ', 300_000), Encoding.UTF8, "application/json") };
        message.Headers.TransferEncodingChunked = true;
        await Host.Client.SendAsync(message).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
    }

    [Theory]
    [InlineData(null, "German")]
    [InlineData("en", "English")]
    [InlineData("en-GB,en;q=0.8,de;q=0.5", "English")]
    [InlineData("fr, de;q=0.9, en;q=0.8", "German")]
    [InlineData("fr", "German")]
    [InlineData(";;;", "German")]
    public async Task Texts_are_German_unless_English_is_preferred(string? accept, string language)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={language}");
        if (accept is not null) message.Headers.TryAddWithoutValidation("Accept-Language", accept);
        using HttpResponseMessage response = await Host.Client.SendAsync(message);
        Assert.Equal($$$"""{"data":{"language":"{{{language}}}"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Answers_are_not_stored_and_not_guessed_at()
    {
        using HttpResponseMessage response = await Host.PostAsync(new { query = "{hello}" });
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("Accept, Accept-Language, Authorization", string.Join(", ", response.Headers.Vary));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_schema_is_served_as_a_file_that_can_be_kept()
    {
        using HttpResponseMessage response = await Host.Client.GetAsync("/graphql/schema.graphql");
        Assert.Contains("scalar Amount", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var again = new HttpRequestMessage(HttpMethod.Get, "/graphql/schema.graphql");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage unchanged = await Host.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Bare_line_feeds_do_not_end_header_lines()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host.Socket.Host, Host.Socket.Port);
        await client.GetStream().WriteAsync("GET /graphql?query={hello} HTTP/1.1\nHost: x\n\n"u8.ToArray());
        byte[] answer = new byte[64];
        int count = await client.GetStream().ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscriptions_by_post_want_a_stream()
    {
        await Host.PostAsync(new { query = "subscription { tick }" }, "application/json").RefusedAsync(HttpStatusCode.NotAcceptable, "MALFORMED_REQUEST");
    }
}
