using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>The seller issues an invoice anew, because it was made of wrong master data; its lines and sums stay.</summary>
public sealed class CorrectInvoice : Operation<CorrectInvoice.Input>
{
    public const int ReasonLength = 1000;

    public sealed record Input(Guid InvoiceId, string Reason, DateOnly IssueOn, DateOnly DueOn);

    public override string Name => "correctInvoice";

    public override string Scope => "billing:write";

    public override IEnumerable<Refusal> Check(Input input)
    {
        foreach (Refusal refusal in InputCheck.Text(input.Reason, ReasonLength, "input", "reason")) yield return refusal;
        if (input.DueOn < input.IssueOn) yield return new Invalid(BillingRefusals.DueBeforeIssue, ["input", "dueOn"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.SeenInvoiceAsync(input.InvoiceId, cancellationToken) is not { } seen) return new NotFound(["input", "invoiceId"]);
        if (!work.Caller.ActsFor(seen.SellerId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "invoiceId"], [OrganisationRole.Seller]);
        if (seen.InvoiceKind == InvoiceKind.CreditNote) return new Invalid(BillingRefusals.CorrectionOfCreditNote, ["input", "invoiceId"]);
        if (BillingRefusals.AgainstIssueOn(input.IssueOn, work.Today) is { } tooEarlyOrLate) return tooEarlyOrLate;
        InvoiceAccount account = await work.AccountToChangeAsync(seen.Id, cancellationToken);
        if (account.PaymentState == PaymentState.Cancelled) return BillingRefusals.Cancelled();
        if (account.Credited > 0) return new Invalid(BillingRefusals.CorrectionOfCredited, ["input", "invoiceId"]);

        Invoice invoice = (await work.Context.RestsAsync([seen.Id], cancellationToken)).Single().Invoice;
        Guid[] parties = [invoice.SellerId, invoice.BuyerId];
        Dictionary<Guid, Organisation> today = await work.Context.Set<Organisation>().AsNoTracking().Include(o => o.Contacts).Where(o => parties.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        Invoice correction = InvoiceIssue.Anew(invoice, today[invoice.SellerId], today[invoice.BuyerId], new IssueTerms(RunId: null, input.IssueOn, input.DueOn, work.Now), input.Reason);
        if (BlockReason.Against(correction).Select(r => new InvoiceRuleBroken(r)).ToArray() is { Length: > 0 } broken) return Outcome.Refused(broken);
        account.GiveWayTo(work.Issue(correction, today[invoice.SellerId]), input.Reason);
        return Outcome.Done(correction.Id);
    }
}
