using System.Security.Claims;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Abstractions.OpenIddictExceptions;

namespace Efa.Graph.Identity;

/// <summary>Says who is calling, by the access token of a request.</summary>
internal sealed class TokenCallers(OpenIddictValidationService tokens, CallerTable table, Issuers issuers, TimeProvider clock)
{
    /// <summary>The challenge that belongs to the answer 401.</summary>
    public const string Challenge = "Bearer error=\"invalid_token\"";

    private const string Scheme = "Bearer ";

    /// <summary>Anonymous without a token; null where there is one that is not good: the answer is 401, never that of an anonymous caller.</summary>
    public ValueTask<Caller?> CallerOfAsync(HttpContext http) => http.Request.Headers.Authorization switch
    {
        [] => new(Caller.Anonymous),
        [{ } header] when header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) => CallerOfTokenAsync(header[Scheme.Length..].Trim(), http.RequestAborted),
        _ => new((Caller?)null),
    };

    /// <summary>Null where the token is not good: malformed, expired, of an issuer that is not known here, or of a revoked client.</summary>
    /// <exception cref="IssuerUnavailableException">It cannot be told at the moment.</exception>
    public async ValueTask<Caller?> CallerOfTokenAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length == 0) return null;
        if (issuers.Of(token) is { } issuer) return await issuer.CallerOfAsync(token, clock, cancellationToken);
        ClaimsPrincipal principal;
        try
        {
            principal = await tokens.ValidateAccessTokenAsync(token, cancellationToken);
        }
        catch (ProtocolException)
        {
            return null;
        }
        return principal.GetClaim(Claims.Subject) is { } clientId && principal.GetCreationDate() is { } issuedAt
            ? await table.CallerOfAsync(clientId, principal.GetScopes(), issuedAt, principal.GetExpirationDate(), cancellationToken)
            : null;
    }

    /// <summary>The caller with the rights of this moment, for streams; null ends them.</summary>
    public Caller? Now(Caller caller) => table.Now(caller);
}
