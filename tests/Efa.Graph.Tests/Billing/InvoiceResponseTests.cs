using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

public sealed class InvoiceResponseTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [Theory]
    [InlineData(null, "ACKNOWLEDGED IN_PROCESS UNDER_QUERY CONDITIONALLY_ACCEPTED REJECTED ACCEPTED PAID")]
    [InlineData(InvoiceResponse.Acknowledged, "IN_PROCESS UNDER_QUERY CONDITIONALLY_ACCEPTED REJECTED ACCEPTED PAID")]
    [InlineData(InvoiceResponse.InProcess, "UNDER_QUERY CONDITIONALLY_ACCEPTED REJECTED ACCEPTED PAID")]
    [InlineData(InvoiceResponse.UnderQuery, "IN_PROCESS CONDITIONALLY_ACCEPTED REJECTED ACCEPTED PAID")]
    [InlineData(InvoiceResponse.ConditionallyAccepted, "ACCEPTED PAID")]
    [InlineData(InvoiceResponse.Accepted, "PAID")]
    [InlineData(InvoiceResponse.Rejected, "")]
    [InlineData(InvoiceResponse.Paid, "")]
    public void Decisions_are_not_taken_back(InvoiceResponse? last, string following) =>
        Assert.Equal(following, string.Join(' ', InvoiceResponses.After(last).Select(ApiName.Of)));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_buyer_answers_step_by_step_and_that_is_no_payment(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        Assert.Null((await story.AccountAsync(invoice.Id)).Response);

        foreach (InvoiceResponse response in new[] { InvoiceResponse.Acknowledged, InvoiceResponse.UnderQuery, InvoiceResponse.Accepted, InvoiceResponse.Paid })
        {
            await story.DoAsync(new RecordInvoiceResponse(), new RecordInvoiceResponse.Input(invoice.Id, response, InvoiceResponses.NeedsNote(response) ? "Welcher Vertrag?" : null), story.As(SmallMarket.Aachen));
            Assert.Equal(response, (await story.AccountAsync(invoice.Id)).Response);
        }

        InvoiceAccount account = await story.AccountAsync(invoice.Id);
        Assert.Equal((PaymentState.Open, 14_661.45m, 0m), (account.PaymentState, account.Outstanding, account.Paid));
        Assert.Equal(["invoice.issued", "invoice.answered", "invoice.answered", "invoice.answered", "invoice.answered"], await story.EventsAsync(invoice.Id));
        Assert.Equal("InvalidState RESPONSE_OUT_OF_ORDER input/response", await story.RefusedAsync(new RecordInvoiceResponse(), new RecordInvoiceResponse.Input(invoice.Id, InvoiceResponse.Accepted, null), SmallMarket.Aachen));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_answer_out_of_order_without_reason_or_by_somebody_else_is_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Invoice invoice = await story.BilledAsync();
        var good = new RecordInvoiceResponse.Input(invoice.Id, InvoiceResponse.Rejected, "Vertrag gekündigt");

        foreach (InvoiceResponse response in new[] { InvoiceResponse.UnderQuery, InvoiceResponse.ConditionallyAccepted, InvoiceResponse.Rejected })
            Assert.Equal("Invalid REQUIRED input/note", await RefusedAsync(good with { Response = response, Note = null }, SmallMarket.Aachen));
        Assert.Equal("Invalid TOO_LONG input/note", await RefusedAsync(good with { Note = new string('x', 5_000) }, SmallMarket.Aachen));
        Assert.Equal("Invalid TEXT_INVALID input/note", await RefusedAsync(good with { Note = "a\u0001" }, SmallMarket.Aachen));
        Assert.Equal("PermissionDenied PERMISSION_DENIED input/invoiceId", await RefusedAsync(good, SmallMarket.Govdigital));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await RefusedAsync(good, SmallMarket.Lippe));
        Assert.Equal("NotFound NOT_FOUND input/invoiceId", await RefusedAsync(good with { InvoiceId = Guid.NewGuid() }, SmallMarket.Aachen));

        await story.DoAsync(new RecordInvoiceResponse(), good, story.As(SmallMarket.Aachen));
        foreach (InvoiceResponse response in Enum.GetValues<InvoiceResponse>())
            Assert.Equal("InvalidState RESPONSE_OUT_OF_ORDER input/response", await RefusedAsync(good with { Response = response }, SmallMarket.Aachen));

        Task<string> RefusedAsync(RecordInvoiceResponse.Input input, string party) => story.RefusedAsync(new RecordInvoiceResponse(), input, party);
    }
}
