using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Efa.Graph.Tests.Hosting;

/// <summary>Takes what a server sends by OTLP over HTTP, as it comes: texts stand in it as they are.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Text)> received = new();
    private readonly WebApplication app;

    private OtlpCollector(WebApplication app)
    {
        this.app = app;
        app.MapPost("/v1/{signal}", async (HttpContext http, string signal) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.Enqueue((signal, Encoding.UTF8.GetString(body.ToArray())));
        });
    }

    public string Address => app.Urls.First();

    public string All => string.Concat(received.Select(r => r.Text));

    public static async Task<OtlpCollector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        await collector.app.StartAsync();
        return collector;
    }

    public bool Has(string signal, string text) => received.Any(r => r.Path == signal && r.Text.Contains(text, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
