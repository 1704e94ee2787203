using Efa.Graph.Hosting;
using Efa.Graph.Http;
using Efa.Marketplace.Access;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Efa.Graph.Identity;

/// <summary>The OAuth 2 server for machine clients, and the table that says what their tokens are good for.</summary>
internal static class IdentityServer
{
    public static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(10);

    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddSingleton(builder.Configuration.Read<KeyOptions>(KeyOptions.Section, o => o.Problem()));
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<SigningKeys>());
        services.AddSingleton<SigningKeyRotation>();
        services.AddHostedService(provider => provider.GetRequiredService<SigningKeyRotation>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<SigningKeyRotation>().Signing);
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictValidationOptions>>(provider => provider.GetRequiredService<SigningKeyRotation>().Verifying);
        services.AddSingleton<CallerTable>();
        services.AddHostedService(provider => provider.GetRequiredService<CallerTable>());
        services.AddSingleton<ClientUse>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientUse>());
        services.AddSingleton<UsedAssertions>();
        services.AddSingleton(Issuers.Read(builder.Configuration));
        services.AddSingleton<TokenCallers>();

        services.AddAuthentication();
        services.AddOpenIddict()
            .AddCore(core => core.ReplaceApplicationManager<OpenIddictEntityFrameworkCoreApplication<Guid>, ClientProofs>()
                .UseEntityFrameworkCore().UseDbContext<MarketContext>().ReplaceDefaultEntities<Guid>())
            .AddServer(server => Configure(server, builder))
            .AddValidation(validation => validation.UseLocalServer());
    }

    /// <summary>Serves /connect/token, the discovery document and the public keys.</summary>
    public static void UseIdentity(this WebApplication app)
    {
        app.UseTokenRate();
        app.UseAuthentication();
    }

    private static void Configure(OpenIddictServerBuilder server, WebApplicationBuilder builder)
    {
        if (builder.Configuration[$"{HttpOptions.Section}:{nameof(HttpOptions.PublicUrl)}"] is { Length: > 0 } issuer) server.SetIssuer(issuer);
        server.AllowClientCredentialsFlow();
        server.SetTokenEndpointUris("connect/token");
        server.RegisterScopes([.. Scopes.All]);
        // There are no people to identify.
        server.Configure(options => options.Scopes.Remove(OpenIddictConstants.Scopes.OpenId));
        server.SetAccessTokenLifetime(TokenLifetime);

        // What a client may do is asked of the caller table, at every request and not only when the token is made.
        server.IgnoreEndpointPermissions().IgnoreGrantTypePermissions().IgnoreScopePermissions();
        // Tokens are short and signed, and are not kept.
        server.DisableTokenStorage().DisableAuthorizationStorage().DisableAccessTokenEncryption();
        server.AddEventHandler(GrantScopes.Descriptor).AddEventHandler(AssertionOnce.Descriptor).AddEventHandler(OneAnswer.Descriptor);

        OpenIddictServerAspNetCoreBuilder http = server.UseAspNetCore();
        if (builder.Environment.IsDevelopment()) http.DisableTransportSecurityRequirement();
    }
}
