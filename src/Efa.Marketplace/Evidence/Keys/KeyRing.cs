using System.Buffers.Text;
using System.Security.Cryptography;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Evidence.Keys;

/// <summary>A key of the ring, ready to sign.</summary>
public sealed record RingKey(int Number, ECDsa Key, DateTimeOffset MadeAt)
{
    // Whoever keeps a copy of the published keys reads them anew meanwhile.
    private static readonly TimeSpan PublishedBefore = TimeSpan.FromHours(1);

    /// <summary>From then on it signs, until there is a newer one that does.</summary>
    public DateTimeOffset SignsFrom => MadeAt + PublishedBefore;

    public string Id { get; } = IdOf(Key);

    /// <summary>The RFC 7517 <c>kid</c>, made of the public key.</summary>
    public static string IdOf(ECDsa key) => Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 12));
}

/// <summary>The server's signing keys (ES256) in the store: makes the first one of each use, and further ones on demand.</summary>
public sealed class KeyRing(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock)
{
    /// <summary>The keys of a use, oldest first; each node of a marketplace gets the same ones.</summary>
    public async Task<IReadOnlyList<RingKey>> LoadAsync(string use, MasterKey master, CancellationToken cancellationToken)
    {
        List<StoredKey> stored = await ReadAsync(use, cancellationToken);
        if (stored.Count == 0)
        {
            await MakeAsync(use, 1, master, cancellationToken);
            stored = await ReadAsync(use, cancellationToken);
        }
        return [.. stored.Select(k => Open(k, master))];
    }

    /// <summary>The same, after a new one was made where the newest has reached its age.</summary>
    public async Task<IReadOnlyList<RingKey>> RenewAsync(string use, MasterKey master, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        IReadOnlyList<RingKey> stored = await LoadAsync(use, master, cancellationToken);
        if (clock.GetUtcNow() - stored[^1].MadeAt < lifetime) return stored;
        await MakeAsync(use, stored[^1].Number + 1, master, cancellationToken);
        return await LoadAsync(use, master, cancellationToken);
    }

    /// <summary>Which of the keys signs now; the first one does so at once.</summary>
    public int SigningOf(IReadOnlyList<RingKey> keys)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return keys.Index().LastOrDefault(k => k.Item.SignsFrom <= now).Index;
    }

    /// <summary>The public keys of a use, oldest first; none is made.</summary>
    public async Task<IReadOnlyList<ECDsa>> LoadPublicAsync(string use, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(use, cancellationToken)).Select(OpenPublic)];

    /// <summary>Makes the next key of a use; where another node was first, its key is as good.</summary>
    private async Task MakeAsync(string use, int number, MasterKey master, CancellationToken cancellationToken)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        context.Add(new StoredKey
        {
            Use = use,
            Number = number,
            PublicKey = key.ExportSubjectPublicKeyInfo(),
            SealedPrivateKey = master.Seal(key.ExportPkcs8PrivateKey(), use),
            MadeAt = clock.GetUtcNow(),
        });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (dialect.IsUniqueViolation(failure))
        {
        }
    }

    /// <summary>Removes the keys of a use before a number, for good.</summary>
    public async Task DropBeforeAsync(string use, int number, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        await context.Set<StoredKey>().Where(k => k.Use == use && k.Number < number).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<List<StoredKey>> ReadAsync(string use, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<StoredKey>().AsNoTracking().Where(k => k.Use == use).OrderBy(k => k.Number).ToListAsync(cancellationToken);
    }

    private static RingKey Open(StoredKey stored, MasterKey master)
    {
        ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Open(stored.SealedPrivateKey, stored.Use), out _);
        return new RingKey(stored.Number, key, stored.MadeAt);
    }

    private static ECDsa OpenPublic(StoredKey stored)
    {
        ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(stored.PublicKey, out _);
        return key;
    }
}
