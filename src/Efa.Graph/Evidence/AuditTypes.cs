using Efa.Graph.Engine;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using GraphQL.Types;

namespace Efa.Graph.Evidence;

/// <summary>An entry of the audit log with its place as clients hold it.</summary>
/// <param name="LogSize">Of the log when it was read.</param>
public sealed record ShownAuditEntry(AuditEntry Entry, string Cursor, long LogSize);

public sealed class AuditEntryType : ObjectGraphType<ShownAuditEntry>
{
    private static readonly Dictionary<string, OrganisationRole> Roles = Enum.GetValues<OrganisationRole>().ToDictionary(ApiName.Of, StringComparer.Ordinal);

    public AuditEntryType()
    {
        Name = "AuditEntry";
        Description = "Who did what to which thing. leafHash: of RFC 9162 over this entry as canonical JSON (RFC 8785) of action, actor, at, clientId, organisation, role, subject and subjectHash, without what is null.";
        Field<NonNullGraphType<CursorType>>("cursor").Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<IntGraphType>>("index").Description("Place of the leaf in the tree, from 0 on without a gap.").Resolve(context => checked((int)context.Source.Entry.Index));
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.Entry.At);
        Field<NonNullGraphType<StringGraphType>>("actor").Description("Id of the caller, never a person's name; system for the server itself.").Resolve(context => context.Source.Entry.Actor);
        Field<StringGraphType>("clientId").Description("What OAuth 2 calls client_id; null for people and for the server itself.").Resolve(context => context.Source.Entry.ClientId);
        Field<OrganisationType>("organisation").Description("For whom the caller acted; null where it is not one organisation.")
            .Resolve(context => context.Source.Entry.OrganisationId is { } id ? context.Request().Get<OrganisationLoader>().Load(id) : null);
        Field<EnumType<OrganisationRole>>("role").Description("As which party of the thing.").Resolve(context => context.Source.Entry.Role is { } role ? Roles[role] : null);
        Field<NonNullGraphType<StringGraphType>>("action").Description("Name of the mutation, or of a step that the server took by itself.").Resolve(context => context.Source.Entry.Action);
        Field<NonNullGraphType<IdGraphType>>("subjectId").Resolve(context => GlobalIds.Of(context.Source.Entry.SubjectKind, context.Source.Entry.SubjectId));
        Field<NodeInterface>("subject").Description("As it is now; null where it is gone or not for the caller.")
            .Resolve(context => ((MarketSchema)context.Schema).Nodes.Find(context.Request(), context.Source.Entry.SubjectKind, context.Source.Entry.SubjectId));
        Field<NonNullGraphType<Sha256Type>>("subjectHash")
            .Description("Of the subject after the action; it stays when the subject is gone. Where the action has a receipt, of what that signs.").Resolve(context => context.Source.Entry.SubjectHash);
        Field<NonNullGraphType<Sha256Type>>("leafHash").Resolve(context => Convert.ToHexStringLower(context.Source.Entry.LeafHash));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<Sha256Type>>>>("inclusionProof").Description("That this entry is in the tree of that size (RFC 9162, 2.1.3), from the leaf upwards.").Costs(5)
            .Argument<NonNullGraphType<IntGraphType>>("treeSize", "More than index, and not more than the log has.")
            .Resolve(context =>
            {
                long size = (int)context.Given("treeSize")!;
                long index = context.Source.Entry.Index;
                if (size <= index || size > context.Source.LogSize) throw new RequestError(RequestErrors.InvalidValue, expected: $"a tree size from {index + 1} to {context.Source.LogSize}");
                return context.Request().Get<ProofLoader>().Load(new ProofQuestion(index, size)).Then(ProofLoader.Hex);
            });
    }
}

public sealed class AuditEntryConnectionType : LogConnectionType<AuditEntryType, ShownAuditEntry>;

public sealed class AuditTreeHeadType : ObjectGraphType<AuditTreeHead>
{
    public AuditTreeHeadType()
    {
        Name = "AuditTreeHead";
        Description = "Size and root of the audit tree at a time, signed. Keep one: with it you can show later that nothing before it was changed.";
        Field<NonNullGraphType<IntGraphType>>("size").Description("Entries.").Resolve(context => checked((int)context.Source.Size));
        Field<NonNullGraphType<Sha256Type>>("rootHash").Resolve(context => context.Source.RootHash);
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.At);
        Field<NonNullGraphType<StringGraphType>>("jws").Description("Compact JWS (ES256, type efa-tree-head+jws) over the canonical JSON of at, rootHash and size.").Resolve(context => context.Source.Jws);
        Field<NonNullGraphType<StringGraphType>>("keyId").Description("Of /.well-known/receipt-keys.json.").Resolve(context => context.Source.KeyId);
    }
}

/// <summary>A receipt with what shows that it stands in the log.</summary>
public sealed record ProvenReceipt(Receipt Receipt, AuditTreeHead Head);

public sealed class SignedReceiptType : ObjectGraphType<ProvenReceipt>
{
    public SignedReceiptType()
    {
        Name = "SignedReceipt";
        Description = "Signed proof of the binding order. Saved as a file with these fields it can be checked without the server: the executable's verb verify does so.";
        Field<NonNullGraphType<StringGraphType>>("jws").Description("Compact JWS (ES256, type efa-receipt+jws) over canonical JSON (RFC 8785): action, actor, parties, offer version, terms, eligibility and prices, by ids and hashes.")
            .Resolve(context => context.Source.Receipt.Jws);
        Field<NonNullGraphType<StringGraphType>>("keyId").Description("Of /.well-known/receipt-keys.json.").Resolve(context => context.Source.Receipt.KeyId);
        Field<NonNullGraphType<IntGraphType>>("auditIndex").Description("Of the leaf in the audit tree whose subjectHash is the SHA-256 of what the receipt signs.").Resolve(context => checked((int)context.Source.Receipt.AuditIndex));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<Sha256Type>>>>("inclusionProof").Description("That the leaf is in the tree of treeHead.").Costs(5)
            .Resolve(context => context.Request().Get<ProofLoader>().Load(new ProofQuestion(context.Source.Receipt.AuditIndex, context.Source.Head.Size)).Then(ProofLoader.Hex));
        Field<NonNullGraphType<AuditTreeHeadType>>("treeHead").Description("The newest signed head; one of its own for a receipt that is newer still.").Resolve(context => context.Source.Head);
    }
}
