using Efa.Marketplace.Operations;

namespace Efa.Graph.Http;

/// <summary>A caller whose token was accepted; a feature of the request, set by the check of its token. A request without it is anonymous.</summary>
/// <param name="Now">The same caller as things stand now; null once access was withdrawn or the token has run out.</param>
public sealed record SignedIn(Caller Caller, Func<Caller?> Now)
{
    internal static readonly SignedIn Nobody = new(Caller.Anonymous, () => Caller.Anonymous);

    internal static SignedIn Of(HttpContext context) => context.Features.Get<SignedIn>() ?? Nobody;
}

/// <summary>Checks the token that a socket's first message carries, for clients that cannot set headers; null where it is not accepted.</summary>
public sealed class SocketAuthentication(Func<HttpContext, string, CancellationToken, Task<SignedIn?>> check)
{
    public Task<SignedIn?> CheckAsync(HttpContext context, string token, CancellationToken cancellationToken) => check(context, token, cancellationToken);
}
