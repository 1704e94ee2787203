using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>Everything that adds to an invoice's account, at once.</summary>
public sealed class AccountRaceTests
{
    private const int Rounds = 5;
    private const int Payments = 6;

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Payments_credits_and_a_correction_at_once_leave_no_account_wrong(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        for (int round = 0; round < Rounds; round++)
        {
            await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
            await story.BillAsync(SmallMarket.Govdigital, 2026);
            Invoice invoice = (await story.InvoicesAsync()).Where(i => i.InvoiceKind == InvoiceKind.Invoice).MaxBy(i => i.Number, StringComparer.Ordinal)!;

            Task<OperationResult>[] started =
            [
                .. Enumerable.Range(1, Payments).Select(euros => Start(() => PayAsync(story, invoice, euros))),
                .. Enumerable.Range(1, 4).Select(days => Start(() => CreditAsync(story, invoice, [new(1, days)]))),
                Start(() => CreditAsync(story, invoice, lines: null)),
                Start(() => story.TryAsync(new CorrectInvoice(), new CorrectInvoice.Input(invoice.Id, "Falsche Anschrift", story.Store.Today, story.Store.Today.AddDays(30)), SmallMarket.Govdigital)),
            ];
            OperationResult[] results = await Task.WhenAll(started);

            Assert.Empty(results.SelectMany(r => r.Refusals).Select(r => r.Code.Name).Except(["INVOICE_CANCELLED", "CORRECTION_OF_CREDITED", "CREDIT_EXCEEDS_LINE"]));
            List<InvoiceAccount> accounts = [await story.AccountAsync(invoice.Id)];
            if (results[^1].Subject is { } correction) accounts.Add(await story.AccountAsync(correction));
            await AssertBalancedAsync(story, accounts);
            // Every payment that was accepted stands on exactly one account.
            decimal[] accepted = [.. results[..Payments].Index().Where(r => r.Item.Refusals.Count == 0).Select(r => r.Index + 1m)];
            Assert.Equal(accepted, accounts.SelectMany(a => a.Payments).Select(p => p.Amount).Order());
            Assert.Equal(results[Payments..^1].Count(r => r.Refusals.Count == 0), (await story.InvoicesAsync()).Count(i => i.InvoiceKind == InvoiceKind.CreditNote && i.CorrectsId == invoice.Id));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_run_and_a_hand_credit_an_ended_contract_at_once_and_never_too_much(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero));
        for (int round = 0; round < Rounds; round++)
        {
            Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
            await story.BillAsync(SmallMarket.Govdigital, 2026);
            Invoice invoice = (await story.InvoicesAsync()).Single(i => i.InvoiceKind == InvoiceKind.Invoice && i.Lines.Any(l => l.OrderId == order.Id));
            await story.Store.ChangeAsync(context => context.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.EndsOn, new DateOnly(2026, 6, 30))));
            CreditInvoice.Line[]? lines = round % 2 == 0 ? null : [new CreditInvoice.Line(1, 0.9m)];

            Task<OperationResult> hand = Start(() => CreditAsync(story, invoice, lines));
            Task<BillingRun> run = Start(() => story.BillAsync(SmallMarket.Govdigital, 2026));
            await Task.WhenAll(hand, run);

            OperationResult credited = await hand;
            Assert.Equal(BillingRunState.Finished, (await run).State);
            Assert.Empty(credited.Refusals.Select(r => r.Code.Name).Except(["CREDIT_EXCEEDS_LINE"]));
            // Of 12,000.00 the days after the end, or what the hand had left of them; of the 1,800.00 only what the hand took.
            InvoiceAccount account = await story.AccountAsync(invoice.Id);
            await AssertBalancedAsync(story, [account]);
            decimal net = (await story.InvoicesAsync()).Where(i => i.CorrectsId == invoice.Id).Sum(i => i.Net);
            Assert.Equal(lines is null ? 13_800m : credited.Refusals.Count > 0 ? 6_049.32m : 12_000m, net);
        }
    }

    private static Task<T> Start<T>(Func<Task<T>> work) => Task.Run(work);

    private static Task<OperationResult> PayAsync(MarketStory story, Invoice invoice, int euros) =>
        story.TryAsync(new RecordPayment(), new RecordPayment.Input(invoice.Id, euros, story.Store.Today, invoice.Number), SmallMarket.Govdigital);

    private static Task<OperationResult> CreditAsync(MarketStory story, Invoice invoice, CreditInvoice.Line[]? lines) =>
        story.TryAsync(new CreditInvoice(), new CreditInvoice.Input(invoice.Id, lines, "Falsch berechnet"), SmallMarket.Govdigital);

    private static async Task AssertBalancedAsync(MarketStory story, IReadOnlyCollection<InvoiceAccount> accounts)
    {
        List<Invoice> invoices = await story.InvoicesAsync();
        foreach (InvoiceAccount account in accounts)
        {
            Assert.Equal(account.IsReplaced ? 0 : account.Gross - account.Credited - account.Paid, account.Outstanding);
            Assert.Equal(invoices.Where(i => i.InvoiceKind == InvoiceKind.CreditNote && i.CorrectsId == account.Id).Sum(i => i.Gross), account.Credited);
            Assert.Equal(account.Payments.Sum(p => p.Amount), account.Paid);
            Assert.InRange(account.Credited, 0, account.Gross);
            // Nothing was accepted after the invoice was cancelled.
            List<LoggedEvent> events = await story.Store.ReadAsync(context => context.Set<LoggedEvent>().AsNoTracking().Where(e => e.SubjectId == account.Id).OrderBy(e => e.Position).ToListAsync());
            int cancelled = events.FindIndex(e => e.ToState == "CANCELLED");
            Assert.Equal(account.PaymentState == PaymentState.Cancelled ? events.Count - 1 : -1, cancelled);
        }
    }
}
