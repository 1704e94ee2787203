using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Billing;

/// <summary>The buyer says how he takes an invoice; what he says of paying is no payment.</summary>
public sealed class RecordInvoiceResponse : Operation<RecordInvoiceResponse.Input>
{
    public const int NoteLength = 1000;

    public sealed record Input(Guid InvoiceId, InvoiceResponse Response, string? Note);

    public override string Name => "recordInvoiceResponse";

    public override string Scope => "billing:write";

    public override IEnumerable<Refusal> Check(Input input) => InvoiceResponses.NeedsNote(input.Response)
        ? InputCheck.Text(input.Note, NoteLength, "input", "note")
        : InputCheck.OptionalText(input.Note, NoteLength, "input", "note");

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.SeenInvoiceAsync(input.InvoiceId, cancellationToken) is not { } invoice) return new NotFound(["input", "invoiceId"]);
        if (!work.Caller.ActsFor(invoice.BuyerId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "invoiceId"], [OrganisationRole.Customer]);
        InvoiceAccount account = await work.AccountToChangeAsync(invoice.Id, cancellationToken);
        if (account.Response is { } last && !InvoiceResponses.After(last).Contains(input.Response))
            return new InvalidState(BillingRefusals.ResponseOutOfOrder, ["input", "response"], ApiName.Of(last), InvoiceResponses.After(last) is [] ? [] : [Name])
            {
                Values = [ApiName.Of(last), string.Join(", ", InvoiceResponses.After(last).Select(ApiName.Of))],
            };
        account.Answer(input.Response, input.Note);
        return Outcome.Done(invoice.Id);
    }
}
