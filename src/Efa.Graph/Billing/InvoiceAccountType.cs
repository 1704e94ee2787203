using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Billing;

public sealed class PaymentStateType() : EnumType<PaymentState>("Whether an invoice is paid. Of a credit note always PAID: it is set off against its invoice.",
    (PaymentState.Overpaid, "More was paid than is left after credits."),
    (PaymentState.Cancelled, "Credited in full, or replaced by a correction."));

public sealed class InvoiceResponseType() : EnumType<InvoiceResponse>("What the buyer said last, as in the Peppol invoice response.",
    (InvoiceResponse.Acknowledged, "AB."),
    (InvoiceResponse.InProcess, "IP."),
    (InvoiceResponse.UnderQuery, "UQ: the buyer asks before he decides; with a note."),
    (InvoiceResponse.ConditionallyAccepted, "CA; with a note."),
    (InvoiceResponse.Rejected, "RE: the end; with a note."),
    (InvoiceResponse.Accepted, "AP."),
    (InvoiceResponse.Paid, "PD: the buyer says that he has paid; the seller's records are payments."));

public sealed class DeliveryStateType() : EnumType<DeliveryState>("How far something is that is sent out.",
    (DeliveryState.Pending, "Not tried yet, or there is no way to deliver it."),
    (DeliveryState.Retrying, "Tried in vain; it will be tried again."),
    (DeliveryState.Failed, "Given up."));

public sealed class PaymentType : ObjectGraphType<Payment>
{
    public PaymentType()
    {
        Name = "Payment";
        Description = "Money that the seller has received for an invoice.";
        Field<NonNullGraphType<MoneyType>>("amount").Resolve(context => context.Source.Amount);
        Field<NonNullGraphType<DateType>>("receivedOn").Resolve(context => context.Source.ReceivedOn);
        Field<NonNullGraphType<StringGraphType>>("reference").Description("What the payer wrote.").Resolve(context => context.Source.Reference);
        Field<NonNullGraphType<InstantType>>("recordedAt").Resolve(context => context.Source.RecordedAt);
    }
}

public sealed class DeliveryAttemptType : ObjectGraphType<DeliveryAttempt>
{
    public DeliveryAttemptType()
    {
        Name = "DeliveryAttempt";
        Description = "One try to send something.";
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.At);
        Field<IntGraphType>("status").Description("What the other side answered, as SMTP or HTTP status; null where it did not answer or has none.").Resolve(context => context.Source.Status);
        Field<NonNullGraphType<IntGraphType>>("durationMs").Resolve(context => context.Source.DurationMs);
        Field<StringGraphType>("error").Description("Null where it went well.").Resolve(context => context.Source.Error);
    }
}

public sealed class InvoiceEventType : ObjectGraphType<InvoiceEvent>
{
    public InvoiceEventType()
    {
        Name = "InvoiceEvent";
        Description = "Something that happened to an invoice. type: invoice.issued, paid, credited, replaced, answered, delivered, delivery-delayed or delivery-failed. actor: the caller's id, never a person's name.";
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.At);
        Field<NonNullGraphType<StringGraphType>>("type").Resolve(context => context.Source.Type);
        Field<NonNullGraphType<StringGraphType>>("actor").Resolve(context => context.Source.Actor);
        Field<StringGraphType>("note").Description("Reason or note that was given with it.").Resolve(context => context.Source.Note);
    }
}

/// <summary>The fields of an invoice that change after its issue.</summary>
internal static class InvoiceAccountFields
{
    public static void AddAccountFields(this ObjectGraphType<Invoice> type)
    {
        Add<NonNullGraphType<PaymentStateType>>("paymentState", a => a.PaymentState);
        Add<NonNullGraphType<MoneyType>>("paid", a => a.Paid, "Sum of the payments.");
        Add<NonNullGraphType<MoneyType>>("credited", a => a.Credited, "Sum of its credit notes.");
        Add<NonNullGraphType<MoneyType>>("outstanding", a => a.Outstanding, "What the buyer still owes: gross less credits and payments; negative where he gets money back. 0.00 of a credit note, and of an invoice that a correction replaces.");
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<PaymentType>>>>("payments")
            .Description("As recorded. A correction takes over those of the invoice that it replaces.")
            .Resolve(context => context.Request().Get<InvoicePaymentLoader>().Load(context.Source.Id));
        Add<InvoiceResponseType>("response", a => a.Response, "What the buyer said last; null where he has said nothing.");
        Add<NonNullGraphType<DeliveryStateType>>("deliveryState", a => a.DeliveryState, "Once DELIVERED it is not sent again.");
        Add<NonNullGraphType<ListGraphType<NonNullGraphType<DeliveryAttemptType>>>>("deliveryAttempts", a => a.DeliveryAttempts, "Oldest first.");
        type.Field<InvoiceType>("corrects").Description("The invoice that a credit note credits or a correction replaces.")
            .Resolve(context => context.Source.CorrectsId is { } id ? context.Request().Get<InvoiceLoader>().Load(id) : new Known<Invoice?>(null));
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<InvoiceType>>>>("correctedBy").Description("Its credit notes, or the correction that replaces it, oldest first.")
            .Resolve(context => context.Request().Get<CorrectionLoader>().Load(context.Source.Id));
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<InvoiceEventType>>>>("history").Description("Everything that happened to it, oldest first.")
            .Resolve(context => context.Request().Get<InvoiceHistoryLoader>().Load(context.Source.Id));

        void Add<TGraphType>(string name, Func<InvoiceAccount, object?> part, string? description = null)
            where TGraphType : IGraphType =>
            type.Field<TGraphType>(name).Description(description).Resolve(context => context.Request().Get<InvoiceAccountLoader>().Load(context.Source.Id).Then(account => part(account!)));
    }
}
