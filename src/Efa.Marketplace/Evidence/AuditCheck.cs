using System.Security.Cryptography;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Evidence;

/// <summary>What a check of the audit log found.</summary>
/// <param name="Fault">The first thing that is not as it was written, with its position; null where all is.</param>
public sealed record AuditReport(long Entries, int Heads, int Receipts, string? Fault);

/// <summary>Walks over the whole audit log and computes it anew: one flipped byte or one missing entry is found, and its position named.</summary>
public static class AuditCheck
{
    private const int PageSize = 1000;

    /// <param name="keyOf">The published key of an id.</param>
    public static async Task<AuditReport> RunAsync(MarketContext context, Func<string, ECDsa?> keyOf, CancellationToken cancellationToken)
    {
        var tree = new MerkleTree();
        Dictionary<long, AuditTreeHead> heads = await context.Set<AuditTreeHead>().AsNoTracking().ToDictionaryAsync(h => h.Size, cancellationToken);
        int receipts = 0;
        while (true)
        {
            List<AuditEntry> page = await context.Set<AuditEntry>().AsNoTracking().Where(e => e.Index >= tree.Size).OrderBy(e => e.Index).Take(PageSize).ToListAsync(cancellationToken);
            if (page.Count == 0) break;
            long first = page[0].Index, last = page[^1].Index;
            Dictionary<long, Receipt> signed = await context.Set<Receipt>().AsNoTracking().Where(r => r.AuditIndex >= first && r.AuditIndex <= last)
                .ToDictionaryAsync(r => r.AuditIndex, cancellationToken);
            var completed = new List<(TreeNode Node, byte[] Hash, long Index)>();
            foreach (AuditEntry entry in page)
            {
                if (entry.Index != tree.Size) return Found($"Entry {tree.Size} is missing.");
                byte[] leaf = MerkleTree.LeafHash(entry.ToLeaf());
                if (!leaf.AsSpan().SequenceEqual(entry.LeafHash)) return Found($"Entry {entry.Index} is not what was written.");
                if (signed.TryGetValue(entry.Index, out Receipt? receipt))
                {
                    receipts++;
                    if (Jws.Verify(receipt.Jws, EvidenceKeys.ReceiptType, keyOf) is not { } content || CanonicalJson.HashOf(content) != entry.SubjectHash)
                        return Found($"The receipt of entry {entry.Index} is not what was signed.");
                }
                completed.AddRange(tree.Append(leaf).Select(c => (c.Node, c.Hash, entry.Index)));
                if (heads.TryGetValue(tree.Size, out AuditTreeHead? head) && HeadFault(head) is { } wrong) return Found(wrong);
            }
            if (await NodeFaultAsync(completed) is { } fault) return Found(fault);
        }
        LogHead end = await context.Set<LogHead>().AsNoTracking().SingleAsync(cancellationToken);
        if (end.TreeSize > tree.Size) return Found($"Entry {tree.Size} is missing.");
        if (end.TreeSize < tree.Size || !end.Peaks.AsSpan().SequenceEqual(tree.Peaks)) return Found("The head of the log does not fit its entries.");
        return heads.Keys.Any(size => size > tree.Size) ? Found($"Entry {tree.Size} is missing.") : Found(null);

        AuditReport Found(string? fault) => new(tree.Size, heads.Count, receipts, fault);

        async Task<string?> NodeFaultAsync(IReadOnlyList<(TreeNode Node, byte[] Hash, long Index)> completed)
        {
            long[] places = [.. completed.Select(c => AuditNode.PlaceOf(c.Node))];
            Dictionary<long, byte[]> kept = await context.Set<AuditNode>().Where(n => places.Contains(n.Place)).ToDictionaryAsync(n => n.Place, n => n.Hash, cancellationToken);
            foreach ((TreeNode node, byte[] hash, long index) in completed)
                if (!kept.TryGetValue(AuditNode.PlaceOf(node), out byte[]? found) || !found.AsSpan().SequenceEqual(hash))
                    return $"A hash above entry {index} is not what was written.";
            return null;
        }

        string? HeadFault(AuditTreeHead head)
        {
            string root = Convert.ToHexStringLower(tree.Root);
            return head.RootHash == root && Jws.Verify(head.Jws, EvidenceKeys.TreeHeadType, keyOf) is { } content
                && content == CanonicalJson.Write(new SignedHead(AuditEntry.InstantOf(head.At), root, head.Size))
                ? null
                : $"The signed head of {head.Size} entries does not fit them.";
        }
    }
}
