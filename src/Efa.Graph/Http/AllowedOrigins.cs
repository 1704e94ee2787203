namespace Efa.Graph.Http;

/// <summary>Origins whose pages may call and open sockets here: those that <c>Http:Cors</c> names, in Development also every one on this machine.</summary>
internal sealed class AllowedOrigins(HttpOptions options, IHostEnvironment environment)
{
    private readonly bool anyLocal = environment.IsDevelopment();

    public bool Allows(string origin) =>
        options.Cors.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (anyLocal && Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.IsLoopback);

    /// <summary>A browser sends the user's network position with a socket, and asks nobody before; so pages of this host only, or allowed ones.</summary>
    public bool AllowsSocket(HttpRequest request)
    {
        string? origin = request.Headers.Origin.FirstOrDefault();
        return origin is null
            || Allows(origin)
            || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && request.Host.Value is { } host && page.Authority.Equals(host, StringComparison.OrdinalIgnoreCase));
    }
}
