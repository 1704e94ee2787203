using Efa.Graph.Tests.Billing.XRechnung;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>What happens to invoices of the small market after their issue.</summary>
internal static class InvoiceStory
{
    /// <summary>An order is active from today and billed: 320 of 365 days of 12,000.00 and 1,800.00 once where nothing else is said.</summary>
    public static async Task<Invoice> BilledAsync(this MarketStory story, string offer = SmallMarket.Portal, string buyer = SmallMarket.Aachen)
    {
        await story.ActiveAsync(offer, buyer);
        await story.BillAsync(SmallMarket.Govdigital, story.Store.Today.Year);
        Guid id = story.Organisation(buyer);
        return (await story.InvoicesAsync()).First(i => i.BuyerId == id);
    }

    public static Task<InvoiceAccount> AccountAsync(this MarketStory story, Guid invoiceId) =>
        story.Store.ReadAsync(context => context.Set<InvoiceAccount>().Include(a => a.Payments.OrderBy(p => p.RecordedAt).ThenBy(p => p.Id)).AsNoTracking().SingleAsync(a => a.Id == invoiceId));

    public static async Task<Invoice> InvoiceAsync(this MarketStory story, Guid id) => (await story.InvoicesAsync()).Single(i => i.Id == id);

    public static async Task<EInvoice> DocumentAsync(this MarketStory story, Invoice invoice) => ReadInvoice.Of(await story.BytesAsync(invoice));

    public static Task<byte[]> BytesAsync(this MarketStory story, Invoice invoice) =>
        story.Store.ReadAsync(context => context.Set<InvoiceDocument>().Where(d => d.Sha256 == invoice.XmlSha256).Select(d => d.Bytes).SingleAsync());

    public static Task<List<string>> EventsAsync(this MarketStory story, Guid invoiceId) =>
        story.Store.ReadAsync(context => context.Set<LoggedEvent>().Where(e => e.SubjectId == invoiceId).OrderBy(e => e.Position).Select(e => e.Type).ToListAsync());

    public static Task<OperationResult> TryAsync<TInput>(this MarketStory story, Operation<TInput> operation, TInput input, string party)
        where TInput : notnull =>
        story.Store.Runner.RunAsync(operation, input, story.As(party), Guid.NewGuid().ToString(), CancellationToken.None);

    /// <summary>The only refusal of an operation that has changed nothing, by type, code and path.</summary>
    public static async Task<string> RefusedAsync<TInput>(this MarketStory story, Operation<TInput> operation, TInput input, string party)
        where TInput : notnull
    {
        OperationResult result = await story.Store.UnchangedAsync(() => story.TryAsync(operation, input, party));
        Refusal refusal = Assert.Single(result.Refusals);
        return $"{refusal.GetType().Name} {refusal.Code} {string.Join('/', refusal.Path)}";
    }

    public static async Task<Invoice> CreditAsync(this MarketStory story, Guid invoiceId, params CreditInvoice.Line[] lines) =>
        await story.InvoiceAsync(await story.DoAsync(new CreditInvoice(), new CreditInvoice.Input(invoiceId, lines.Length == 0 ? null : lines, "Falsch berechnet"), story.As(SmallMarket.Govdigital)));
}
