using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>One step of a billing run: counts the orders, or bills some buyers and, after the last ones, credits what has ended and ends the run.</summary>
/// <remarks>A step is bound to the run's version, so a step that was done is not done again, whoever repeats it.</remarks>
internal sealed class AdvanceBillingRun(int pageSize = BillingPlan.PageSize) : Operation<AdvanceBillingRun.Input>
{
    public sealed record Input(Guid RunId, int Version);

    public override string Name => "advanceBillingRun";

    public override string Scope => "billing:write";

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.BillingRunToChangeAsync(input.RunId, cancellationToken) is not { } run) return new NotFound(["input", "runId"]);
        if (run.State != BillingRunState.Running || run.Version != input.Version) return Outcome.Done(run.Id);

        Organisation seller = await work.Context.Set<Organisation>().AsNoTracking().Include(o => o.Contacts).SingleAsync(o => o.Id == run.SellerId, cancellationToken);
        if (run.OrdersTotal is null)
        {
            run.Count(await work.Context.OrdersDue(seller.Id, run.Year, seller.Selling?.CarryOver ?? CarryOver.None, work.Today).CountAsync(cancellationToken));
            return Outcome.Done(run.Id);
        }

        BillingPosition? after = run is { ReachedBuyerId: { } buyer, ReachedOrderId: { } order } ? new BillingPosition(buyer, order) : null;
        var terms = new IssueTerms(run.Id, run.IssueOn, run.DueOn, work.Now);
        BillingPage page = await work.Context.BillingPageAsync(seller, run.Year, terms, after, cancellationToken, pageSize, Hold);
        foreach (BuyerBill bill in page.Bills) Issue(bill, run, seller, terms, work);
        if (page.Last is { } last) run.Advance(page.Orders, last.BuyerId, last.OrderId);
        if (!page.HasMore && await CreditEndedAsync(run, seller, terms, work, cancellationToken)) run.Finish(work.Now);
        return Outcome.Done(run.Id);

        Task Hold(IReadOnlyCollection<Guid> orders) => work.HoldAsync<Order>(orders, cancellationToken);
    }

    /// <summary>Credits some invoices whose contracts have ended; true after the last ones.</summary>
    private async Task<bool> CreditEndedAsync(BillingRun run, Organisation seller, IssueTerms terms, Work work, CancellationToken cancellationToken)
    {
        int most = Math.Min(pageSize, EndedContracts.PageSize);
        List<Guid> ids = await work.Context.InvoicesBeyondEnd(seller.Id, run.ReachedInvoiceId).Take(most + 1).ToListAsync(cancellationToken);
        bool more = ids.Count > most;
        if (more) ids.RemoveAt(most);
        if (ids.Count == 0) return true;
        IReadOnlyDictionary<Guid, InvoiceAccount> accounts = await work.AccountsToChangeAsync(ids, cancellationToken);
        foreach (EndedCredit credit in await work.Context.EndedCreditsAsync(seller.Id, ids, terms, cancellationToken))
        {
            if (credit is { IsBlocked: true, Note: { } draft })
            {
                run.Block(draft.BuyerId, credit.Reasons, [.. draft.Lines.Select(l => l.OrderId).Distinct()]);
                continue;
            }
            work.Context.AddRange(credit.Lines);
            if (credit.Note is not { } note) continue;
            accounts[note.CorrectsId!.Value].Credit(note.Gross, note.Note!);
            work.Issue(note, seller);
        }
        run.CreditEnded(ids[^1]);
        return !more;
    }

    private static void Issue(BuyerBill bill, BillingRun run, Organisation seller, IssueTerms terms, Work work)
    {
        // A buyer who was blocked in an earlier step of this run stays so: he is billed whole or not at all.
        BlockReason[] before = [.. run.Blocked.Where(b => b.BuyerId == bill.Buyer.Id).SelectMany(b => b.Reasons).Where(r => r.BlocksBuyer)];
        if (before.Length > 0 && bill.Invoices.Count > 0) bill = bill with { Reasons = before };
        bool blocked = bill.IsBlocked;
        if (bill.NotBilled is { Count: > 0 } orders) run.Block(bill.Buyer.Id, bill.AllReasons, orders);
        if (!blocked)
            foreach (DraftInvoice draft in bill.Invoices)
                work.Issue(InvoiceIssue.Make(draft, seller, bill.Buyer, terms), seller);

        // What costs nothing needs no invoice, and is done also where the buyer is blocked.
        foreach (DueOrder order in bill.Orders.Where(o => !blocked || o.Lines.Count == 0))
        {
            foreach (UsageReport report in order.Parts.Where(p => p.Part == BilledPart.Usage).Select(p => order.Order.UsageIn(p.Year)).OfType<UsageReport>())
            {
                work.Context.Attach(report);
                report.Bill();
            }
            work.Context.AddRange(order.Parts.Select(p => new BilledPeriod { OrderId = order.OrderId, Part = p.Part, Year = p.Year, From = p.From, To = p.To, RunId = run.Id }));
        }
    }
}
