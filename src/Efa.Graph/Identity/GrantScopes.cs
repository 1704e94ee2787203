using System.Security.Claims;
using Efa.Marketplace.Access;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Efa.Graph.Identity;

/// <summary>Decides what a token of an authenticated client is good for: what it asks for and has; all it has where it asks for nothing.</summary>
internal sealed class GrantScopes(CallerTable table, ClientUse use) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static readonly OpenIddictServerHandlerDescriptor Descriptor =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>().UseSingletonHandler<GrantScopes>().Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (await table.FindAsync(context.ClientId!, context.CancellationToken) is not { } client)
        {
            context.Reject(Errors.InvalidClient, "The client has been revoked.");
            return;
        }
        string[] wanted = [.. context.Request.GetScopes()];
        string[] granted = wanted.Length == 0 ? [.. client.Scopes] : [.. wanted.Where(client.Has)];
        if (wanted.Length > 0 && granted.Length == 0)
        {
            context.Reject(Errors.InvalidScope, "The client has none of these scopes.");
            return;
        }
        var identity = new ClaimsIdentity("client credentials");
        identity.SetClaim(Claims.Subject, client.Id);
        identity.SetScopes(granted);
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        use.Note(client.Id);
    }
}
