using System.Security.Cryptography;
using Efa.Graph.Hosting;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Efa.Graph.Identity;

/// <summary>The keys that tokens are signed with: the same on every node and after a restart, and replaced by new ones in time.</summary>
/// <remarks>A new key is published for an hour before it signs; the one before is published until the last token that it signed has ended.</remarks>
internal sealed class SigningKeys(
    KeyRing ring, EvidenceKeys evidence, Secrets secrets, KeyOptions options, IDbContextFactory<MarketContext> contexts, IHostEnvironment environment, TimeProvider clock)
    : IConfigureOptions<OpenIddictServerOptions>
{
    private const string Use = "tokens";

    /// <summary>A token's life, and what nodes differ in when they look for new keys.</summary>
    public static readonly TimeSpan VerifiesFor = IdentityServer.TokenLifetime + TimeSpan.FromMinutes(5);

    private MasterKey? master;
    private volatile IReadOnlyList<RingKey> keys = [];

    /// <summary>Before the first token; refuses where the master key is missing or another one.</summary>
    public async Task LoadAsync()
    {
        try
        {
            string file = MasterKeyFile();
            if (!File.Exists(file) && !environment.IsDevelopment())
                throw new StartRefused($"There is no master key at {file}. Make one once with `(umask 077; openssl rand -base64 32 > {file})`, keep it apart from the store and its backups, and name it by Keys:MasterKeyFile.");
            master = MasterKey.ReadOrMake(file);
            keys = InUse(await ring.LoadAsync(Use, master, CancellationToken.None));
            await evidence.LoadAsync(master, CancellationToken.None);
            secrets.Load(master);
        }
        catch (MasterKeyException failure)
        {
            throw new StartRefused($"Keys:MasterKeyFile: {failure.Message}");
        }
    }

    /// <summary>Makes new keys where it is time, and drops those that no living token was signed with. True where there are others for tokens now, or another one signs.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (master is null) return false;
        await evidence.RefreshAsync(options.ReceiptKeyLifetime, cancellationToken);
        IReadOnlyList<RingKey> stored = await ring.RenewAsync(Use, master, options.TokenKeyLifetime, cancellationToken);
        IReadOnlyList<RingKey> now = InUse(stored);
        int oldest = now.Min(k => k.Number);
        if (oldest > stored[0].Number) await ring.DropBeforeAsync(Use, oldest, cancellationToken);
        bool changed = !now.Select(k => k.Number).SequenceEqual(keys.Select(k => k.Number));
        if (changed) keys = now;
        return changed;
    }

    public void Configure(OpenIddictServerOptions server)
    {
        foreach (RingKey key in keys)
        {
            var named = new ECDsaSecurityKey(key.Key) { KeyId = key.Id };
            server.SigningCredentials.Add(new SigningCredentials(named, SecurityAlgorithms.EcdsaSha256));
        }
        // Demanded by the server, though no token of ours is encrypted.
        server.EncryptionCredentials.Add(new EncryptingCredentials(
            new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    /// <summary>The one that signs first, then those that will, and last those that did.</summary>
    private IReadOnlyList<RingKey> InUse(IReadOnlyList<RingKey> stored)
    {
        DateTimeOffset now = clock.GetUtcNow();
        int signing = ring.SigningOf(stored);
        IEnumerable<RingKey> verifying = stored.Take(signing).Where((_, i) => now < stored[i + 1].SignsFrom + VerifiesFor);
        return [stored[signing], .. stored.Skip(signing + 1), .. verifying.Reverse()];
    }

    private string MasterKeyFile()
    {
        if (options.MasterKeyFile is { Length: > 0 } file) return Path.GetFullPath(file, environment.ContentRootPath);
        using MarketContext context = contexts.CreateDbContext();
        string folder = context.Database.GetDbConnection() is SqliteConnection { DataSource: var store } && Path.IsPathRooted(store)
            ? Path.GetDirectoryName(store)!
            : Path.Combine(environment.ContentRootPath, "store");
        return Path.Combine(folder, "master.key");
    }
}
