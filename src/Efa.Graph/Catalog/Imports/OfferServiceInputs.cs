using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Catalog.Imports;

public sealed class OfferServiceInputType : InputType<ServiceRow>
{
    public OfferServiceInputType()
        : base("OfferServiceInput", "Of which service it is an offer; never changes.")
    {
        IsOneOf = true;
        Id("id", IdPrefix.Service, required: false);
        Add<StringGraphType>("leikaKey", "Must lead to exactly one service.");
        Add<OwnServiceInputType>("own");
    }

    protected override ServiceRow Read(InputFields fields) => new(fields.Optional<Guid?>("id"), fields.Optional<string>("leikaKey"), fields.Optional<OwnServiceRow>("own"));
}

public sealed class OwnServiceInputType : InputType<OwnServiceRow>
{
    public OwnServiceInputType()
        : base("OwnServiceInput", "A service of the supplier's own, made or changed at once, for all its offers; found by supplier and externalId.")
    {
        Add<NonNullGraphType<StringGraphType>>("externalId", $"Up to {Offer.ExternalIdLength} characters.");
        Add<NonNullGraphType<StringGraphType>>("name", $"Up to {Organisation.NameLength} characters.");
        Add<NonNullGraphType<EnumType<ServiceKind>>>("kind");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("leikaKeys", "14 digits each.");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("ozgIds", "Five digits each.");
        Add<StringGraphType>("subjectArea", "Code of subjectAreas.");
        Add<StringGraphType>("fimType", "Such as 2/3a.");
    }

    protected override OwnServiceRow Read(InputFields fields) => new(fields.Get<string>("externalId"), fields.Get<string>("name"), fields.Get<ServiceKind>("kind"))
    {
        LeikaKeys = fields.List<string>("leikaKeys") ?? [],
        OzgIds = fields.List<string>("ozgIds") ?? [],
        SubjectArea = fields.Optional<string>("subjectArea"),
        FimType = fields.Optional<string>("fimType"),
    };
}
