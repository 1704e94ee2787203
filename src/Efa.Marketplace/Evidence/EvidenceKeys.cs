using System.Security.Cryptography;
using Efa.Marketplace.Evidence.Keys;

namespace Efa.Marketplace.Evidence;

/// <summary>A key that evidence is or was signed with; its public part is published for ever.</summary>
public sealed record EvidenceKey(string Id, ECDsa Key);

/// <summary>A text and the id of the key that signed it.</summary>
public sealed record SignedText(string Jws, string KeyId);

/// <summary>The keys that receipts and tree heads are signed with, never in one set with those of tokens.</summary>
public sealed class EvidenceKeys(KeyRing ring)
{
    public const string ReceiptType = "efa-receipt+jws";
    public const string TreeHeadType = "efa-tree-head+jws";

    private const string Use = "receipts";

    private readonly Lock signing = new();
    private MasterKey? master;
    private volatile IReadOnlyList<RingKey> keys = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<EvidenceKey> All => [.. keys.Select(k => new EvidenceKey(k.Id, k.Key))];

    /// <summary>Before the first signature.</summary>
    public async Task LoadAsync(MasterKey key, CancellationToken cancellationToken)
    {
        keys = await ring.LoadAsync(Use, key, cancellationToken);
        master = key;
    }

    /// <summary>Takes in what other nodes have made, and makes a new key where the newest has reached its age. No key is ever dropped.</summary>
    public async Task RefreshAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (master is null) return;
        IReadOnlyList<RingKey> stored = await ring.RenewAsync(Use, master, lifetime, cancellationToken);
        if (stored.Count != keys.Count) keys = stored;
    }

    /// <summary>The public keys alone, for those who only check.</summary>
    public async Task<IReadOnlyList<EvidenceKey>> PublicAsync(CancellationToken cancellationToken) =>
        [.. (await ring.LoadPublicAsync(Use, cancellationToken)).Select(k => new EvidenceKey(RingKey.IdOf(k), k))];

    public SignedText Sign(string type, string payload)
    {
        IReadOnlyList<RingKey> known = keys;
        if (known.Count == 0) throw new InvalidOperationException("The keys of evidence are not loaded.");
        RingKey signs = known[ring.SigningOf(known)];
        // One at a time: a key object may not be used by two threads.
        lock (signing) return new SignedText(Jws.Sign(signs.Key, signs.Id, type, payload), signs.Id);
    }
}
