using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class CorrectInvoiceTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_correction_has_the_parties_of_today_and_the_sums_of_the_invoice(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice wrong = await story.BilledAsync();
        await story.DoAsync(new RecordPayment(), new RecordPayment.Input(wrong.Id, 661.45m, story.Store.Today, wrong.Number), story.As(SmallMarket.Govdigital));
        await ChangeBuyerAsync(story, b => (b.Name, b.LeitwegId) = ("Stadt Aachen, Kämmerei", "05-TEST-85"));

        Invoice correction = await CorrectAsync(story, wrong);

        Assert.Equal((InvoiceKind.Correction, "GD-R-2026-000002", wrong.Id, "Stadt Aachen, Kämmerei", "05-TEST-85"),
            (correction.InvoiceKind, correction.Number, correction.CorrectsId!.Value, correction.BuyerParty.Name, correction.BuyerReference));
        Assert.Equal((wrong.Net, wrong.Tax, wrong.Gross), (correction.Net, correction.Tax, correction.Gross));
        Assert.Equal(wrong.Lines.Select(l => (l.Position, l.Description, l.Quantity, l.UnitPrice, l.Net, l.Steps.Count)), correction.Lines.Select(l => (l.Position, l.Description, l.Quantity, l.UnitPrice, l.Net, l.Steps.Count)));
        InvoiceAccount replaced = await story.AccountAsync(wrong.Id), account = await story.AccountAsync(correction.Id);
        Assert.Equal((PaymentState.Cancelled, true, 0m, 0m, 0), (replaced.PaymentState, replaced.IsReplaced, replaced.Paid, replaced.Outstanding, replaced.Payments.Count));
        Assert.Equal((PaymentState.PartiallyPaid, false, 661.45m, 14_000m, 1), (account.PaymentState, account.IsReplaced, account.Paid, account.Outstanding, account.Payments.Count));
        Assert.Equal(["invoice.issued", "invoice.paid", "invoice.replaced"], await story.EventsAsync(wrong.Id));

        EInvoice document = await story.DocumentAsync(correction);
        Assert.Empty(InvoiceRules.Check(document));
        Assert.Equal((InvoiceKind.Correction, new PrecedingInvoice(wrong.Number, wrong.IssuedOn), "Stadt Aachen, Kämmerei"), (document.Kind, document.Corrects, document.Buyer.Name));
        Assert.Equal([new DocumentNote("Diese Rechnung ersetzt die Rechnung GD-R-2026-000001 vom 15.02.2026. Grund: Falsche Empfängerin", DocumentNote.Reason)], document.Notes);
        Assert.Equal("Stadt Aachen", (await story.DocumentAsync(wrong)).Buyer.Name);

        // The buyer may name the invoice that he has got first, and a correction can be wrong as well.
        await story.DoAsync(new RecordPayment(), new RecordPayment.Input(correction.Id, 14_000m, story.Store.Today, wrong.Number), story.As(SmallMarket.Govdigital));
        Assert.Equal(PaymentState.Paid, (await story.AccountAsync(correction.Id)).PaymentState);
        Assert.Equal("GD-R-2026-000003", (await CorrectAsync(story, correction)).Number);
        InvoiceTotals totals = await story.Store.ReadAsync(context => context.InvoicesVisibleTo(Caller.System).TotalsAsync(CancellationToken.None));
        Assert.Equal(new InvoiceTotals(12_320.55m, 2_340.90m, 14_661.45m, 14_661.45m, 0m), totals);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_correction_that_would_break_a_rule_or_has_nothing_to_replace_is_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        CorrectInvoice.Input good = Input(story, invoice);

        Assert.Equal("Invalid REQUIRED input/reason", await RefusedAsync(good with { Reason = " " }));
        Assert.Equal("Invalid TOO_LONG input/reason", await RefusedAsync(good with { Reason = new string('x', 5_000) }));
        Assert.Equal("Invalid DUE_BEFORE_ISSUE input/dueOn", await RefusedAsync(good with { DueOn = good.IssueOn.AddDays(-1) }));
        Assert.Equal("Invalid ISSUE_OUT_OF_RANGE input/issueOn", await RefusedAsync(good with { IssueOn = story.Store.Today.AddDays(-1) }));
        Assert.Equal("Invalid ISSUE_OUT_OF_RANGE input/issueOn", await RefusedAsync(good with { IssueOn = new DateOnly(2028, 1, 1), DueOn = new DateOnly(2028, 1, 1) }));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await RefusedAsync(good with { InvoiceId = Guid.NewGuid() }));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await story.RefusedAsync(new CorrectInvoice(), good, SmallMarket.Lippe));
        Assert.Equal("PermissionDenied PERMISSION_DENIED input/invoiceId", await story.RefusedAsync(new CorrectInvoice(), good, SmallMarket.Aachen));
        await ChangeBuyerAsync(story, b => b.LeitwegId = "05-AACHEN-31");
        Assert.Equal("InvoiceRuleBroken INVOICE_RULE_BROKEN leitwegId", await RefusedAsync(good));
        await ChangeBuyerAsync(story, b => (b.LeitwegId, b.VatId) = ("05-AACHEN-30", "123456789"));
        Assert.Equal("InvoiceRuleBroken INVOICE_RULE_BROKEN vatId", await RefusedAsync(good));
        await ChangeBuyerAsync(story, b => b.VatId = null);

        Invoice note = await story.CreditAsync(invoice.Id, new CreditInvoice.Line(2, 1));
        Assert.Equal("Invalid CORRECTION_OF_CREDIT_NOTE input/invoiceId", await RefusedAsync(good with { InvoiceId = note.Id }));
        Assert.Equal("Invalid CORRECTION_OF_CREDITED input/invoiceId", await RefusedAsync(good));
        await story.CreditAsync(invoice.Id);
        Assert.Equal("InvalidState INVOICE_CANCELLED input/invoiceId", await RefusedAsync(good));

        Task<string> RefusedAsync(CorrectInvoice.Input input) => story.RefusedAsync(new CorrectInvoice(), input, SmallMarket.Govdigital);
    }

    private static CorrectInvoice.Input Input(MarketStory story, Invoice invoice) => new(invoice.Id, "Falsche Empfängerin", story.Store.Today, story.Store.Today.AddDays(14));

    private static async Task<Invoice> CorrectAsync(MarketStory story, Invoice invoice) =>
        await story.InvoiceAsync(await story.DoAsync(new CorrectInvoice(), Input(story, invoice), story.As(SmallMarket.Govdigital)));

    private static Task ChangeBuyerAsync(MarketStory story, Action<Organisation> change)
    {
        Guid id = story.Organisation(SmallMarket.Aachen);
        return story.Store.ChangeAsync(async context => change(await context.Set<Organisation>().SingleAsync(o => o.Id == id)));
    }
}
