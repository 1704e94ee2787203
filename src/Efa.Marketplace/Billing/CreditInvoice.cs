using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>The seller takes back an invoice, whole or by line and quantity, with a credit note.</summary>
public sealed class CreditInvoice : Operation<CreditInvoice.Input>
{
    public const int ReasonLength = 1000;
    public const int MostLines = 1000;

    /// <param name="Quantity">In the unit of the invoice's line.</param>
    public sealed record Line(int Position, decimal Quantity);

    /// <param name="Lines">Null for all that is not credited yet.</param>
    public sealed record Input(Guid InvoiceId, IReadOnlyList<Line>? Lines, string Reason);

    public override string Name => "creditInvoice";

    public override string Scope => "billing:write";

    public override IEnumerable<Refusal> Check(Input input)
    {
        foreach (Refusal refusal in InputCheck.Text(input.Reason, ReasonLength, "input", "reason")) yield return refusal;
        if (input.Lines is not { } lines) yield break;
        if (lines.Count == 0) yield return new Invalid(OperationsRefusals.Required, ["input", "lines"]);
        foreach (Refusal refusal in InputCheck.Distinct([.. lines.Select(l => l.Position)], MostLines, "input", "lines")) yield return refusal;
        foreach ((int i, Line line) in lines.Index())
            if (line.Quantity <= 0)
                yield return new Invalid(BillingRefusals.QuantityNotPositive, PathOf(i, "quantity"));
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.SeenInvoiceAsync(input.InvoiceId, cancellationToken) is not { } seen) return new NotFound(["input", "invoiceId"]);
        if (!work.Caller.ActsFor(seen.SellerId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "invoiceId"], [OrganisationRole.Seller]);
        if (seen.InvoiceKind == InvoiceKind.CreditNote) return new Invalid(BillingRefusals.CreditOfCreditNote, ["input", "invoiceId"]);
        Organisation seller = await work.Context.Set<Organisation>().AsNoTracking().SingleAsync(o => o.Id == seen.SellerId, cancellationToken);
        InvoiceAccount account = await work.AccountToChangeAsync(seen.Id, cancellationToken);
        if (account.PaymentState == PaymentState.Cancelled) return BillingRefusals.Cancelled();

        InvoiceRest rest = (await work.Context.RestsAsync([seen.Id], cancellationToken)).Single();
        var credits = new List<LineCredit>();
        var refusals = new List<Refusal>();
        if (input.Lines is null) credits.AddRange(rest.Lines.Select(l => l.All()));
        foreach ((int i, Line wanted) in (input.Lines ?? []).Index())
        {
            if (rest.Invoice.Lines.All(l => l.Position != wanted.Position)) refusals.Add(new Invalid(BillingRefusals.LineUnknown, PathOf(i, "position")));
            else if (rest.Line(wanted.Position) is not { } line) refusals.Add(Exceeding(i, 0));
            else if (wanted.Quantity > line.Quantity) refusals.Add(Exceeding(i, line.Quantity));
            else if (line.Of(wanted.Quantity) is { } credit) credits.Add(credit);
            else refusals.Add(new Invalid(BillingRefusals.CreditTooSmall, PathOf(i, "quantity")));
        }
        if (refusals.Count > 0) return Outcome.Refused(refusals);

        Invoice note = CreditNote.Make(rest, credits, input.Reason, runId: null, work.Today, work.Now);
        if (BlockReason.Against(note).Select(r => new InvoiceRuleBroken(r)).ToArray() is { Length: > 0 } broken) return Outcome.Refused(broken);
        account.Credit(note.Gross, input.Reason);
        work.Issue(note, seller);
        return Outcome.Done(note.Id);
    }

    private static Invalid Exceeding(int line, decimal rest) =>
        new(BillingRefusals.CreditExceedsLine, PathOf(line, "quantity")) { Values = [rest.ToString("0.######", CultureInfo.InvariantCulture)] };

    private static string[] PathOf(int line, string field) => ["input", "lines", line.ToString(CultureInfo.InvariantCulture), field];
}
