using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Evidence;

/// <summary>A question for a proof: that a leaf is in the audit tree of a size.</summary>
public readonly record struct ProofQuestion(long Index, long TreeSize);

/// <summary>Reads proofs and roots from the kept hashes of subtrees.</summary>
public static class AuditProofs
{
    /// <summary>Proofs as RFC 9162 has them, from the leaf upwards; two SQL commands, however many.</summary>
    public static async Task<IReadOnlyDictionary<ProofQuestion, IReadOnlyList<byte[]>>> ProofsAsync(
        this MarketContext context, IReadOnlyCollection<ProofQuestion> questions, CancellationToken cancellationToken)
    {
        Dictionary<ProofQuestion, IReadOnlyList<IReadOnlyList<TreeNode>>> steps = questions.ToDictionary(q => q, q => MerkleTree.ProofOf(q.Index, q.TreeSize));
        var hashes = await context.HashesAsync(steps.Values.SelectMany(s => s).SelectMany(n => n), cancellationToken);
        return steps.ToDictionary(s => s.Key, IReadOnlyList<byte[]> (s) => [.. s.Value.Select(nodes => MerkleTree.RootOf([.. nodes.Select(n => hashes[n])]))]);
    }

    /// <summary>The root of the audit tree when it had a size.</summary>
    public static async Task<byte[]> AuditRootAsync(this MarketContext context, long size, CancellationToken cancellationToken)
    {
        if (size == 0) return new MerkleTree().Root;
        IReadOnlyList<TreeNode> nodes = MerkleTree.RootNodes(size);
        var hashes = await context.HashesAsync(nodes, cancellationToken);
        return MerkleTree.RootOf([.. nodes.Select(n => hashes[n])]);
    }

    /// <summary>How many leaves the audit tree has.</summary>
    public static Task<long> AuditSizeAsync(this MarketContext context, CancellationToken cancellationToken) =>
        context.Set<LogHead>().Select(h => h.TreeSize).SingleAsync(cancellationToken);

    private static async Task<Dictionary<TreeNode, byte[]>> HashesAsync(this MarketContext context, IEnumerable<TreeNode> wanted, CancellationToken cancellationToken)
    {
        TreeNode[] nodes = [.. wanted.Distinct()];
        long[] leaves = [.. nodes.Where(n => n.Level == 0).Select(n => n.Number)];
        Dictionary<long, TreeNode> inner = nodes.Where(n => n.Level > 0).ToDictionary(AuditNode.PlaceOf);
        long[] places = [.. inner.Keys];
        var hashes = (await context.Set<AuditEntry>().Where(e => leaves.Contains(e.Index)).Select(e => new { e.Index, e.LeafHash }).ToListAsync(cancellationToken))
            .ToDictionary(e => new TreeNode(0, e.Index), e => e.LeafHash);
        foreach (AuditNode node in await context.Set<AuditNode>().AsNoTracking().Where(n => places.Contains(n.Place)).ToListAsync(cancellationToken))
            hashes.Add(inner[node.Place], node.Hash);
        return hashes;
    }
}
