using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

public sealed class RecordPaymentTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Payments_add_up_from_open_to_overpaid(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        await AssertStandsAsync(story, invoice, PaymentState.Open, 0m, 14_661.45m);

        await PayAsync(story, invoice, 4_000m);
        await AssertStandsAsync(story, invoice, PaymentState.PartiallyPaid, 4_000m, 10_661.45m);
        await PayAsync(story, invoice, 10_661.45m);
        await AssertStandsAsync(story, invoice, PaymentState.Paid, 14_661.45m, 0m);
        await PayAsync(story, invoice, 0.55m);
        await AssertStandsAsync(story, invoice, PaymentState.Overpaid, 14_662m, -0.55m);

        Payment[] payments = [.. (await story.AccountAsync(invoice.Id)).Payments];
        Assert.Equal([4_000m, 10_661.45m, 0.55m], payments.Select(p => p.Amount));
        Assert.All(payments, p => Assert.Equal(("RE gd r 2026 000001, Stadt Aachen", new DateOnly(2026, 2, 14)), (p.Reference, p.ReceivedOn)));
        Assert.Equal(["invoice.issued", "invoice.paid", "invoice.paid", "invoice.paid"], await story.EventsAsync(invoice.Id));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Of_32_payments_at_once_each_counts(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();

        OperationResult[] results = await Task.WhenAll(Enumerable.Range(1, 32).Select(cents => Task.Run(() => story.TryAsync(new RecordPayment(), Input(invoice, cents / 100m), SmallMarket.Govdigital))));

        Assert.All(results, r => Assert.Empty(r.Refusals));
        await AssertStandsAsync(story, invoice, PaymentState.PartiallyPaid, 5.28m, 14_656.17m);
        Assert.Equal((33, 32), ((await story.AccountAsync(invoice.Id)).Version, (await story.AccountAsync(invoice.Id)).Payments.Count));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_is_no_payment_of_this_invoice_is_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        RecordPayment.Input good = Input(invoice, 1m);

        foreach (decimal amount in new[] { 0m, -1m }) Assert.Equal("Invalid PAYMENT_NOT_POSITIVE input/amount", await RefusedAsync(good with { Amount = amount }));
        Assert.Equal("Invalid SUM_DECIMALS_TOO_MANY input/amount", await RefusedAsync(good with { Amount = 1.001m }));
        Assert.Equal("Invalid RECEIVED_IN_FUTURE input/receivedOn", await RefusedAsync(good with { ReceivedOn = story.Store.Today.AddDays(1) }));
        foreach (string reference in new[] { "GD-R-2026-000002", "GD-R-2026-0000012", "XGD-R-2026-000001", "Danke" })
            Assert.Equal("Invalid REFERENCE_UNKNOWN input/reference", await RefusedAsync(good with { Reference = reference }));
        Assert.Equal("Invalid REQUIRED input/reference", await RefusedAsync(good with { Reference = " " }));
        Assert.Equal("Invalid TOO_LONG input/reference", await RefusedAsync(good with { Reference = good.Reference.PadRight(5_000, 'x') }));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await RefusedAsync(good with { InvoiceId = Guid.NewGuid() }));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await story.RefusedAsync(new RecordPayment(), good, SmallMarket.Lippe));
        Assert.Equal("PermissionDenied PERMISSION_DENIED input/invoiceId", await story.RefusedAsync(new RecordPayment(), good, SmallMarket.Aachen));

        Invoice note = await story.CreditAsync(invoice.Id);
        Assert.Equal("Invalid PAYMENT_OF_CREDIT_NOTE input/invoiceId", await RefusedAsync(good with { InvoiceId = note.Id, Reference = note.Number }));
        Assert.Equal("InvalidState INVOICE_CANCELLED input/invoiceId", await RefusedAsync(good));

        Task<string> RefusedAsync(RecordPayment.Input input) => story.RefusedAsync(new RecordPayment(), input, SmallMarket.Govdigital);
    }

    private static RecordPayment.Input Input(Invoice invoice, decimal amount) => new(invoice.Id, amount, new DateOnly(2026, 2, 14), "RE gd r 2026 000001, Stadt Aachen");

    private static async Task PayAsync(MarketStory story, Invoice invoice, decimal amount)
    {
        await story.DoAsync(new RecordPayment(), Input(invoice, amount), story.As(SmallMarket.Govdigital));
        story.Store.Clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    private static async Task AssertStandsAsync(MarketStory story, Invoice invoice, PaymentState state, decimal paid, decimal outstanding)
    {
        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((state, paid, outstanding, 0m), (account.PaymentState, account.Paid, account.Outstanding, account.Credited));
    }
}
