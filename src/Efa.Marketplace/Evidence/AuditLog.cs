using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Efa.Marketplace.Evidence;

/// <summary>What the audit log takes down of an operation: who did what, and for whom.</summary>
/// <param name="Action">Name of the mutation, or of the job's step.</param>
public sealed record AuditedAction(string Action, string Actor, string? ClientId, Guid? OrganisationId, string? Role, DateTimeOffset At);

/// <summary>What a receipt signs: the action, its place in the logs, and the thing as it is then.</summary>
/// <param name="Format">Counts the forms that receipts had.</param>
/// <param name="LogPosition">Of the last event of the action.</param>
/// <param name="AuditIndex">Of the leaf in the audit tree whose subject hash is the SHA-256 of this content.</param>
public sealed record ReceiptContent(
    int Format, string Action, string Actor, string At, string? ClientId, string? Organisation, string? Role, string Subject, long LogPosition, long AuditIndex, object Content)
{
    public const int PresentFormat = 1;
}

/// <summary>Writes the audit log in the tail of a transaction: a leaf for each thing that the operation changed.</summary>
public static class AuditLog
{
    /// <param name="changed">In the order of their events, which begin at the log's first position of this transaction.</param>
    /// <param name="receipts">What to sign of the things that get a receipt.</param>
    public static void Write(
        MarketContext context, EvidenceKeys keys, AuditedAction action, IReadOnlyList<ChangedThing> changed, TakenHead head, IReadOnlyDictionary<Guid, Func<object>> receipts)
    {
        var tree = new MerkleTree(head.TreeSize, head.Peaks);
        foreach (ChangedThing thing in changed)
        {
            long index = tree.Size;
            string? signed = receipts.TryGetValue(thing.Id, out Func<object>? content) ? SignedContent(action, thing, index, content()) : null;
            var entry = new AuditEntry
            {
                Index = index,
                Position = thing.LastPosition,
                At = action.At,
                Actor = action.Actor,
                ClientId = action.ClientId,
                OrganisationId = action.OrganisationId,
                Role = action.Role,
                Action = action.Action,
                SubjectKind = thing.Kind,
                SubjectId = thing.Id,
                SubjectHash = signed is null ? RowHash(thing.Row) : CanonicalJson.HashOf(signed),
            };
            entry.LeafHash = MerkleTree.LeafHash(entry.ToLeaf());
            context.Add(entry);
            foreach ((TreeNode node, byte[] hash) in tree.Append(entry.LeafHash)) context.Add(new AuditNode { Place = AuditNode.PlaceOf(node), Hash = hash });
            if (signed is not null && keys.Sign(EvidenceKeys.ReceiptType, signed) is var (jws, keyId))
                context.Add(new Receipt { SubjectId = thing.Id, AuditIndex = index, Jws = jws, KeyId = keyId });
        }
        // The row is this transaction's until it ends; its other columns have moved already.
        var row = new LogHead { Peaks = tree.Peaks };
        context.Attach(row).Property(h => h.Peaks).IsModified = true;
    }

    private static string SignedContent(AuditedAction action, ChangedThing thing, long index, object content) => CanonicalJson.Write(new ReceiptContent(
        ReceiptContent.PresentFormat, action.Action, action.Actor, AuditEntry.InstantOf(action.At), action.ClientId,
        action.OrganisationId is { } id ? TypeId.Encode(IdPrefix.Organisation, id) : null, action.Role, TypeId.Encode(thing.Kind, thing.Id), thing.LastPosition, index, content));

    /// <summary>Of all columns that hold something, so that a column which is added later changes no hash of before.</summary>
    private static string RowHash(EntityEntry row) =>
        CanonicalJson.Hash(row.Properties.Where(p => p.CurrentValue is not null).ToDictionary(p => p.Metadata.Name, p => p.CurrentValue, StringComparer.Ordinal));
}

/// <summary>A thing that a transaction changes, and the position of its last event in it.</summary>
public sealed record ChangedThing(EntityEntry Row, string Kind, Guid Id, long LastPosition);
