using System.Security.Cryptography;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Evidence.Keys;

/// <summary>Reads the server's signing keys (ES256) from the store, and makes the first one of each use.</summary>
public sealed class KeyRing(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, TimeProvider clock)
{
    /// <summary>The keys of a use, oldest first; each node of a marketplace gets the same ones.</summary>
    public async Task<IReadOnlyList<ECDsa>> LoadAsync(string use, MasterKey master, CancellationToken cancellationToken)
    {
        List<StoredKey> stored = await ReadAsync(use, cancellationToken);
        if (stored.Count == 0)
        {
            await MakeAsync(use, master, cancellationToken);
            stored = await ReadAsync(use, cancellationToken);
        }
        return [.. stored.Select(k => Open(k, master))];
    }

    /// <summary>The public keys of a use, oldest first; none is made.</summary>
    public async Task<IReadOnlyList<ECDsa>> LoadPublicAsync(string use, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(use, cancellationToken)).Select(OpenPublic)];

    private async Task<List<StoredKey>> ReadAsync(string use, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<StoredKey>().AsNoTracking().Where(k => k.Use == use).OrderBy(k => k.Number).ToListAsync(cancellationToken);
    }

    private async Task MakeAsync(string use, MasterKey master, CancellationToken cancellationToken)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        context.Add(new StoredKey
        {
            Use = use,
            Number = 1,
            PublicKey = key.ExportSubjectPublicKeyInfo(),
            SealedPrivateKey = master.Seal(key.ExportPkcs8PrivateKey(), use),
            MadeAt = clock.GetUtcNow(),
        });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        // Another node was first; its key is as good.
        catch (DbUpdateException failure) when (dialect.IsUniqueViolation(failure))
        {
        }
    }

    private static ECDsa Open(StoredKey stored, MasterKey master)
    {
        ECDsa key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Open(stored.SealedPrivateKey, stored.Use), out _);
        return key;
    }

    private static ECDsa OpenPublic(StoredKey stored)
    {
        ECDsa key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(stored.PublicKey, out _);
        return key;
    }
}
