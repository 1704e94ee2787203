using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Evidence;

/// <summary>Checks a receipt without a server: its signature, that its leaf is in the tree, and the signature of the tree's head.</summary>
internal static class ReceiptCheck
{
    // What is missing is as bad as what is wrong.
    private static readonly JsonSerializerOptions Strict = new(MarketJson.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>What the receipt shows, line by line.</summary>
    /// <param name="receipt">JSON with the fields of SignedReceipt.</param>
    /// <param name="keys">JSON as published at /.well-known/receipt-keys.json.</param>
    /// <exception cref="ReceiptRefused">Something does not hold.</exception>
    public static IReadOnlyList<string> Run(string receipt, string keys)
    {
        ReceiptFile file = Read<ReceiptFile>(receipt, "The receipt");
        Dictionary<string, ECDsa> known = KeysOf(Read<JwkSet>(keys, "The file of keys"));

        string content = Jws.Verify(file.Jws, EvidenceKeys.ReceiptType, known.GetValueOrDefault) ?? throw new ReceiptRefused("The receipt is not signed by one of these keys, or was changed.");
        Signed signed = Read<Signed>(content, "What the receipt signs");
        if (signed.AuditIndex != file.AuditIndex) throw new ReceiptRefused($"The receipt is that of entry {signed.AuditIndex}, not {file.AuditIndex}.");

        string headContent = Jws.Verify(file.TreeHead.Jws, EvidenceKeys.TreeHeadType, known.GetValueOrDefault) ?? throw new ReceiptRefused("The tree head is not signed by one of these keys, or was changed.");
        SignedHead head = Read<SignedHead>(headContent, "What the tree head signs");
        if (head.Size != file.TreeHead.Size || head.RootHash != file.TreeHead.RootHash) throw new ReceiptRefused("The tree head does not say what was signed.");

        var leaf = new AuditLeaf(signed.Action, signed.Actor, signed.At, signed.ClientId, signed.Organisation, signed.Role, signed.Subject, CanonicalJson.HashOf(content));
        byte[]? root = MerkleTree.RootBy(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(CanonicalJson.Write(leaf))), signed.AuditIndex, head.Size, Hashes(file.InclusionProof));
        if (root is null || Convert.ToHexStringLower(root) != head.RootHash) throw new ReceiptRefused($"Entry {signed.AuditIndex} is not in the tree of this head.");

        return
        [
            $"Receipt of {signed.Subject}: {signed.Action} at {signed.At}, signed and unchanged.",
            $"It is entry {signed.AuditIndex} of the audit log of {head.Size} entries, signed at {head.At}.",
        ];
    }

    private static T Read<T>(string json, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Strict) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ReceiptRefused($"{what} is not in the expected form.");
        }
    }

    private static Dictionary<string, ECDsa> KeysOf(JwkSet set)
    {
        try
        {
            return set.Keys.Where(k => k.Kid is not null).Select(k => (k.Kid, Key: ReceiptKeys.Open(k))).Where(k => k.Key is not null).ToDictionary(k => k.Kid!, k => k.Key!, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or ArgumentException)
        {
            throw new ReceiptRefused("The file of keys is not in the expected form.");
        }
    }

    private static byte[][] Hashes(IReadOnlyList<string> proof)
    {
        try
        {
            return [.. proof.Select(Convert.FromHexString)];
        }
        catch (FormatException)
        {
            throw new ReceiptRefused("The inclusion proof is not in the expected form.");
        }
    }

    private sealed record ReceiptFile(string Jws, long AuditIndex, IReadOnlyList<string> InclusionProof, ReceiptHead TreeHead);

    private sealed record ReceiptHead(string Jws, long Size, string RootHash);

    private sealed record Signed(string Action, string Actor, string At, string Subject, long AuditIndex, string? ClientId = null, string? Organisation = null, string? Role = null);
}

/// <summary>A receipt that does not hold, and why.</summary>
internal sealed class ReceiptRefused(string message) : Exception(message);
