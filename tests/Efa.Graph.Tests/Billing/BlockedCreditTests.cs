using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>A run checks what it credits as it checks what it bills.</summary>
public sealed class BlockedCreditTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_credit_that_would_break_a_rule_is_blocked_and_holds_up_no_other(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero));
        foreach (string buyer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Aggregator }) await story.ActiveAsync(SmallMarket.Portal, buyer);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        // As an invoice of a time when nobody asked for the street.
        Invoice[] invoices = [.. await story.InvoicesAsync()];
        Invoice old = await WithoutStreetAsync(story, invoices[1]);
        await story.Store.ChangeAsync(context => context.Set<Order>().ExecuteUpdateAsync(o => o.SetProperty(x => x.EndsOn, new DateOnly(2026, 6, 30))));

        Guid run = await story.BeginRunAsync(SmallMarket.Govdigital, 2026);
        for (int step = 0; step < 20 && (await story.RunAsync(run)).State == BillingRunState.Running; step++)
            await story.DoAsync(new AdvanceBillingRun(pageSize: 1), new AdvanceBillingRun.Input(run, (await story.RunAsync(run)).Version), Caller.System);
        BillingRun again = await story.BillAsync(SmallMarket.Govdigital, 2026);

        foreach (BillingRun ended in new[] { await story.RunAsync(run), again })
        {
            BlockedBuyer blocked = Assert.Single(ended.Blocked);
            Assert.Equal((BillingRunState.Finished, old.BuyerId), (ended.State, blocked.BuyerId));
            Assert.Equal([("EFA-BUYER-STREET", "address.street", old.BuyerId)], blocked.Reasons.Select(r => (r.Rule, r.Field, r.SubjectId!.Value)));
            Assert.Equal(old.Lines.Select(l => l.OrderId).Distinct(), blocked.OrderIds);
        }
        Assert.Equal(invoices.Select(i => i.Id).Order(), (await story.InvoicesAsync()).FindAll(i => i.InvoiceKind == InvoiceKind.CreditNote).Select(i => i.CorrectsId!.Value).Order());
        Assert.DoesNotContain(await story.Store.ReadAsync(context => context.Set<EndedLine>().ToListAsync()), l => l.InvoiceId == old.Id);
        Assert.Equal(0m, (await story.AccountAsync(old.Id)).Credited);
        BillingPreview preview = (await story.Store.Get<BillingPreviews>().FindAsync(story.As(SmallMarket.Govdigital), story.Organisation(SmallMarket.Govdigital), 2026, CancellationToken.None))!;
        Assert.Empty(await story.Store.Get<BillingPreviews>().CreditsAsync(preview, null, 10, CancellationToken.None));
    }

    /// <summary>The same invoice once more, of a buyer without a street.</summary>
    private static async Task<Invoice> WithoutStreetAsync(MarketStory story, Invoice invoice)
    {
        Guid id = Guid.CreateVersion7(invoice.CreatedAt);
        var copy = new Invoice
        {
            Id = id,
            RunId = invoice.RunId,
            SellerId = invoice.SellerId,
            BuyerId = invoice.BuyerId,
            SellerParty = invoice.SellerParty,
            BuyerParty = invoice.BuyerParty with { Address = invoice.BuyerParty.Address! with { Street = "" } },
            BuyerReference = invoice.BuyerReference,
            OrderNumbers = invoice.OrderNumbers,
            IssuedOn = invoice.IssuedOn,
            DueOn = invoice.DueOn,
            PeriodFrom = invoice.PeriodFrom,
            PeriodTo = invoice.PeriodTo,
            Net = invoice.Net,
            Tax = invoice.Tax,
            Gross = invoice.Gross,
            CreatedAt = invoice.CreatedAt,
            Lines = [.. invoice.Lines.Select(l => l.For(id))],
            Taxes = [.. invoice.Taxes.Select(t => t.For(id))],
        };
        copy.NumberAs("GD-R-2025-000099");
        var document = InvoiceDocument.Of(copy);
        copy.KeepAs(document);
        await story.Store.ChangeAsync(context =>
        {
            context.AddRange(copy, document, InvoiceAccount.Open(copy));
            return Task.CompletedTask;
        });
        return copy;
    }
}
