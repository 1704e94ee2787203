using Efa.Graph.Engine.Types;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Billing;

public sealed class InvoiceFilterType : FilterType<InvoiceFilter>
{
    public InvoiceFilterType()
        : base("InvoiceFilter", "Fields are joined by and, values of a field by or. A list that is left out or null restricts nothing, an empty one lets nothing through; lists have at most 100 values.")
    {
        Add<ListGraphType<NonNullGraphType<InvoiceKindType>>>("kinds");
        Add<ListGraphType<NonNullGraphType<PaymentStateType>>>("paymentStates");
        Add<ListGraphType<NonNullGraphType<InvoiceResponseType>>>("responses", "What the buyer said last.");
        Add<ListGraphType<NonNullGraphType<DeliveryStateType>>>("deliveryStates");
        Ids("buyerIds", IdPrefix.Organisation);
        Ids("sellerIds", IdPrefix.Organisation);
        Ids("orderIds", IdPrefix.Order);
        Add<DateType>("issuedFrom", "First day.");
        Add<DateType>("issuedTo", "Last day.");
        Add<DateType>("overdueOn", "Due before this day, and not paid in full as things stand now.");
    }

    protected override InvoiceFilter Read(InputFields fields) => new()
    {
        Kinds = fields.List<InvoiceKind>("kinds"),
        PaymentStates = fields.List<PaymentState>("paymentStates"),
        Responses = fields.List<InvoiceResponse>("responses"),
        DeliveryStates = fields.List<DeliveryState>("deliveryStates"),
        BuyerIds = fields.List<Guid>("buyerIds"),
        SellerIds = fields.List<Guid>("sellerIds"),
        OrderIds = fields.List<Guid>("orderIds"),
        IssuedFrom = fields.Optional<DateOnly?>("issuedFrom"),
        IssuedTo = fields.Optional<DateOnly?>("issuedTo"),
        OverdueOn = fields.Optional<DateOnly?>("overdueOn"),
    };
}

/// <summary>By which key an invoice is looked up; exactly one is given.</summary>
public sealed record InvoiceKey(Guid? Id, InvoiceNumber? Number);

public sealed class InvoiceByType : InputType<InvoiceKey>
{
    public InvoiceByType()
        : base("InvoiceBy")
    {
        IsOneOf = true;
        Id("id", IdPrefix.Invoice, required: false);
        Add<InvoiceNumberInputType>("number");
    }

    protected override InvoiceKey Read(InputFields fields) => new(fields.Optional<Guid?>("id"), fields.Optional<InvoiceNumber>("number"));
}

public sealed class InvoiceNumberInputType : InputType<InvoiceNumber>
{
    public InvoiceNumberInputType()
        : base("InvoiceNumberInput", "An invoice number and whose it is.")
    {
        Id("sellerId", IdPrefix.Organisation);
        Add<NonNullGraphType<StringGraphType>>("number");
    }

    protected override InvoiceNumber Read(InputFields fields) => new(fields.Get<Guid>("sellerId"), fields.Get<string>("number"));
}

public sealed class ExecuteBillingRunInputType : MutationInputType<ExecuteBillingRun.Input>
{
    public ExecuteBillingRunInputType()
        : base("ExecuteBillingRunInput")
    {
        Id("sellerId", IdPrefix.Organisation);
        Add<NonNullGraphType<IntGraphType>>("year", $"Calendar year that is billed, from {ExecuteBillingRun.FirstYear} to the current one.");
        Add<NonNullGraphType<DateType>>("issueOn", "Date of the invoices: today or later, at most to the end of next year.");
        Add<NonNullGraphType<DateType>>("dueOn", "Not before issueOn.");
    }

    protected override ExecuteBillingRun.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("sellerId"), fields.Get<int>("year"), fields.Get<DateOnly>("issueOn"), fields.Get<DateOnly>("dueOn"));
}
