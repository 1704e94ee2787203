using System.Buffers.Text;
using System.Security.Cryptography;
using Efa.Marketplace.Evidence.Keys;

namespace Efa.Marketplace.Evidence;

/// <summary>A key that evidence is or was signed with; its public part is published for ever.</summary>
/// <param name="Id">The RFC 7517 <c>kid</c>, made of the public key.</param>
public sealed record EvidenceKey(string Id, ECDsa Key)
{
    public static EvidenceKey Of(ECDsa key) => new(Base64Url.EncodeToString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 12)), key);
}

/// <summary>A text and the id of the key that signed it.</summary>
public sealed record SignedText(string Jws, string KeyId);

/// <summary>The keys that receipts and tree heads are signed with, never in one set with those of tokens. A new one is published for an hour before it signs.</summary>
public sealed class EvidenceKeys(KeyRing ring, TimeProvider clock)
{
    public const string ReceiptType = "efa-receipt+jws";
    public const string TreeHeadType = "efa-tree-head+jws";

    private const string Use = "receipts";

    private static readonly TimeSpan PublishedBefore = TimeSpan.FromHours(1);

    private readonly Lock signing = new();
    private MasterKey? master;
    private volatile IReadOnlyList<(EvidenceKey Key, DateTimeOffset MadeAt)> keys = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<EvidenceKey> All => [.. keys.Select(k => k.Key)];

    /// <summary>Before the first signature.</summary>
    public async Task LoadAsync(MasterKey key, CancellationToken cancellationToken)
    {
        master = key;
        Keep(await ring.LoadAsync(Use, key, cancellationToken));
    }

    /// <summary>Takes in what other nodes have made, and makes a new key where the newest has reached its age. No key is ever dropped.</summary>
    public async Task RefreshAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (master is null) return;
        IReadOnlyList<RingKey> stored = await ring.LoadAsync(Use, master, cancellationToken);
        if (clock.GetUtcNow() - stored[^1].MadeAt >= lifetime)
        {
            await ring.MakeAsync(Use, stored[^1].Number + 1, master, cancellationToken);
            stored = await ring.LoadAsync(Use, master, cancellationToken);
        }
        if (stored.Count != keys.Count) Keep(stored);
    }

    /// <summary>The public keys alone, for those who only check.</summary>
    public async Task<IReadOnlyList<EvidenceKey>> PublicAsync(CancellationToken cancellationToken) =>
        [.. (await ring.LoadPublicAsync(Use, cancellationToken)).Select(EvidenceKey.Of)];

    public SignedText Sign(string type, string payload)
    {
        IReadOnlyList<(EvidenceKey Key, DateTimeOffset MadeAt)> known = keys;
        if (known.Count == 0) throw new InvalidOperationException("The keys of evidence are not loaded.");
        DateTimeOffset publishedBy = clock.GetUtcNow() - PublishedBefore;
        EvidenceKey signs = known.LastOrDefault(k => k.MadeAt <= publishedBy, known[0]).Key;
        // One at a time: a key object may not be used by two threads.
        lock (signing) return new SignedText(Jws.Sign(signs.Key, signs.Id, type, payload), signs.Id);
    }

    private void Keep(IReadOnlyList<RingKey> stored) => keys = [.. stored.Select(k => (EvidenceKey.Of(k.Key), k.MadeAt))];
}
