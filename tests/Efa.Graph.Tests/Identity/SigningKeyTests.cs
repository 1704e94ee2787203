using System.Text.Json;
using Efa.Graph.Identity;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

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

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_new_key_signs_after_an_hour_and_the_old_one_verifies_until_its_last_token_has_ended(StoreKind store)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Store = store, Clock = clock });
        string first = KeyOf(await host.TokenAsync("demo-seller"));
        Assert.Equal([first], await PublishedAsync(host));

        clock.AdjustTime(clock.GetUtcNow() + TimeSpan.FromDays(90));
        await LookAsync(host);
        string[] both = await PublishedAsync(host);
        string second = Assert.Single(both, k => k != first);
        Assert.Equal([first, second], both);
        Assert.Equal(first, KeyOf(await host.TokenAsync("demo-seller")));

        clock.Advance(TimeSpan.FromMinutes(59));
        await LookAsync(host);
        string last = await host.TokenAsync("demo-seller");
        Assert.Equal(first, KeyOf(last));
        clock.Advance(TimeSpan.FromMinutes(1));
        await LookAsync(host);
        string next = await host.TokenAsync("demo-seller");
        Assert.Equal(second, KeyOf(next));
        Assert.NotNull(await CallerAsync(host, last));
        Assert.NotNull(await CallerAsync(host, next));

        clock.AdjustTime(clock.GetUtcNow() + SigningKeys.VerifiesFor);
        await LookAsync(host);
        Assert.Equal([second], await PublishedAsync(host));
        Assert.Null(await CallerAsync(host, last));
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        Assert.Equal(2, Assert.Single(await context.Set<StoredKey>().Where(k => k.Use == "tokens").Select(k => k.Number).ToListAsync()));
    }

    [Fact]
    [Trait("attack", "A21")]
    public async Task A_token_signed_with_a_retired_key_is_refused_although_it_has_not_ended()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Clock = clock });
        string token = await host.TokenAsync("demo-seller");
        await using (MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync())
            await context.Set<StoredKey>().ExecuteUpdateAsync(k => k.SetProperty(x => x.MadeAt, clock.GetUtcNow().AddDays(-90)));
        await LookAsync(host);
        Assert.NotNull(await CallerAsync(host, token));

        // As if the new key had been made long ago.
        await using (MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync())
            await context.Set<StoredKey>().Where(k => k.Number == 2).ExecuteUpdateAsync(k => k.SetProperty(x => x.MadeAt, clock.GetUtcNow().AddDays(-1)));
        await LookAsync(host);
        Assert.Null(await CallerAsync(host, token));
    }

    [SkippableFact]
    public async Task Nodes_agree_on_a_new_key()
    {
        await using TestDatabase database = await TestDatabase.MakeAsync(StoreKind.PostgreSql);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));
        var options = new MarketHostOptions { Store = StoreKind.PostgreSql, Database = database, Clock = clock };
        await using MarketHost first = await MarketHost.StartAsync(options);
        await using MarketHost second = await MarketHost.StartAsync(options);

        clock.AdjustTime(clock.GetUtcNow() + TimeSpan.FromDays(90));
        await Task.WhenAll(LookAsync(first), LookAsync(second));
        await Task.WhenAll(LookAsync(first), LookAsync(second));
        Assert.Equal(2, (await PublishedAsync(first)).Length);
        Assert.Equal(await PublishedAsync(first), await PublishedAsync(second));

        // One node signs with it already, the other has not looked yet.
        clock.Advance(TimeSpan.FromHours(1));
        await LookAsync(first);
        Assert.NotNull(await CallerAsync(second, await first.TokenAsync("demo-seller")));
        Assert.NotNull(await CallerAsync(first, await second.TokenAsync("demo-seller")));
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
        StoredKey stored = await context.Set<StoredKey>().SingleAsync(k => k.Use == "tokens");
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

    private static Task LookAsync(MarketHost host) => host.Services.GetRequiredService<SigningKeyRotation>().LookAsync(CancellationToken.None);

    private static ValueTask<Caller?> CallerAsync(MarketHost host, string token) =>
        host.Services.GetRequiredService<TokenCallers>().CallerOfTokenAsync(token, CancellationToken.None);

    private static string KeyOf(string token) => new JsonWebToken(token).Kid;

    private static async Task<string[]> PublishedAsync(MarketHost host)
    {
        using JsonDocument published = JsonDocument.Parse(await host.Client.GetStringAsync("/.well-known/jwks"));
        return [.. published.RootElement.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }
}
