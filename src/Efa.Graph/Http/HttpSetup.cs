using Efa.Graph.Engine.Documents;
using Efa.Graph.Hosting;
using Efa.Graph.Http.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Efa.Graph.Http;

/// <summary>Registers and maps what the server speaks.</summary>
public static class HttpSetup
{
    public static IServiceCollection AddGraphQLOverHttp(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddDocuments(configuration);
        services.TryAddSingleton(configuration.Read<HttpOptions>(HttpOptions.Section, o => o.Problem()));
        services.AddSingleton<AllowedOrigins>();
        services.TryAddSingleton(new SocketAuthentication((_, _, _) => Task.FromResult<SignedIn?>(null)));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RateLimits>();
        services.AddSingleton<RequestReading>();
        services.AddSingleton<HttpAnswers>();
        services.AddSingleton<OpenStreams>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<SocketEndpoint>();
        services.AddSingleton<GraphQLEndpoint>();
        services.AddSingleton<SchemaFile>();
        return services;
    }

    /// <summary>Documents are answered at the pattern, the schema's text below it as <c>schema.graphql</c>.</summary>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string pattern)
    {
        endpoints.MapGet(pattern + "/schema.graphql", (SchemaFile file, HttpContext context) => file.Get(context)).IsPaid();
        GraphQLEndpoint endpoint = endpoints.ServiceProvider.GetRequiredService<GraphQLEndpoint>();
        RequestDelegate pipeline = endpoints.CreateApplicationBuilder()
            .UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromSeconds(20) })
            .Use((HttpContext context, RequestDelegate _) => endpoint.HandleAsync(context))
            .Build();
        return endpoints.Map(pattern, pipeline);
    }

    /// <summary>How long the server waits for slow clients: headers 10 s, bodies and answers at a minimum rate, idle connections 60 s.</summary>
    public static IWebHostBuilder LimitConnections(this IWebHostBuilder host)
    {
        // A line that ends for one server and not for the next is how one request is hidden in another.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        return host.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
            kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestLineSize = 16 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            // Sockets are counted with event streams, and told so where there are too many.
            kestrel.Limits.MaxConcurrentUpgradedConnections = null;
        });
    }
}
