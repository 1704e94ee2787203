using Efa.Graph.Engine.Documents;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Efa.Graph.Hosting;

/// <summary>Settings of section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Where traces, metrics and logs are sent to, such as <c>http://collector:4318</c>; nowhere where it is not set.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary><c>HttpProtobuf</c> (port 4318 as a rule) or <c>Grpc</c> (4317).</summary>
    public OtlpExportProtocol OtlpProtocol { get; set; } = OtlpExportProtocol.HttpProtobuf;

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem() =>
        OtlpEndpoint is not { Length: > 0 } address || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            ? null
            : $"{Section}:OtlpEndpoint is {address}, but must be an address such as http://collector:4318.";
}

/// <summary>Sends what operators watch to a collector by OTLP, where one is configured.</summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
        [DocumentTelemetry.Name, MarketMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        TelemetryOptions options = builder.Configuration.Read<TelemetryOptions>(TelemetryOptions.Section, o => o.Problem());
        if (options.OtlpEndpoint is not { Length: > 0 } endpoint) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("efa-graph", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(traces => traces.AddSource(DocumentTelemetry.Name, SqlTraces.Name)
                // Who asks whether the server lives asks often.
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !context.Request.Path.StartsWithSegments("/health")))
            .WithMetrics(metrics => metrics.AddMeter(Meters))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true)
            .UseOtlpExporter(options.OtlpProtocol, new Uri(endpoint));
    }
}
