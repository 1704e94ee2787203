using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Cost;

public sealed class RateLimitTests
{
    private const string Costs20 = "{ offers { nodes { title } } }";

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    [Trait("attack", "N06"), Trait("attack", "Z05")]
    public async Task Who_has_spent_its_points_is_told_when_to_come_again_and_nobody_else_pays()
    {
        await using MarketHost host = await StartAsync(("Limits:PointsBurstAnonymous", "50"), ("Limits:PointsPerSecondAnonymous", "10"), ("Limits:PointsBurst", "100"), ("Limits:PointsPerSecond", "10"));
        string portal = await host.TokenAsync("demo-portal"), seller = await host.TokenAsync("demo-seller");

        Assert.Equal((20, 1_000, 30), (await AnswerAsync(host)).Cost());
        Assert.Equal((20, 1_000, 10), (await AnswerAsync(host)).Cost());
        await RefusedAsync(host, "2");
        Assert.Equal((20, 1_000, 80), (await AnswerAsync(host, portal)).Cost());
        Assert.Equal((20, 1_000, 80), (await AnswerAsync(host, seller)).Cost());

        // The refused request has cost a point.
        clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(host, "1", left: 18);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal((20, 1_000, 0), (await AnswerAsync(host)).Cost());

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((20, 1_000, 30), (await AnswerAsync(host)).Cost());
    }

    [Fact]
    public async Task A_request_that_fails_costs_a_point_and_an_empty_bucket_answers_no_document()
    {
        await using MarketHost host = await StartAsync(("Limits:PointsBurstAnonymous", "2"), ("Limits:PointsPerSecondAnonymous", "0.1"));
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage wrong = await host.SendAsync("{ nothing }");
            Assert.Equal((HttpStatusCode.BadRequest, "INVALID_DOCUMENT"), (wrong.StatusCode, (await wrong.JsonAsync()).Code()));
        }
        using HttpResponseMessage response = await host.SendAsync("{ nothing }");
        Assert.Equal((HttpStatusCode.TooManyRequests, "RATE_LIMITED", "10"), (response.StatusCode, (await response.JsonAsync()).Code(), response.Headers.GetValues("Retry-After").Single()));
        using HttpResponseMessage stream = await host.SendAsync("{ nothing }", accept: "text/event-stream");
        Assert.Equal(HttpStatusCode.TooManyRequests, stream.StatusCode);
    }

    [Fact]
    public async Task What_is_dearer_than_the_burst_takes_all_of_it()
    {
        await using MarketHost host = await StartAsync(("Limits:PointsBurstAnonymous", "15"), ("Limits:PointsPerSecondAnonymous", "1"));
        Assert.Equal((20, 1_000, 0), (await AnswerAsync(host)).Cost());
        clock.Advance(TimeSpan.FromSeconds(14));
        await RefusedAsync(host, "2", left: 13);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((20, 1_000, 0), (await AnswerAsync(host)).Cost());
    }

    [Fact]
    public async Task Those_without_a_token_pay_for_each_address_and_in_IPv6_for_each_network()
    {
        await using MarketHost host = await StartAsync(("Limits:PointsBurstAnonymous", "25"), ("Limits:PointsPerSecondAnonymous", "1"), ("Http:TrustedProxies:0", "127.0.0.1"));
        Assert.Equal(5, (await FromAsync("2001:db8:1:2::1"))?.Cost().Budget);
        Assert.Null(await FromAsync("2001:db8:1:2:ffff::7"));
        Assert.Equal(5, (await FromAsync("2001:db8:1:3::1"))?.Cost().Budget);
        Assert.Equal(5, (await FromAsync("192.0.2.1"))?.Cost().Budget);
        Assert.Null(await FromAsync("::ffff:192.0.2.1"));
        Assert.Equal(5, (await FromAsync("192.0.2.2"))?.Cost().Budget);

        async Task<JsonElement?> FromAsync(string address)
        {
            host.Client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            host.Client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
            using HttpResponseMessage response = await host.SendAsync(Costs20);
            return response.StatusCode == HttpStatusCode.TooManyRequests ? null : await response.JsonAsync();
        }
    }

    [Fact]
    public async Task On_a_socket_it_is_told_as_an_error_of_the_operation()
    {
        await using MarketHost host = await StartAsync(("Limits:PointsBurst", "10"), ("Limits:PointsPerSecond", "1"));
        await using OrderSocket socket = await OrderSocket.SubscribeAsync(host.Address, await host.TokenAsync("demo-portal"), "{ offers(first: 10) { nodes { title } } }", null);
        JsonElement first = (await socket.MessageAsync(TimeSpan.FromSeconds(30)))!.Value;
        Assert.Equal("next", first.GetProperty("type").GetString());
        Assert.Equal((10, 1_000, 0), first.GetProperty("payload").Cost());

        await using OrderSocket second = await OrderSocket.SubscribeAsync(host.Address, await host.TokenAsync("demo-portal"), "{ offers(first: 1) { nodes { title } } }", null);
        JsonElement refused = (await second.MessageAsync(TimeSpan.FromSeconds(30)))!.Value;
        Assert.Equal("error", refused.GetProperty("type").GetString());
        Assert.Equal("RATE_LIMITED", refused.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Nothing_is_counted_in_Development_unless_it_is_set_and_elsewhere_unless_it_is_switched_off()
    {
        await using MarketHost development = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });
        Assert.Null((await AnswerAsync(development)).Cost().Budget);
        await using MarketHost production = await MarketHost.StartAsync(new MarketHostOptions { Demo = false, Environment = "Production", Clock = clock });
        Assert.Equal(1_980, (await AnswerAsync(production)).Cost().Budget);
        await using MarketHost off = await MarketHost.StartAsync(new MarketHostOptions { Demo = false, Environment = "Production", Settings = new Dictionary<string, string> { ["Limits:PointsPerSecondAnonymous"] = "0" } });
        Assert.Null((await AnswerAsync(off)).Cost().Budget);
    }

    [Fact]
    [Trait("attack", "A26")]
    public async Task Tokens_are_bounded_for_a_client_before_its_secret_is_checked_and_the_right_one_works_again()
    {
        await using MarketHost host = await StartAsync(("Limits:TokenRequestsPerMinute", "30"));
        for (int i = 0; i < 10; i++)
        {
            using HttpResponseMessage wrong = await host.TokenResponseAsync("demo-seller", "guess");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using (HttpResponseMessage limited = await host.TokenResponseAsync("demo-seller", "demo-secret"))
        {
            Assert.Equal((HttpStatusCode.TooManyRequests, "2"), (limited.StatusCode, limited.Headers.GetValues("Retry-After").Single()));
            Assert.Equal("temporarily_unavailable", (await limited.JsonAsync()).GetProperty("error").GetString());
        }
        using var basic = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" }) };
        basic.Headers.Authorization = new("Basic", Convert.ToBase64String("demo-seller:demo-secret"u8));
        using (HttpResponseMessage limited = await host.Client.SendAsync(basic)) Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.NotEmpty(await host.TokenAsync("demo-portal"));

        clock.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 30; i++) Assert.NotEmpty(await host.TokenAsync("demo-seller"));
        using HttpResponseMessage often = await host.TokenResponseAsync("demo-seller", "demo-secret");
        Assert.Equal(HttpStatusCode.TooManyRequests, often.StatusCode);
    }

    [Fact]
    public async Task Tokens_are_bounded_for_an_address_whatever_clients_it_names()
    {
        await using MarketHost host = await StartAsync(("Limits:TokenRequestsPerMinute", "1"));
        for (int i = 0; i < 10; i++)
        {
            using HttpResponseMessage wrong = await host.TokenResponseAsync("client-" + i, "guess");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using HttpResponseMessage limited = await host.TokenResponseAsync("client-10", "guess");
        Assert.Equal((HttpStatusCode.TooManyRequests, "6"), (limited.StatusCode, limited.Headers.GetValues("Retry-After").Single()));
    }

    [Fact]
    public async Task A_request_for_a_token_is_small()
    {
        await using MarketHost host = await StartAsync(("Limits:TokenRequestsPerMinute", "3"));
        using HttpResponseMessage large = await host.TokenResponseAsync("demo-seller", new string('x', 20_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.NotEmpty(await host.TokenAsync("demo-seller"));
    }

    private Task<MarketHost> StartAsync(params (string Key, string Value)[] settings) =>
        MarketHost.StartAsync(new MarketHostOptions { Clock = clock, Settings = settings.ToDictionary(s => s.Key, s => s.Value) });

    private static async Task<JsonElement> AnswerAsync(MarketHost host, string? token = null)
    {
        using HttpResponseMessage response = await host.SendAsync(Costs20, token: token);
        JsonElement answer = await response.JsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer.ToString());
        return answer;
    }

    private static async Task RefusedAsync(MarketHost host, string retryAfter, int left = 9)
    {
        using HttpResponseMessage response = await host.SendAsync(Costs20);
        JsonElement answer = await response.JsonAsync();
        Assert.Equal((HttpStatusCode.TooManyRequests, "RATE_LIMITED", retryAfter), (response.StatusCode, answer.Code(), response.Headers.GetValues("Retry-After").Single()));
        Assert.Equal((20, 1_000, left), answer.Cost());
        Assert.False(answer.TryGetProperty("data", out _));
    }
}
