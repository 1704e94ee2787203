using Efa.Graph.Catalog.Imports;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Ordering.Contracts;

public sealed class ContractFilterType : FilterType<ContractFilter>
{
    public ContractFilterType()
        : base("ContractFilter", "Fields are joined by and, values of a field by or. A list that is left out or null restricts nothing, an empty one lets nothing through; lists have at most 100 values.")
    {
        Add<ListGraphType<NonNullGraphType<ContractKindType>>>("kinds");
        Ids("grantedByIds", IdPrefix.Organisation);
        Ids("grantedToIds", IdPrefix.Organisation);
        Add<DateType>("activeOn", "A day on which they run.");
    }

    protected override ContractFilter Read(InputFields fields) => new()
    {
        Kinds = fields.List<ContractKind>("kinds"),
        GrantedByIds = fields.List<Guid>("grantedByIds"),
        GrantedToIds = fields.List<Guid>("grantedToIds"),
        ActiveOn = fields.Optional<DateOnly?>("activeOn"),
    };
}

/// <summary>By which key a contract is looked up; exactly one is given.</summary>
public sealed record ContractKey(Guid? Id, ContractNumber? Number);

public sealed class ContractByType : InputType<ContractKey>
{
    public ContractByType()
        : base("ContractBy")
    {
        IsOneOf = true;
        Id("id", IdPrefix.Contract, required: false);
        Add<ContractNumberInputType>("number");
    }

    protected override ContractKey Read(InputFields fields) => new(fields.Optional<Guid?>("id"), fields.Optional<ContractNumber>("number"));
}

public sealed class ContractNumberInputType : InputType<ContractNumber>
{
    public ContractNumberInputType()
        : base("ContractNumberInput", "A contract number and who granted the contract.")
    {
        Id("grantedById", IdPrefix.Organisation);
        Add<NonNullGraphType<StringGraphType>>("number");
    }

    protected override ContractNumber Read(InputFields fields) => new(fields.Get<Guid>("grantedById"), fields.Get<string>("number"));
}

public sealed class ImportContractInputType : MutationInputType<ImportContract.Input>
{
    private const decimal NoFee = 0m;

    public ImportContractInputType()
        : base("ImportContractInput")
    {
        Id("offerId", IdPrefix.Offer, "An offer of the seller that was published once, in whatever state it is now.");
        Add<NonNullGraphType<StringGraphType>>("contractNumber", $"The one it has elsewhere, up to {Contract.NumberLength} characters; none of the seller's series here.");
        Id("orderedById", IdPrefix.Organisation, "The customer.");
        Ids("usedByIds", IdPrefix.Organisation, $"The customer itself, clients of it or clients of these, up to {OfferQuotes.MostUsers}; the customer unless told.");
        Id("billToId", IdPrefix.Organisation, "The customer unless told.", required: false);
        Add<NonNullGraphType<DateType>>("startsOn", $"However long ago; at most {Placing.MostYearsAhead} years ahead.");
        Add<DateType>("endsOn", "Last day where it is known, not before this calendar year; the order is TERMINATED then, and ACTIVE otherwise.");
        Add<StringGraphType>("purchaseOrderNumber", $"The buyer's own order number (BT-13), up to {Placing.NumberLength} characters.");
        Add<StringGraphType>("sellerNumber", $"The seller's number at the buyer (BT-29), up to {Placing.NumberLength} characters.");
        Add<NonNullGraphType<DecimalType>>("annualFee", "Net, for a full calendar year; fees are 0 or more with at most 2 decimal places.");
        Add<DecimalType>("nextBillingAmount", "Net; billed once in place of annualFee, at the first billing here.");
        Add<DecimalType>("oneTimeFee", "Net; billed once, where that has not been done elsewhere.", NoFee);
        Add<StringGraphType>("scope", $"What is reused and how; up to {AgreedTerms.ScopeLength} characters.");
        Add<ListGraphType<NonNullGraphType<DocumentInputType>>>("documents", $"The contract's papers, up to {Contract.MostDocuments}.");
    }

    protected override ImportContract.Input ReadInput(InputFields fields) => new(
        fields.Get<Guid>("offerId"),
        fields.Get<string>("contractNumber"),
        fields.Get<Guid>("orderedById"),
        fields.List<Guid>("usedByIds"),
        fields.Optional<Guid?>("billToId"),
        fields.Get<DateOnly>("startsOn"),
        fields.Optional<DateOnly?>("endsOn"),
        fields.Optional<string>("purchaseOrderNumber"),
        fields.Optional<string>("sellerNumber"),
        fields.Get<decimal>("annualFee"),
        fields.Optional<decimal?>("nextBillingAmount"),
        fields.Optional<decimal?>("oneTimeFee") ?? NoFee,
        fields.Optional<string>("scope"),
        fields.List<NamedDocument>("documents"));
}

public sealed class UpdateContractContactsInputType : MutationInputType<UpdateContractContacts.Input>
{
    public UpdateContractContactsInputType()
        : base("UpdateContractContactsInput")
    {
        Id("contractId", IdPrefix.Contract);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Contract.version as the caller read it.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<ContactInputType>>>>("contacts", $"Replaces all of them; at most {Contact.Most}.");
    }

    protected override UpdateContractContacts.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("contractId"), fields.Get<int>("expectedVersion"), fields.List<ContactData>("contacts")!);
}

public sealed class AddContractDocumentInputType : MutationInputType<AddContractDocument.Input>
{
    public AddContractDocumentInputType()
        : base("AddContractDocumentInput")
    {
        Id("contractId", IdPrefix.Contract);
        Add<NonNullGraphType<IntGraphType>>("expectedVersion", "Contract.version as the caller read it.");
        Add<NonNullGraphType<DocumentInputType>>("document");
    }

    protected override AddContractDocument.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("contractId"), fields.Get<int>("expectedVersion"), fields.Get<NamedDocument>("document"));
}
