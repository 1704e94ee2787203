using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

/// <summary>By which key an order is looked up; exactly one is given.</summary>
public sealed record OrderKey(Guid? Id, string? Number);

public sealed class OrderByType : InputType<OrderKey>
{
    public OrderByType()
        : base("OrderBy")
    {
        IsOneOf = true;
        Id("id", IdPrefix.Order, required: false);
        Add<StringGraphType>("number", "Such as GD-2026-000042.");
    }

    protected override OrderKey Read(InputFields fields) => new(fields.Optional<Guid?>("id"), fields.Optional<string>("number"));
}

public sealed class OrderFilterType : FilterType<OrderFilter>
{
    public OrderFilterType()
        : base("OrderFilter", "Fields are joined by and, values of a field by or. A list that is left out or null restricts nothing, an empty one lets nothing through; lists have at most 100 values.")
    {
        Add<ListGraphType<NonNullGraphType<OrderStateType>>>("states");
        Ids("offerIds", IdPrefix.Offer);
        Ids("orderedByIds", IdPrefix.Organisation);
        Ids("usedByIds", IdPrefix.Organisation);
        Ids("billToIds", IdPrefix.Organisation);
        Ids("sellerIds", IdPrefix.Organisation);
        Ids("supplierIds", IdPrefix.Organisation);
        Add<DateType>("placedFrom", "First day.");
        Add<DateType>("placedTo", "Last day.");
        Id("nextActionBy", IdPrefix.Organisation, "Orders that wait for this organisation.", required: false);
    }

    protected override OrderFilter Read(InputFields fields) => new()
    {
        States = fields.List<OrderState>("states"),
        OfferIds = fields.List<Guid>("offerIds"),
        OrderedByIds = fields.List<Guid>("orderedByIds"),
        UsedByIds = fields.List<Guid>("usedByIds"),
        BillToIds = fields.List<Guid>("billToIds"),
        SellerIds = fields.List<Guid>("sellerIds"),
        SupplierIds = fields.List<Guid>("supplierIds"),
        PlacedFrom = fields.Optional<DateOnly?>("placedFrom") is { } from ? BerlinCalendar.StartOf(from) : null,
        PlacedBefore = fields.Optional<DateOnly?>("placedTo") is { } to ? BerlinCalendar.StartOf(to.AddDays(1)) : null,
        NextActionBy = fields.Optional<Guid?>("nextActionBy"),
    };
}

public sealed class TermsAcceptanceInputType : InputType<AcceptedTerms>
{
    public TermsAcceptanceInputType()
        : base("TermsAcceptanceInput", "A document that is accepted, by the hash of the bytes that were read.")
    {
        Id("documentId", IdPrefix.Terms);
        Add<NonNullGraphType<Sha256Type>>("sha256");
    }

    protected override AcceptedTerms Read(InputFields fields) => new(fields.Get<Guid>("documentId"), fields.Get<string>("sha256"));
}

public sealed class PlaceOrderInputType : MutationInputType<PlaceOrder.Input>
{
    public PlaceOrderInputType()
        : base("PlaceOrderInput")
    {
        Id("offerId", IdPrefix.Offer, "A published DIRECT offer.");
        Id("orderedById", IdPrefix.Organisation, "An organisation that the caller acts for.");
        Ids("usedByIds", IdPrefix.Organisation, $"The orderer itself, clients of it or clients of these, up to {OfferQuotes.MostUsers}; the orderer unless told.");
        Id("billToId", IdPrefix.Organisation, "An organisation that the caller acts for; the orderer unless told.", required: false);
        Add<NonNullGraphType<DateType>>("startsOn", $"Today or later, at most {Placing.MostYearsAhead} years ahead.");
        Add<StringGraphType>("packageCode", "Needed where the offer has packages.");
        Add<IntGraphType>("expectedUses", $"For a calendar year, 0 to {OfferQuotes.MostUses}.");
        Add<StringGraphType>("purchaseOrderNumber", $"The buyer's own order number (BT-13), up to {Placing.NumberLength} characters.");
        Add<StringGraphType>("sellerNumber", $"The seller's number at the buyer (BT-29), up to {Placing.NumberLength} characters.");
        Add<NonNullGraphType<Sha256Type>>("quoteHash", "Quote.hash of the same offer, parties, start, package and uses.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<TermsAcceptanceInputType>>>>("acceptedTerms", "Exactly the documents of Offer.terms today.");
        Add<NonNullGraphType<BooleanGraphType>>("declaresAuthorisedToRepresent", "Must be true.");
    }

    protected override PlaceOrder.Input ReadInput(InputFields fields) => new(
        fields.Get<Guid>("offerId"),
        fields.Get<Guid>("orderedById"),
        fields.List<Guid>("usedByIds"),
        fields.Optional<Guid?>("billToId"),
        fields.Get<DateOnly>("startsOn"),
        fields.Optional<string>("packageCode"),
        fields.Optional<int?>("expectedUses"),
        fields.Optional<string>("purchaseOrderNumber"),
        fields.Optional<string>("sellerNumber"),
        fields.Get<string>("quoteHash"),
        fields.List<AcceptedTerms>("acceptedTerms")!,
        fields.Get<bool>("declaresAuthorisedToRepresent"));
}

public sealed class PlaceOrdersItemInputType : InputType<DirectOrder>
{
    public PlaceOrdersItemInputType()
        : base("PlaceOrdersItemInput", "As PlaceOrderInput.")
    {
        Id("offerId", IdPrefix.Offer);
        Id("orderedById", IdPrefix.Organisation);
        Ids("usedByIds", IdPrefix.Organisation);
        Id("billToId", IdPrefix.Organisation, required: false);
        Add<NonNullGraphType<DateType>>("startsOn");
        Add<StringGraphType>("packageCode");
        Add<IntGraphType>("expectedUses");
        Add<StringGraphType>("purchaseOrderNumber");
        Add<StringGraphType>("sellerNumber");
        Add<NonNullGraphType<Sha256Type>>("quoteHash");
    }

    protected override DirectOrder Read(InputFields fields) => new(
        fields.Get<Guid>("offerId"),
        fields.Get<Guid>("orderedById"),
        fields.List<Guid>("usedByIds"),
        fields.Optional<Guid?>("billToId"),
        fields.Get<DateOnly>("startsOn"),
        fields.Optional<string>("packageCode"),
        fields.Optional<int?>("expectedUses"),
        fields.Optional<string>("purchaseOrderNumber"),
        fields.Optional<string>("sellerNumber"),
        fields.Get<string>("quoteHash"));
}

public sealed class PlaceOrdersInputType : MutationInputType<PlaceOrders.Input>
{
    public PlaceOrdersInputType()
        : base("PlaceOrdersInput")
    {
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<PlaceOrdersItemInputType>>>>("orders", $"Up to {PlaceOrders.MostOrders}.");
        Add<BatchModeType>("mode", defaultValue: BatchMode.Partial);
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<TermsAcceptanceInputType>>>>("acceptedTerms", "The documents of Offer.terms today, of all offers together.");
        Add<NonNullGraphType<BooleanGraphType>>("declaresAuthorisedToRepresent", "Must be true.");
    }

    protected override PlaceOrders.Input ReadInput(InputFields fields) => new(
        fields.List<DirectOrder>("orders")!,
        fields.Optional<BatchMode?>("mode") ?? BatchMode.Partial,
        fields.List<AcceptedTerms>("acceptedTerms")!,
        fields.Get<bool>("declaresAuthorisedToRepresent"));
}
