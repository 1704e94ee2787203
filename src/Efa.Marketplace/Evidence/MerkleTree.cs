using System.Numerics;
using System.Security.Cryptography;

namespace Efa.Marketplace.Evidence;

/// <summary>A full subtree of the audit tree: the hash over the leaves from <c>Number * 2^Level</c> on.</summary>
public readonly record struct TreeNode(int Level, long Number);

/// <summary>The append-only hash tree of RFC 9162 (section 2.1): SHA-256, leaves marked by 0x00 and inner nodes by 0x01.</summary>
/// <remarks>It is kept as its peaks, the roots of the full subtrees that its size falls into, largest first; with them it grows without reading anything.</remarks>
public sealed class MerkleTree
{
    public const int HashBytes = 32;

    private readonly List<byte[]> peaks;

    public MerkleTree()
        : this(0, [])
    {
    }

    /// <param name="peaks">Of that size, one after the other.</param>
    public MerkleTree(long size, ReadOnlySpan<byte> peaks)
    {
        if (peaks.Length != BitOperations.PopCount((ulong)size) * HashBytes) throw new ArgumentException($"A tree of {size} leaves has other peaks.", nameof(peaks));
        Size = size;
        this.peaks = [];
        for (; peaks.Length > 0; peaks = peaks[HashBytes..]) this.peaks.Add(peaks[..HashBytes].ToArray());
    }

    public long Size { get; private set; }

    public byte[] Peaks => [.. peaks.SelectMany(p => p)];

    /// <summary>The hash that stands for all leaves; of an empty tree that of nothing.</summary>
    public byte[] Root => peaks.Count == 0 ? SHA256.HashData([]) : RootOf(peaks);

    /// <summary>Adds a leaf and gives the subtrees above it that it has completed, lowest first.</summary>
    public IReadOnlyList<(TreeNode Node, byte[] Hash)> Append(byte[] leafHash)
    {
        var completed = new List<(TreeNode, byte[])>();
        byte[] hash = leafHash;
        for (int level = 0; (Size >> level & 1) == 1; level++)
        {
            hash = NodeHash(peaks[^1], hash);
            peaks.RemoveAt(peaks.Count - 1);
            completed.Add((new TreeNode(level + 1, Size >> (level + 1)), hash));
        }
        peaks.Add(hash);
        Size++;
        return completed;
    }

    public static byte[] LeafHash(ReadOnlySpan<byte> leaf) => SHA256.HashData([0x00, .. leaf]);

    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([0x01, .. left, .. right]);

    /// <summary>What proves that a leaf is in the tree of a size: each step is one hash, made of the named full subtrees from left to right.</summary>
    public static IReadOnlyList<IReadOnlyList<TreeNode>> ProofOf(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var steps = new List<IReadOnlyList<TreeNode>>();
        for ((long from, long to) = (0, size); to - from > 1;)
        {
            long middle = from + SplitOf(to - from);
            bool left = index < middle;
            steps.Add(left ? Subtrees(middle, to) : Subtrees(from, middle));
            (from, to) = left ? (from, middle) : (middle, to);
        }
        steps.Reverse();
        return steps;
    }

    /// <summary>The subtrees whose hashes make the root of the tree of a size.</summary>
    public static IReadOnlyList<TreeNode> RootNodes(long size) => Subtrees(0, size);

    /// <summary>Joins the hashes of neighbouring full subtrees, largest first, into one.</summary>
    public static byte[] RootOf(IReadOnlyList<byte[]> subtrees)
    {
        byte[] root = subtrees[^1];
        for (int i = subtrees.Count - 2; i >= 0; i--) root = NodeHash(subtrees[i], root);
        return root;
    }

    /// <summary>The root that a leaf and its proof lead to (RFC 9162, 2.1.3.2); null where the proof is of another shape.</summary>
    public static byte[]? RootBy(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> proof)
    {
        if (index < 0 || index >= size) return null;
        (long node, long last) = (index, size - 1);
        byte[] hash = leafHash;
        foreach (byte[] step in proof)
        {
            if (last == 0) return null;
            if ((node & 1) == 1 || node == last)
            {
                hash = NodeHash(step, hash);
                while ((node & 1) == 0 && node != 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                hash = NodeHash(hash, step);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 ? hash : null;
    }

    /// <summary>The largest power of two below a number of leaves.</summary>
    private static long SplitOf(long leaves) => (long)BitOperations.RoundUpToPowerOf2((ulong)leaves) >> 1;

    private static List<TreeNode> Subtrees(long from, long to)
    {
        var nodes = new List<TreeNode>();
        while (from < to)
        {
            int level = BitOperations.Log2((ulong)(to - from));
            nodes.Add(new TreeNode(level, from >> level));
            from += 1L << level;
        }
        return nodes;
    }
}
