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

/// <summary>The keys that receipts and tree heads are signed with, never in one set with those of tokens.</summary>
public sealed class EvidenceKeys(KeyRing ring)
{
    public const string ReceiptType = "efa-receipt+jws";
    public const string TreeHeadType = "efa-tree-head+jws";

    private const string Use = "receipts";

    private readonly Lock signing = new();
    private IReadOnlyList<EvidenceKey> keys = [];

    /// <summary>Oldest first; the newest signs.</summary>
    public IReadOnlyList<EvidenceKey> All => keys;

    public async Task LoadAsync(MasterKey master, CancellationToken cancellationToken) =>
        keys = [.. (await ring.LoadAsync(Use, master, cancellationToken)).Select(EvidenceKey.Of)];

    /// <summary>The public keys alone, for those who only check.</summary>
    public async Task<IReadOnlyList<EvidenceKey>> PublicAsync(CancellationToken cancellationToken) =>
        [.. (await ring.LoadPublicAsync(Use, cancellationToken)).Select(EvidenceKey.Of)];

    public SignedText Sign(string type, string payload)
    {
        EvidenceKey newest = keys.Count > 0 ? keys[^1] : throw new InvalidOperationException("The keys of evidence are not loaded.");
        // One at a time: a key object may not be used by two threads.
        lock (signing) return new SignedText(Jws.Sign(newest.Key, newest.Id, type, payload), newest.Id);
    }
}
