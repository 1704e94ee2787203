using System.Text.Json;
using Efa.Graph.Identity;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Identity;

public sealed class SigningKeyTests
{
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Keys_and_the_tokens_signed_with_them_survive_a_restart(StoreKind store)
    {
        await using TestDatabase database = await TestDatabase.MakeAsync(store);
        var options = new MarketHostOptions { Store = store, Database = database };
        string token, keys;
        await using (MarketHost first = await MarketHost.StartAsync(options))
        {
            token = await first.TokenAsync("demo-seller");
            keys = await first.Client.GetStringAsync("/.well-known/jwks");
        }

        await using MarketHost second = await MarketHost.StartAsync(options);
        Assert.Equal(keys, await second.Client.GetStringAsync("/.well-known/jwks"));
        Assert.Equal("demo-seller", (await second.Services.GetRequiredService<TokenCallers>().CallerOfTokenAsync(token, CancellationToken.None))?.Id);
    }

    [Fact]
    public async Task Only_the_public_part_is_published_and_only_a_sealed_private_part_is_stored()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });

        using JsonDocument published = JsonDocument.Parse(await host.Client.GetStringAsync("/.well-known/jwks"));
        JsonElement key = Assert.Single(published.RootElement.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("ES256", key.GetProperty("alg").GetString());

        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        StoredKey stored = await context.Set<StoredKey>().SingleAsync();
        using var readable = System.Security.Cryptography.ECDsa.Create();
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => readable.ImportPkcs8PrivateKey(stored.SealedPrivateKey, out _));
        readable.ImportSubjectPublicKeyInfo(stored.PublicKey, out int read);
        Assert.Equal(stored.PublicKey.Length, read);
    }

    [Fact]
    public void A_sealed_secret_opens_with_the_same_master_key_and_for_the_same_use_only()
    {
        string folder = Directory.CreateTempSubdirectory("efa_test_").FullName;
        try
        {
            MasterKey mine = MasterKey.ReadOrMake(Path.Combine(folder, "keys", "mine"));
            MasterKey other = MasterKey.ReadOrMake(Path.Combine(folder, "keys", "other"));
            byte[] box = mine.Seal([1, 2, 3], "tokens");

            Assert.Equal([1, 2, 3], MasterKey.Read(Path.Combine(folder, "keys", "mine")).Open(box, "tokens"));
            Assert.NotEqual(box, mine.Seal([1, 2, 3], "tokens"));
            Assert.Throws<MasterKeyException>(() => mine.Open(box, "receipts"));
            Assert.Throws<MasterKeyException>(() => other.Open(box, "tokens"));
            box[^1] ^= 1;
            Assert.Throws<MasterKeyException>(() => mine.Open(box, "tokens"));
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "keys", "mine")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
