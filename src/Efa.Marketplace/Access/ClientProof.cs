using System.Text.Json;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using Application = OpenIddict.EntityFrameworkCore.Models.OpenIddictEntityFrameworkCoreApplication<System.Guid>;

namespace Efa.Marketplace.Access;

/// <summary>What a client proves itself with, as the token server keeps it: a secret, perhaps beside an old one, or public keys.</summary>
public static class ClientProof
{
    public static Application BySecret(string clientId, string name, string secret) => ByHash(clientId, name, ClientSecret.Hash(secret));

    /// <param name="hash">What <see cref="ClientSecret"/> has made of a secret.</param>
    internal static Application ByHash(string clientId, string name, string hash) => Make(clientId, name, a => a.ClientSecret = hash);

    /// <param name="keys">A JSON Web Key Set with public keys.</param>
    public static Application ByKeys(string clientId, string name, string keys) => Make(clientId, name, a => a.JsonWebKeySet = keys);

    /// <summary>The proof of a client, to change it.</summary>
    public static Task<Application> ProofOfAsync(this MarketContext context, string clientId, CancellationToken cancellationToken) =>
        context.Set<Application>().SingleAsync(a => a.ClientId == clientId, cancellationToken);

    /// <summary>Gives a new secret; the one it had stays good until an instant.</summary>
    public static void Rotate(this Application application, string secret, DateTimeOffset oldUntil)
    {
        application.Properties = MarketJson.Write(new OldSecret(application.ClientSecret!, oldUntil));
        application.ClientSecret = ClientSecret.Hash(secret);
        application.ConcurrencyToken = Guid.NewGuid().ToString();
    }

    /// <summary>Replaces the keys; which of the old ones stay good, the new set says.</summary>
    public static void Rekey(this Application application, string keys)
    {
        application.JsonWebKeySet = keys;
        application.ConcurrencyToken = Guid.NewGuid().ToString();
    }

    internal static OldSecret? OldSecretOf(Application application) =>
        application.Properties is { Length: > 0 } json ? JsonSerializer.Deserialize<OldSecret>(json, MarketJson.Options) : null;

    private static Application Make(string clientId, string name, Action<Application> prove)
    {
        var application = new Application
        {
            Id = Guid.CreateVersion7(),
            ClientId = clientId,
            ClientType = OpenIddictConstants.ClientTypes.Confidential,
            DisplayName = name,
            ConcurrencyToken = Guid.NewGuid().ToString(),
        };
        prove(application);
        return application;
    }

    internal sealed record OldSecret(string Hash, DateTimeOffset GoodUntil);
}

/// <summary>How the token server checks a secret: against the newest one, and the one before while that is good.</summary>
public sealed class ClientProofs(
    IOpenIddictApplicationCache<Application> cache, ILogger<OpenIddictApplicationManager<Application>> logger, IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Application> store, TimeProvider clock)
    : OpenIddictApplicationManager<Application>(cache, logger, options, store)
{
    public override ValueTask<bool> ValidateClientSecretAsync(Application application, string secret, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(application.ClientSecret is { } hash
            && (ClientSecret.Matches(hash, secret)
                || (ClientProof.OldSecretOf(application) is { } old && old.GoodUntil > clock.GetUtcNow() && ClientSecret.Matches(old.Hash, secret))));
}
