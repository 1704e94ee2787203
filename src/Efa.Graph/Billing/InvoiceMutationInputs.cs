using Efa.Graph.Engine.Types;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Billing;

public sealed class RecordPaymentInputType : MutationInputType<RecordPayment.Input>
{
    public RecordPaymentInputType()
        : base("RecordPaymentInput")
    {
        Id("invoiceId", IdPrefix.Invoice);
        Add<NonNullGraphType<DecimalType>>("amount", "Above 0, at most 2 decimal places; may be a part, or too much.");
        Add<NonNullGraphType<DateType>>("receivedOn", "Today or earlier.");
        Add<NonNullGraphType<StringGraphType>>("reference", $"What the payer wrote, up to {Payment.ReferenceLength} characters. It must name the invoice's paymentReference, or that of the invoice that it replaces, in whatever case and with whatever between its parts.");
    }

    protected override RecordPayment.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("invoiceId"), fields.Get<decimal>("amount"), fields.Get<DateOnly>("receivedOn"), fields.Get<string>("reference"));
}

public sealed class RecordInvoiceResponseInputType : MutationInputType<RecordInvoiceResponse.Input>
{
    public RecordInvoiceResponseInputType()
        : base("RecordInvoiceResponseInput")
    {
        Id("invoiceId", IdPrefix.Invoice);
        Add<NonNullGraphType<InvoiceResponseType>>("response", "A decision is not taken back: CONDITIONALLY_ACCEPTED can become ACCEPTED or PAID, ACCEPTED only PAID; REJECTED and PAID are the end.");
        Add<StringGraphType>("note", $"Required for UNDER_QUERY, CONDITIONALLY_ACCEPTED and REJECTED; read by the seller; up to {RecordInvoiceResponse.NoteLength} characters.");
    }

    protected override RecordInvoiceResponse.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("invoiceId"), fields.Get<InvoiceResponse>("response"), fields.Optional<string>("note"));
}

public sealed class CreditInvoiceInputType : MutationInputType<CreditInvoice.Input>
{
    public CreditInvoiceInputType()
        : base("CreditInvoiceInput")
    {
        Id("invoiceId", IdPrefix.Invoice);
        Add<ListGraphType<NonNullGraphType<CreditLineInputType>>>("lines", $"Each line once, up to {CreditInvoice.MostLines}. Null or left out: all that is not credited yet.");
        Add<NonNullGraphType<StringGraphType>>("reason", $"Stands on the credit note; up to {CreditInvoice.ReasonLength} characters.");
    }

    protected override CreditInvoice.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("invoiceId"), fields.List<CreditInvoice.Line>("lines"), fields.Get<string>("reason"));
}

public sealed class CreditLineInputType : InputType<CreditInvoice.Line>
{
    public CreditLineInputType()
        : base("CreditLineInput", "So much of a line of the invoice.")
    {
        Add<NonNullGraphType<IntGraphType>>("position");
        Add<NonNullGraphType<DecimalType>>("quantity", "In the line's unit, above 0 and at most what is not credited yet.");
    }

    protected override CreditInvoice.Line Read(InputFields fields) => new(fields.Get<int>("position"), fields.Get<decimal>("quantity"));
}

public sealed class CorrectInvoiceInputType : MutationInputType<CorrectInvoice.Input>
{
    public CorrectInvoiceInputType()
        : base("CorrectInvoiceInput")
    {
        Id("invoiceId", IdPrefix.Invoice);
        Add<NonNullGraphType<StringGraphType>>("reason", $"Stands on the correction; up to {CorrectInvoice.ReasonLength} characters.");
        Add<NonNullGraphType<DateType>>("issueOn", "Date of the correction: today or later, at most to the end of next year.");
        Add<NonNullGraphType<DateType>>("dueOn", "Not before issueOn.");
    }

    protected override CorrectInvoice.Input ReadInput(InputFields fields) =>
        new(fields.Get<Guid>("invoiceId"), fields.Get<string>("reason"), fields.Get<DateOnly>("issueOn"), fields.Get<DateOnly>("dueOn"));
}
