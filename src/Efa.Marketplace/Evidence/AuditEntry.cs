using System.Globalization;
using System.Text;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Efa.Marketplace.Evidence;

/// <summary>An entry of the audit log: who did what to which thing, and the hash of what the thing was afterwards. It holds ids and hashes, no names.</summary>
public sealed class AuditEntry
{
    /// <summary>Counts from 0 without a gap; the place of the leaf in the tree.</summary>
    public long Index { get; init; }

    /// <summary>Of the last event of the operation.</summary>
    public long Position { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The caller's id.</summary>
    public required string Actor { get; init; }

    /// <summary>What OAuth 2 calls client_id; null for people and for the server itself.</summary>
    public string? ClientId { get; init; }

    /// <summary>For whom the caller acted; null where it is not one organisation.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>As which party of the thing; API name of a role, null where that is not told.</summary>
    public string? Role { get; init; }

    /// <summary>Name of the mutation, or of the job's step.</summary>
    public required string Action { get; init; }

    public required string SubjectKind { get; init; }

    public Guid SubjectId { get; init; }

    /// <summary>SHA-256 in lower-case hex: of the receipt where the action has one, otherwise of the thing's row as canonical JSON.</summary>
    public required string SubjectHash { get; init; }

    public byte[] LeafHash { get; set; } = [];

    /// <summary>What the tree hashes: the entry as canonical JSON (RFC 8785).</summary>
    public byte[] ToLeaf() => Encoding.UTF8.GetBytes(CanonicalJson.Write(new AuditLeaf(
        Action, Actor, InstantOf(At), ClientId, OrganisationId is { } id ? TypeId.Encode(IdPrefix.Organisation, id) : null, Role, TypeId.Encode(SubjectKind, SubjectId), SubjectHash)));

    public static string InstantOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The content of a leaf; what is null is left out.</summary>
public sealed record AuditLeaf(string Action, string Actor, string At, string? ClientId, string? Organisation, string? Role, string Subject, string SubjectHash);

/// <summary>The hash of a full subtree of at least two leaves, kept when its last leaf came, so that proofs need no walk over the log.</summary>
public sealed class AuditNode
{
    private const int Levels = 64;

    /// <summary>Level and number of the subtree in one key.</summary>
    public long Place { get; init; }

    public required byte[] Hash { get; init; }

    public static long PlaceOf(TreeNode node) => (node.Number * Levels) + node.Level;
}

/// <summary>The size and root of the audit tree at a time, signed; whoever holds one can show that the log was not rewritten.</summary>
public sealed class AuditTreeHead
{
    public long Size { get; init; }

    public required string RootHash { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Compact JWS (ES256) over the canonical JSON of the three.</summary>
    public required string Jws { get; init; }

    public required string KeyId { get; init; }
}

/// <summary>Signed proof of an action on a thing, made in the transaction of the action.</summary>
public sealed class Receipt
{
    public Guid SubjectId { get; init; }

    public long AuditIndex { get; init; }

    /// <summary>Compact JWS (ES256) over canonical JSON.</summary>
    public required string Jws { get; init; }

    public required string KeyId { get; init; }
}

internal sealed class EvidenceStorage : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditNode>, IEntityTypeConfiguration<AuditTreeHead>,
    IEntityTypeConfiguration<Receipt>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.IsAppendOnly();
        builder.HasKey(e => e.Index);
        builder.Property(e => e.Actor).HasMaxLength(200);
        builder.Property(e => e.ClientId).HasMaxLength(100);
        builder.Property(e => e.Role).HasMaxLength(20);
        builder.Property(e => e.Action).HasMaxLength(60);
        builder.Property(e => e.SubjectKind).HasMaxLength(12);
        builder.Property(e => e.SubjectHash).HasMaxLength(64);
        builder.Property(e => e.LeafHash).HasMaxLength(MerkleTree.HashBytes);
        builder.HasIndex(e => new { e.SubjectId, e.Index });
        builder.HasIndex(e => new { e.OrganisationId, e.Index });
    }

    public void Configure(EntityTypeBuilder<AuditNode> builder)
    {
        builder.ToTable("AuditNodes");
        builder.IsAppendOnly();
        builder.HasKey(n => n.Place);
        builder.Property(n => n.Hash).HasMaxLength(MerkleTree.HashBytes);
    }

    public void Configure(EntityTypeBuilder<AuditTreeHead> builder)
    {
        builder.ToTable("AuditTreeHeads");
        builder.IsAppendOnly();
        builder.HasKey(h => h.Size);
        builder.Property(h => h.RootHash).HasMaxLength(64);
        builder.Property(h => h.Jws).HasMaxLength(1000);
        builder.Property(h => h.KeyId).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<Receipt> builder)
    {
        builder.ToTable("Receipts");
        builder.IsAppendOnly();
        builder.HasKey(r => r.SubjectId);
        builder.Property(r => r.Jws).HasMaxLength(-1);
        builder.Property(r => r.KeyId).HasMaxLength(40);
    }
}
