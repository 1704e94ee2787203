using Efa.Marketplace.Evidence;

namespace Efa.Graph.Tests.Evidence;

public sealed class MerkleTreeTests
{
    // The leaves and roots by which implementations of Certificate Transparency are compared.
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Roots_are_those_that_others_compute()
    {
        var tree = new MerkleTree();
        Assert.Equal(Roots[0], Convert.ToHexStringLower(tree.Root));
        foreach ((int i, string leaf) in Leaves.Index())
        {
            tree.Append(MerkleTree.LeafHash(Convert.FromHexString(leaf)));
            Assert.Equal(Roots[i + 1], Convert.ToHexStringLower(tree.Root));
        }
    }

    [Fact]
    public void A_tree_goes_on_from_its_peaks()
    {
        var whole = new MerkleTree();
        var cut = new MerkleTree();
        for (int i = 0; i < 100; i++)
        {
            whole.Append(Leaf(i));
            cut = new MerkleTree(cut.Size, cut.Peaks);
            cut.Append(Leaf(i));
            Assert.Equal(whole.Root, cut.Root);
        }
        Assert.Throws<ArgumentException>(() => new MerkleTree(3, new byte[32]));
    }

    [Fact]
    public void Every_leaf_is_proven_in_every_tree_that_has_it_and_no_other_leaf_is()
    {
        const int Most = 70;
        var tree = new MerkleTree();
        var hashes = new Dictionary<TreeNode, byte[]>();
        for (int size = 1; size <= Most; size++)
        {
            hashes[new TreeNode(0, size - 1)] = Leaf(size - 1);
            foreach ((TreeNode node, byte[] hash) in tree.Append(Leaf(size - 1))) hashes[node] = hash;
            Assert.Equal(tree.Root, MerkleTree.RootOf([.. MerkleTree.RootNodes(size).Select(n => hashes[n])]));
            for (int index = 0; index < size; index++)
            {
                byte[][] proof = [.. MerkleTree.ProofOf(index, size).Select(step => MerkleTree.RootOf([.. step.Select(n => hashes[n])]))];
                Assert.Equal(tree.Root, MerkleTree.RootBy(Leaf(index), index, size, proof));
                Assert.NotEqual(tree.Root, MerkleTree.RootBy(Leaf(Most), index, size, proof));
                if (size > 1) Assert.NotEqual(tree.Root, MerkleTree.RootBy(Leaf(index), (index + 1) % size, size, proof));
                Assert.Null(MerkleTree.RootBy(Leaf(index), index, size, [.. proof, Leaf(0)]));
                Assert.Null(MerkleTree.RootBy(Leaf(index), size, size, proof));
            }
        }
    }

    private static byte[] Leaf(int number) => MerkleTree.LeafHash([(byte)number]);
}
