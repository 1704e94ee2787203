using Efa.Graph.Hosting;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Logging.Console;

namespace Efa.Graph.Http;

/// <summary>The web server: its limits, which proxies it believes, which origins may call, and the headers of every answer.</summary>
internal static class HttpServer
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    private static readonly TimeSpan PreflightAge = TimeSpan.FromHours(2);

    public static void AddHttpServer(this WebApplicationBuilder builder)
    {
        HttpOptions options = builder.Configuration.Read<HttpOptions>(HttpOptions.Section, o => o.Problem());
        builder.Services.AddSingleton(options);
        builder.Services.AddHttpContextAccessor();
        if (!new[] { "urls", "http_ports", "https_ports" }.Any(key => builder.Configuration[key] is { Length: > 0 }) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);

        builder.WebHost.LimitConnections();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Believe(forwarded, options.TrustedProxies));
        builder.Services.AddCors();
        builder.Services.AddOptions<CorsOptions>().Configure<AllowedOrigins>((cors, origins) => cors.AddDefaultPolicy(policy => policy
            .SetIsOriginAllowed(origins.Allows).WithMethods("GET", "POST", "PUT").AllowAnyHeader().WithExposedHeaders("Retry-After").SetPreflightMaxAge(PreflightAge)));

        // What a verb prints is for its reader; what is logged goes beside it.
        builder.Logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            // People read the one, programs the other.
            console.FormatterName ??= builder.Environment.IsDevelopment() ? ConsoleFormatterNames.Simple : ConsoleFormatterNames.Json;
        });
        // What goes on in each request is the business of traces; the log tells what is wrong.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // A command that fails is the business of who sent it: some are expected, and repeated.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);
    }

    public static void UseHttpServer(this WebApplication app)
    {
        if (app.Services.GetRequiredService<HttpOptions>().TrustedProxies.Length > 0) app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseFailures();
        app.UseCors();
    }

    private static void Believe(ForwardedHeadersOptions forwarded, IEnumerable<string> proxies)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        forwarded.ForwardLimit = null;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (string proxy in proxies)
            if (System.Net.IPAddress.TryParse(proxy, out System.Net.IPAddress? address)) forwarded.KnownProxies.Add(address);
            else forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
    }
}
