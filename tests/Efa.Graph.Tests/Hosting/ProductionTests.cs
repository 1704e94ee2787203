using System.Net;
using System.Net.WebSockets;
using Efa.Marketplace.Access;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Hosting;

public sealed class ProductionTests
{
    [Fact]
    public async Task The_demo_market_is_loaded_in_development_and_nowhere_else()
    {
        await using MarketHost development = await MarketHost.StartAsync(new MarketHostOptions { Demo = null });
        Assert.Equal(6, await CountAsync<ApiClient>(development));
        Assert.NotEqual(0, await CountAsync<Organisation>(development));

        await using MarketHost production = await MarketHost.StartAsync(new MarketHostOptions { Demo = null, Environment = "Production" });
        Assert.Equal(0, await CountAsync<ApiClient>(production));
        Assert.Equal(0, await CountAsync<Organisation>(production));

        await using MarketHost asked = await MarketHost.StartAsync(new MarketHostOptions { Demo = true, Environment = "Production" });
        Assert.Equal(6, await CountAsync<ApiClient>(asked));
    }

    [Fact]
    public async Task Tokens_are_given_over_https_only_and_a_proxy_that_says_so_must_be_trusted()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Environment = "Production" });
        Assert.Equal(HttpStatusCode.BadRequest, await TokenStatusAsync(host));
        host.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.Equal(HttpStatusCode.BadRequest, await TokenStatusAsync(host));

        await using MarketHost behindProxy = await MarketHost.StartAsync(new MarketHostOptions
        {
            Environment = "Production",
            Settings = new Dictionary<string, string> { ["Http:TrustedProxies:0"] = "127.0.0.1", ["Http:PublicUrl"] = "https://market.example" },
        });
        behindProxy.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.Equal(HttpStatusCode.OK, await TokenStatusAsync(behindProxy));
        Assert.Contains("\"issuer\": \"https://market.example/\"", await behindProxy.Client.GetStringAsync("/.well-known/openid-configuration"), StringComparison.Ordinal);
        string token = await behindProxy.TokenAsync("demo-seller");
        Assert.NotNull(await behindProxy.Services.GetRequiredService<Efa.Graph.Identity.TokenCallers>().CallerOfTokenAsync(token, CancellationToken.None));
    }

    [Fact]
    public async Task Scripts_of_other_origins_may_call_where_a_setting_names_them()
    {
        await using MarketHost development = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });
        Assert.Equal("http://localhost:3000", await AllowedOriginAsync(development, "http://localhost:3000"));
        Assert.Null(await AllowedOriginAsync(development, "https://shop.example"));

        await using MarketHost production = await MarketHost.StartAsync(new MarketHostOptions
        {
            Demo = false,
            Environment = "Production",
            Settings = new Dictionary<string, string> { ["Http:Cors:0"] = "https://shop.example" },
        });
        Assert.Equal("https://shop.example", await AllowedOriginAsync(production, "https://shop.example"));
        Assert.Null(await AllowedOriginAsync(production, "http://localhost:3000"));

        // The same list for sockets, which no browser asks about before.
        Assert.Equal(101, await SocketStatusAsync(development, "http://localhost:3000"));
        Assert.Equal(403, await SocketStatusAsync(development, "https://shop.example"));
        Assert.Equal(101, await SocketStatusAsync(production, "https://shop.example"));
        Assert.Equal(403, await SocketStatusAsync(production, "http://localhost:3000"));
        Assert.Equal(403, await SocketStatusAsync(production, "null"));
    }

    [Fact]
    public async Task The_schema_is_public_where_introspection_is_not()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Environment = "Production" });
        Assert.Contains("type Query", await host.Client.GetStringAsync("/graphql/schema.graphql"), StringComparison.Ordinal);
        using HttpResponseMessage introspection = await host.PostAsync("{ __schema { queryType { name } } }");
        Assert.True((int)introspection.StatusCode is >= 400 and < 500, $"{introspection.StatusCode}");
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_keep_browsers_careful_and_none_that_names_the_server()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });
        foreach (string path in new[] { "/health/live", "/connect/token", "/nothing" })
        {
            using HttpResponseMessage answer = await host.Client.GetAsync(path);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
            Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    private static async Task<int> CountAsync<T>(MarketHost host)
        where T : class
    {
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        return await context.Set<T>().CountAsync();
    }

    private static async Task<HttpStatusCode> TokenStatusAsync(MarketHost host)
    {
        using HttpResponseMessage response = await host.TokenResponseAsync("demo-seller", "demo-secret");
        return response.StatusCode;
    }

    private static async Task<int> SocketStatusAsync(MarketHost host, string origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/graphql" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
        }
        return (int)socket.HttpStatusCode;
    }

    private static async Task<string?> AllowedOriginAsync(MarketHost host, string origin)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/graphql");
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using HttpResponseMessage answer = await host.Client.SendAsync(preflight);
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? values) ? values.Single() : null;
    }
}
