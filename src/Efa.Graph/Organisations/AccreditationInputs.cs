using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

public sealed class RecordOwnershipInputType : MutationInputType<RecordOwnership.Input>
{
    public RecordOwnershipInputType()
        : base("RecordOwnershipInput")
    {
        Id("ownerId", IdPrefix.Organisation);
        Id("ownedId", IdPrefix.Organisation);
        Add<NonNullGraphType<EnumType<OwnershipKind>>>("kind");
        Add<NonNullGraphType<DateType>>("validFrom");
        Add<DateType>("validTo", "Last day.");
    }

    protected override RecordOwnership.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("ownerId"), fields.Get<Guid>("ownedId"), fields.Get<OwnershipKind>("kind"), fields.Get<DateOnly>("validFrom"), fields.Optional<DateOnly?>("validTo"));
}

public sealed class EndOwnershipInputType : MutationInputType<EndOwnership.Input>
{
    public EndOwnershipInputType()
        : base("EndOwnershipInput")
    {
        Id("ownershipId", IdPrefix.Ownership);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Ownership.version as the caller read it.");
        Add<NonNullGraphType<DateType>>("validTo", "Last day, not before the first.");
    }

    protected override EndOwnership.Input ReadInput(InputFields fields) => new(fields.Get<Guid>("ownershipId"), fields.Get<int>("expectedVersion"), fields.Get<DateOnly>("validTo"));
}

public sealed class RequestAccreditationInputType : MutationInputType<RequestAccreditation.Input>
{
    public RequestAccreditationInputType()
        : base("RequestAccreditationInput")
    {
        Id("organisationId", IdPrefix.Organisation);
        Id("sellerId", IdPrefix.Organisation);
        Add<EnumType<EligibilityBasis>>("basis", "On which the organisation thinks it may order.");
        Add<StringGraphType>("evidence", $"Read by the seller; up to {Accreditation.TextLength} characters.");
    }

    protected override RequestAccreditation.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("organisationId"), fields.Get<Guid>("sellerId"), fields.Optional<EligibilityBasis?>("basis"), fields.Optional<string>("evidence"));
}

public sealed class DecideAccreditationInputType : MutationInputType<DecideAccreditation.Input>
{
    public DecideAccreditationInputType()
        : base("DecideAccreditationInput", "basis is needed to grant, reason for all else.")
    {
        Id("accreditationId", IdPrefix.Accreditation);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Accreditation.version as the caller read it.");
        Add<NonNullGraphType<EnumType<AccreditationDecision>>>("decision");
        Add<EnumType<EligibilityBasis>>("basis");
        Add<StringGraphType>("reason", $"Read by the organisation; up to {Accreditation.TextLength} characters.");
        Add<DateType>("validTo", "Last day of what is granted, not before today.");
    }

    protected override DecideAccreditation.Input ReadInput(InputFields fields) => new(
        fields.Get<Guid>("accreditationId"), fields.Get<int>("expectedVersion"), fields.Get<AccreditationDecision>("decision"),
        fields.Optional<EligibilityBasis?>("basis"), fields.Optional<string>("reason"), fields.Optional<DateOnly?>("validTo"));
}
