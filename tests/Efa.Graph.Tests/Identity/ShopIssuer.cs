using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Efa.Graph.Tests.Identity;

/// <summary>A small OpenID provider on loopback: says who it is and which keys it has, and makes access tokens.</summary>
internal sealed class ShopIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private int reads;

    private ShopIssuer(WebApplication app) => this.app = app;

    public string Authority => app.Urls.Single();

    /// <summary>Its keys; a test may replace them.</summary>
    public List<TestKey> Keys { get; } = [new TestKey("first")];

    /// <summary>How often its keys were read.</summary>
    public int Reads => reads;

    /// <summary>Whether it fails whatever it is asked.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whom it says to be, where that is not itself.</summary>
    public string? Pretends { get; set; }

    public static async Task<ShopIssuer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        var issuer = new ShopIssuer(app);
        app.MapGet("/.well-known/openid-configuration", (HttpContext _) => issuer.IsDown
            ? Results.StatusCode(500)
            : Results.Json(new { issuer = issuer.Pretends ?? issuer.Authority, jwks_uri = issuer.Authority + "/keys" }));
        app.MapGet("/keys", (HttpContext _) =>
        {
            Interlocked.Increment(ref issuer.reads);
            return Results.Text(TestKey.Set([.. issuer.Keys]), "application/json");
        });
        await app.StartAsync();
        return issuer;
    }

    /// <summary>An access token; each claim is the right one where none is given.</summary>
    public string Token(
        string organisation, DateTimeOffset now, string role = "buyer", string? audience = "market", string? issuer = null, TimeSpan? lifetime = null, TimeSpan? notBefore = null,
        string type = "at+jwt", TestKey? key = null, string? kid = null, string subject = "erika") =>
        (key ?? Keys[^1]).Sign(
            new
            {
                iss = issuer ?? Authority,
                aud = audience,
                sub = subject,
                iat = now.ToUnixTimeSeconds(),
                nbf = (now + (notBefore ?? TimeSpan.Zero)).ToUnixTimeSeconds(),
                exp = (now + (lifetime ?? TimeSpan.FromMinutes(5))).ToUnixTimeSeconds(),
                organisation,
                realm_access = new { roles = new[] { "offline_access", role } },
            },
            type,
            kid);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        foreach (TestKey key in Keys) key.Dispose();
    }
}
