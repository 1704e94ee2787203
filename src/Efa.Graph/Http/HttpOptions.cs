namespace Efa.Graph.Http;

/// <summary>Settings of section <c>Http</c>: who may call from a browser, which proxies are believed, and how the server is called from outside.</summary>
internal sealed class HttpOptions
{
    public const string Section = "Http";

    /// <summary>Origins whose scripts may call, such as <c>https://shop.example</c>; in Development also every origin on localhost.</summary>
    public string[] Cors { get; set; } = [];

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-…</c> headers are believed; nobody's otherwise.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>The address by which clients reach the server; the issuer of its tokens. Where it is not set, that of each request.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>How long requests in flight may take to finish after the server was told to stop.</summary>
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What is wrong with them, by the name of the setting.</summary>
    public string? Problem()
    {
        if (Cors.FirstOrDefault(o => !IsOrigin(o)) is { } origin)
            return $"{Section}:Cors has {origin}, but an origin is scheme, host and port, such as https://shop.example.";
        if (TrustedProxies.FirstOrDefault(p => !System.Net.IPAddress.TryParse(p, out _) && !System.Net.IPNetwork.TryParse(p, out _)) is { } proxy)
            return $"{Section}:TrustedProxies has {proxy}, but must hold addresses such as 10.0.0.7 or networks such as 10.0.0.0/8.";
        if (PublicUrl is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
            return $"{Section}:PublicUrl is {url}, but must be an address such as https://market.example.";
        if (ShutdownTimeout < TimeSpan.Zero)
            return $"{Section}:ShutdownTimeout is {ShutdownTimeout}, but must be at least 00:00:00.";
        return null;
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? origin) && origin.Scheme is "http" or "https" && origin.GetLeftPart(UriPartial.Authority) == text;
}
