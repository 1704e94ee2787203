using System.Security.Claims;
using Efa.Marketplace.Access;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Efa.Graph.Identity;

/// <summary>Takes the assertion of a client (private_key_jwt, RFC 7523) once, and only one that ends soon: its id is kept until then.</summary>
internal sealed class AssertionOnce(UsedAssertions used, TimeProvider clock) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static readonly OpenIddictServerHandlerDescriptor Descriptor = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
        .UseSingletonHandler<AssertionOnce>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientAssertionIssuer.Descriptor.Order + 500)
        .Build();

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        ClaimsPrincipal assertion = context.ClientAssertionPrincipal!;
        bool isShort = assertion.GetExpirationDate() is { } end && end - clock.GetUtcNow() <= Longest;
        if (!isShort || assertion.GetClaim(Claims.JwtId) is not { Length: > 0 } id || assertion.GetClaim(Claims.Subject) is not { } clientId)
            context.Reject(Errors.InvalidClient, "The assertion needs a jti, and ends within an hour.");
        else if (!await used.TryUseAsync(clientId, id, assertion.GetExpirationDate()!.Value, context.CancellationToken))
            context.Reject(Errors.InvalidClient, "The assertion was used before.");
    }
}
