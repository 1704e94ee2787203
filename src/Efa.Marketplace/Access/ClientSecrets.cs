using System.Security.Cryptography;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace Efa.Marketplace.Access;

/// <summary>Keeps what clients prove themselves with, as the token server reads it; only a slow hash of a secret is stored.</summary>
public sealed class ClientSecrets(
    IMemoryCache cache, IOptionsMonitor<OpenIddictCoreOptions> core, IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> store,
    ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication<Guid>>> logger)
{
    private const int SecretBytes = 32;

    /// <summary>A secret of 256 random bits.</summary>
    public static string Fresh() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>Writes through the caller's context, and so in its transaction.</summary>
    public async Task AddAsync(MarketContext context, string clientId, string name, string secret, CancellationToken cancellationToken)
    {
        var applications = new OpenIddictEntityFrameworkCoreApplicationStore<
            OpenIddictEntityFrameworkCoreApplication<Guid>, OpenIddictEntityFrameworkCoreAuthorization<Guid>, OpenIddictEntityFrameworkCoreToken<Guid>, Guid>(
            cache, new OpenIddictEntityFrameworkCoreContext<MarketContext>(context), store);
        using var known = new OpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication<Guid>>(core, applications);
        var clients = new OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication<Guid>>(known, logger, core, applications);
        await clients.CreateAsync(
            new OpenIddictApplicationDescriptor
            {
                ClientId = clientId,
                ClientSecret = secret,
                ClientType = OpenIddictConstants.ClientTypes.Confidential,
                DisplayName = name,
            },
            cancellationToken);
    }
}
