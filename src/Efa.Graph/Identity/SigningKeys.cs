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

/// <summary>The keys that tokens are signed with: the same on every node, and after a restart.</summary>
internal sealed class SigningKeys(KeyRing ring, EvidenceKeys evidence, KeyOptions options, IDbContextFactory<MarketContext> contexts, IHostEnvironment environment)
    : IConfigureOptions<OpenIddictServerOptions>
{
    private const string Use = "tokens";

    private IReadOnlyList<ECDsa> keys = [];

    /// <summary>Before the first token; refuses where the master key is missing or another one.</summary>
    public async Task LoadAsync()
    {
        try
        {
            string file = MasterKeyFile();
            if (!File.Exists(file) && !environment.IsDevelopment())
                throw new StartRefused($"There is no master key at {file}. Make one once with `(umask 077; openssl rand -base64 32 > {file})`, keep it apart from the store and its backups, and name it by Keys:MasterKeyFile.");
            MasterKey master = MasterKey.ReadOrMake(file);
            keys = await ring.LoadAsync(Use, master, CancellationToken.None);
            await evidence.LoadAsync(master, CancellationToken.None);
        }
        catch (MasterKeyException failure)
        {
            throw new StartRefused($"Keys:MasterKeyFile: {failure.Message}");
        }
    }

    public void Configure(OpenIddictServerOptions server)
    {
        foreach (ECDsa key in keys)
        {
            byte[] print = SHA256.HashData(key.ExportSubjectPublicKeyInfo());
            var named = new ECDsaSecurityKey(key) { KeyId = Base64UrlEncoder.Encode(print[..12]) };
            server.SigningCredentials.Add(new SigningCredentials(named, SecurityAlgorithms.EcdsaSha256));
        }
        // Demanded by the server, though no token of ours is encrypted.
        server.EncryptionCredentials.Add(new EncryptingCredentials(
            new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
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
