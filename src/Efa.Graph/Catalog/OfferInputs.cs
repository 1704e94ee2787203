using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Catalog;

/// <summary>The supplier's own key of an offer or service.</summary>
public sealed record ExternalId(Guid SupplierId, string Value);

/// <summary>By what an offer is looked up.</summary>
public sealed record OfferBy(Guid? Id, string? Slug, ExternalId? ExternalId);

/// <summary>By what a service is looked up.</summary>
public sealed record ServiceBy(Guid? Id, ExternalId? ExternalId);

public sealed class ExternalIdInputType : InputType<ExternalId>
{
    public ExternalIdInputType()
        : base("ExternalIdInput", "A supplier's own key; compared byte by byte.")
    {
        Id("supplierId", IdPrefix.Organisation);
        Add<NonNullGraphType<StringGraphType>>("externalId");
    }

    protected override ExternalId Read(InputFields fields) => new(fields.Get<Guid>("supplierId"), fields.Get<string>("externalId"));
}

public sealed class OfferByType : InputType<OfferBy>
{
    public OfferByType()
        : base("OfferBy")
    {
        IsOneOf = true;
        Id("id", IdPrefix.Offer, required: false);
        Add<StringGraphType>("slug");
        Add<ExternalIdInputType>("externalId");
    }

    protected override OfferBy Read(InputFields fields) => new(fields.Optional<Guid?>("id"), fields.Optional<string>("slug"), fields.Optional<ExternalId>("externalId"));
}

public sealed class ServiceByType : InputType<ServiceBy>
{
    public ServiceByType()
        : base("ServiceBy", "A LeiKa key or OZG id may belong to several services: look those up by services.")
    {
        IsOneOf = true;
        Id("id", IdPrefix.Service, required: false);
        Add<ExternalIdInputType>("externalId");
    }

    protected override ServiceBy Read(InputFields fields) => new(fields.Optional<Guid?>("id"), fields.Optional<ExternalId>("externalId"));
}

public sealed class OfferFilterType : FilterType<OfferFilter>
{
    public OfferFilterType()
        : base("OfferFilter", "Fields are joined by and, values of a field by or. A list that is left out or null restricts nothing, an empty one lets nothing through; lists have at most 100 values.")
    {
        Add<StringGraphType>("search", "Words of title, summary, description, service name, LeiKa key or OZG id, in any form and cut short at will; ä may be written ae or a, ß as ss. At most 200 characters; the first 10 words are all needed, but for words like der and und. Blank restricts nothing, without letter and digit it finds nothing.");
        Add<ListGraphType<NonNullGraphType<EnumType<ServiceKind>>>>("kinds");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("subjectAreas", "Codes of subjectAreas.");
        Add<ListGraphType<NonNullGraphType<LeikaKeyType>>>("leikaKeys");
        Add<ListGraphType<NonNullGraphType<OzgIdType>>>("ozgIds");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("fimTypes", "Such as 2/3a.");
        Ids("sellerIds", IdPrefix.Organisation);
        Ids("supplierIds", IdPrefix.Organisation);
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("availableIn", "Codes of states, 01 to 16; what is available everywhere is found by each.");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("connectionTypes");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("specialistApplications");
        Add<BooleanGraphType>("efaFinanced");
        Add<ListGraphType<NonNullGraphType<OrderingModeType>>>("orderingModes");
        Add<ListGraphType<NonNullGraphType<OfferStateType>>>("states", "Others than PUBLISHED find something for seller and supplier only.");
        Add<ListGraphType<NonNullGraphType<OfferVersionStateType>>>("draftStates", "State of the draft: finds the review queue. Others than parties get nothing by it.");
        Add<InstantType>("updatedSince", "Included.");
    }

    protected override OfferFilter Read(InputFields fields) => new()
    {
        Search = fields.Optional<string>("search"),
        Kinds = fields.List<ServiceKind>("kinds"),
        SubjectAreas = fields.List<string>("subjectAreas"),
        LeikaKeys = fields.List<string>("leikaKeys"),
        OzgIds = fields.List<string>("ozgIds"),
        FimTypes = fields.List<string>("fimTypes"),
        SellerIds = fields.List<Guid>("sellerIds"),
        SupplierIds = fields.List<Guid>("supplierIds"),
        AvailableIn = fields.List<string>("availableIn"),
        ConnectionTypes = fields.List<string>("connectionTypes"),
        SpecialistApplications = fields.List<string>("specialistApplications"),
        EfaFinanced = fields.Optional<bool?>("efaFinanced"),
        OrderingModes = fields.List<OrderingMode>("orderingModes"),
        States = fields.List<OfferState>("states"),
        DraftStates = fields.List<OfferVersionState>("draftStates"),
        UpdatedSince = fields.Optional<DateTimeOffset?>("updatedSince"),
    };
}

public sealed class ServiceFilterType : FilterType<ServiceFilter>
{
    public ServiceFilterType()
        : base("ServiceFilter", "Fields are joined by and, values of a field by or. A list that is left out or null restricts nothing, an empty one lets nothing through; lists have at most 100 values.")
    {
        Add<StringGraphType>("search", "Words that begin words of the name; at most 200 characters and 10 words, which are all needed.");
        Add<ListGraphType<NonNullGraphType<EnumType<ServiceKind>>>>("kinds");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("subjectAreas", "Codes of subjectAreas.");
        Add<ListGraphType<NonNullGraphType<LeikaKeyType>>>("leikaKeys");
        Add<ListGraphType<NonNullGraphType<OzgIdType>>>("ozgIds");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("availableIn", "Codes of states, 01 to 16: services with a published offer for one of them.");
    }

    protected override ServiceFilter Read(InputFields fields) => new()
    {
        Search = fields.Optional<string>("search"),
        Kinds = fields.List<ServiceKind>("kinds"),
        SubjectAreas = fields.List<string>("subjectAreas"),
        LeikaKeys = fields.List<string>("leikaKeys"),
        OzgIds = fields.List<string>("ozgIds"),
        AvailableIn = fields.List<string>("availableIn"),
    };
}
