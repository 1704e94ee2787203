using System.Text;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

public sealed class CreditInvoiceTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_whole_credit_mirrors_the_invoice_and_cancels_it(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();

        Invoice note = await story.CreditAsync(invoice.Id);

        Assert.Equal((InvoiceKind.CreditNote, "GD-R-2026-000002", invoice.Id, (Guid?)null, story.Store.Today), (note.InvoiceKind, note.Number, note.CorrectsId!.Value, note.RunId, note.IssuedOn));
        Assert.Equal((12_320.55m, 2_340.90m, 14_661.45m), (note.Net, note.Tax, note.Gross));
        Assert.Equal(invoice.Lines.Select(l => (l.Position, l.Quantity, l.UnitPrice, l.BaseQuantity, l.Net)), note.Lines.Select(l => (l.Position, l.Quantity, l.UnitPrice, l.BaseQuantity, l.Net)));
        InvoiceAccount account = await story.AccountAsync(invoice.Id), ofNote = await story.AccountAsync(note.Id);
        Assert.Equal((PaymentState.Cancelled, 14_661.45m, 0m), (account.PaymentState, account.Credited, account.Outstanding));
        Assert.Equal((PaymentState.Paid, 0m, 0m), (ofNote.PaymentState, ofNote.Credited, ofNote.Outstanding));
        Assert.Equal(["invoice.issued", "invoice.credited"], await story.EventsAsync(invoice.Id));
        Assert.Equal(["invoice.issued"], await story.EventsAsync(note.Id));

        Assert.StartsWith("""<?xml version="1.0" encoding="utf-8"?><CreditNote """, Encoding.UTF8.GetString(await story.BytesAsync(note)).ReplaceLineEndings(""), StringComparison.OrdinalIgnoreCase);
        EInvoice document = await story.DocumentAsync(note), credited = await story.DocumentAsync(invoice);
        Assert.Empty(InvoiceRules.Check(document));
        Assert.Equal((InvoiceKind.CreditNote, new PrecedingInvoice(invoice.Number, invoice.IssuedOn), (DateOnly?)null), (document.Kind, document.Corrects, document.DueOn));
        Assert.Equal([new DocumentNote("Stornorechnung: Die Rechnung GD-R-2026-000001 vom 15.02.2026 wird vollständig storniert. Grund: Falsch berechnet", DocumentNote.Reason)], document.Notes);
        Assert.Equal(new PaymentMeans(PaymentMeans.SetOff, "GD-R-2026-000002"), document.Payment);
        Assert.Equal(credited.Totals, document.Totals);
        Assert.Equal(["Korrektur der Position 1 der Rechnung GD-R-2026-000001", "Korrektur der Position 2 der Rechnung GD-R-2026-000001"], document.Lines.Select(l => l.Note));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Parts_of_lines_are_credited_until_exactly_nothing_is_left(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();

        Invoice first = await story.CreditAsync(invoice.Id, new CreditInvoice.Line(1, 100));
        // 19 % of 3,287.67 would be 624.66; of what is left 1,716.25 are charged.
        Assert.Equal((3_287.67m, 624.65m, 3_912.32m), (first.Net, first.Tax, first.Gross));
        Assert.Equal((1, 100m, "DAY", 12_000m, 365m), first.Lines.Select(l => (l.Position, l.Quantity, l.UnitCode, l.UnitPrice, l.BaseQuantity)).Single());
        Assert.Equal([("CREDIT_SHARE", "12.000,00 EUR × 100 / 365", 3_287.67m)], first.Lines[0].Steps.Select(s => (s.Code, s.Formula, s.Result)));
        Assert.Empty(InvoiceRules.Check(await story.DocumentAsync(first)));
        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((PaymentState.Open, 3_912.32m, 10_749.13m), (account.PaymentState, account.Credited, account.Outstanding));

        Invoice second = await story.CreditAsync(invoice.Id, new CreditInvoice.Line(2, 0.333333m), new CreditInvoice.Line(1, 0.5m));
        Invoice rest = await story.CreditAsync(invoice.Id);

        Invoice[] notes = [first, second, rest];
        Assert.Equal((12_320.55m, 2_340.90m, 14_661.45m), (notes.Sum(n => n.Net), notes.Sum(n => n.Tax), notes.Sum(n => n.Gross)));
        Assert.Equal(["GD-R-2026-000002", "GD-R-2026-000003", "GD-R-2026-000004"], notes.Select(n => n.Number));
        Assert.Equal([(1, 219.5m, "CREDIT_REST"), (2, 0.666667m, "CREDIT_REST")], rest.Lines.Select(l => (l.Position, l.Quantity, l.Steps[^1].Code)));
        foreach (Invoice note in notes)
        {
            Assert.Empty(InvoiceRules.Check(await story.DocumentAsync(note)));
            Assert.All(note.Lines, l => Assert.Equal(l.Net, Math.Round(l.Quantity * l.UnitPrice / l.BaseQuantity, 2, MidpointRounding.AwayFromZero)));
            Assert.All(note.Lines, l => Assert.Equal(l.Net, l.Steps[^1].Result));
            Assert.All(note.Lines.SelectMany(l => l.Steps), s => Assert.Equal(s.Result, FormulaReader.ResultOf(s)));
        }
        account = await story.AccountAsync(invoice.Id);
        Assert.Equal((PaymentState.Cancelled, 14_661.45m, 0m), (account.PaymentState, account.Credited, account.Outstanding));
        Assert.Equal("InvalidState INVOICE_CANCELLED input/invoiceId", await story.RefusedAsync(new CreditInvoice(), new CreditInvoice.Input(invoice.Id, null, "Noch einmal"), SmallMarket.Govdigital));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Of_32_credits_at_once_as_many_are_issued_as_the_line_holds(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        var input = new CreditInvoice.Input(invoice.Id, [new CreditInvoice.Line(1, 20)], "Ausfall");

        OperationResult[] results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => story.TryAsync(new CreditInvoice(), input, SmallMarket.Govdigital))));

        Assert.Equal(16, results.Count(r => r.Refusals.Count == 0));
        Assert.All(results.SelectMany(r => r.Refusals), r => Assert.Equal("CREDIT_EXCEEDS_LINE", r.Code.Name));
        Invoice[] notes = [.. (await story.InvoicesAsync()).Where(i => i.InvoiceKind == InvoiceKind.CreditNote)];
        Assert.Equal(Enumerable.Range(2, 16).Select(n => $"GD-R-2026-{n:D6}"), notes.Select(n => n.Number));
        Assert.Equal(invoice.Lines[0].Net, notes.Sum(n => n.Net));
        // 19 % of all less 19 % of the 1,800.00 that are left.
        Assert.Equal(2_340.90m - 342m, notes.Sum(n => n.Tax));
        Assert.Equal(notes.Sum(n => n.Gross), (await story.AccountAsync(invoice.Id)).Credited);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Money_that_was_paid_is_owed_back_after_a_credit(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        await story.DoAsync(new RecordPayment(), new RecordPayment.Input(invoice.Id, 14_661.45m, story.Store.Today, invoice.Number), story.As(SmallMarket.Govdigital));

        Invoice note = await story.CreditAsync(invoice.Id, new CreditInvoice.Line(2, 1));

        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((PaymentState.Overpaid, 2_142m, -2_142m), (account.PaymentState, note.Gross, account.Outstanding));
        await story.CreditAsync(invoice.Id);
        account = await story.AccountAsync(invoice.Id);
        Assert.Equal((PaymentState.Cancelled, -14_661.45m), (account.PaymentState, account.Outstanding));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_credit_of_what_is_not_taxable_names_no_vat_id(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Invoice sovereign = (await story.InvoicesAsync()).Single(i => i.Tax == 0);

        Invoice note = await story.CreditAsync(sovereign.Id);

        EInvoice document = await story.DocumentAsync(note);
        Assert.Empty(InvoiceRules.Check(document));
        Assert.Equal((438.36m, 0m, VatCategory.O, (string?)null), (document.Totals.Gross, document.Totals.Tax, document.Lines[0].Tax.Category, document.Seller.VatId));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_credit_that_cannot_be_is_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        var good = new CreditInvoice.Input(invoice.Id, [new CreditInvoice.Line(1, 1)], "Ausfall");

        Assert.Equal("Invalid REQUIRED input/reason", await RefusedAsync(good with { Reason = "" }));
        Assert.Equal("Invalid TOO_LONG input/reason", await RefusedAsync(good with { Reason = new string('x', 5_000) }));
        Assert.Equal("Invalid TEXT_INVALID input/reason", await RefusedAsync(good with { Reason = "a\u0001" }));
        // What is no control character, but forbidden in XML, is found by the rules of the document.
        Assert.Equal("InvoiceRuleBroken INVOICE_RULE_BROKEN notes", await RefusedAsync(good with { Reason = "a\uffff" }));
        Assert.Equal("Invalid REQUIRED input/lines", await RefusedAsync(good with { Lines = [] }));
        Assert.Equal("Invalid DUPLICATE input/lines/1", await RefusedAsync(good with { Lines = [new(1, 1), new(1, 2)] }));
        Assert.Equal("Invalid QUANTITY_NOT_POSITIVE input/lines/0/quantity", await RefusedAsync(good with { Lines = [new(1, 0)] }));
        Assert.Equal("Invalid CREDIT_TOO_SMALL input/lines/0/quantity", await RefusedAsync(good with { Lines = [new(1, 0.000001m)] }));
        Assert.Equal("Invalid CREDIT_EXCEEDS_LINE input/lines/0/quantity", await RefusedAsync(good with { Lines = [new(1, 320.000001m)] }));
        Assert.Equal("Invalid LINE_UNKNOWN input/lines/1/position", await RefusedAsync(good with { Lines = [new(1, 1), new(3, 1)] }));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await RefusedAsync(good with { InvoiceId = Guid.NewGuid() }));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await story.RefusedAsync(new CreditInvoice(), good, SmallMarket.Lippe));
        Assert.Equal("PermissionDenied PERMISSION_DENIED input/invoiceId", await story.RefusedAsync(new CreditInvoice(), good, SmallMarket.Aachen));

        Invoice note = await story.CreditAsync(invoice.Id, new CreditInvoice.Line(2, 1));
        Assert.Equal("Invalid CREDIT_OF_CREDIT_NOTE input/invoiceId", await RefusedAsync(good with { InvoiceId = note.Id }));
        Assert.Equal("Invalid CREDIT_EXCEEDS_LINE input/lines/0/quantity", await RefusedAsync(good with { Lines = [new(2, 0.5m)] }));

        Task<string> RefusedAsync(CreditInvoice.Input input) => story.RefusedAsync(new CreditInvoice(), input, SmallMarket.Govdigital);
    }
}
