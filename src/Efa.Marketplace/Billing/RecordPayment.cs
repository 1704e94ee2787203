using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Billing;

/// <summary>The seller has received money for an invoice: all of it, a part or too much.</summary>
public sealed class RecordPayment : Operation<RecordPayment.Input>
{
    public sealed record Input(Guid InvoiceId, decimal Amount, DateOnly ReceivedOn, string Reference);

    public override string Name => "recordPayment";

    public override string Scope => "billing:write";

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.Amount <= 0) yield return new Invalid(BillingRefusals.PaymentNotPositive, ["input", "amount"]);
        else if (Cents.Round(input.Amount) != input.Amount) yield return new Invalid(PriceRefusals.SumDecimals, ["input", "amount"]);
        foreach (Refusal refusal in InputCheck.Text(input.Reference, Payment.ReferenceLength, "input", "reference")) yield return refusal;
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.SeenInvoiceAsync(input.InvoiceId, cancellationToken) is not { } invoice) return new NotFound(["input", "invoiceId"]);
        if (!work.Caller.ActsFor(invoice.SellerId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "invoiceId"], [OrganisationRole.Seller]);
        if (invoice.InvoiceKind == InvoiceKind.CreditNote) return new Invalid(BillingRefusals.PaymentOfCreditNote, ["input", "invoiceId"]);
        if (input.ReceivedOn > work.Today) return new Invalid(BillingRefusals.ReceivedInFuture, ["input", "receivedOn"]);
        if (!PaymentReference.Names(input.Reference, invoice)) return new Invalid(BillingRefusals.ReferenceUnknown, ["input", "reference"]) { Values = [invoice.PaymentReference] };
        InvoiceAccount account = await work.AccountToChangeAsync(invoice.Id, cancellationToken);
        if (account.PaymentState == PaymentState.Cancelled) return BillingRefusals.Cancelled();

        account.Receive(new Payment
        {
            Id = Guid.CreateVersion7(work.Now),
            InvoiceId = invoice.Id,
            Amount = input.Amount,
            ReceivedOn = input.ReceivedOn,
            Reference = input.Reference,
            RecordedAt = work.Now,
        });
        return Outcome.Done(invoice.Id);
    }
}
