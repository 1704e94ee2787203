using Efa.Graph.Tests.Billing.XRechnung;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>The demo market is good enough to be billed: each direct offer is ordered by every member of two, and each invoice is an XRechnung.</summary>
public sealed class DemoBillingTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Whoever_may_order_in_the_demo_market_gets_invoices_that_break_no_rule(StoreKind kind)
    {
        MarketSeed seed = await SeedFiles.ReadAsync(Repository.PathOf("samples/data"), CancellationToken.None);
        await using MarketStory story = await MarketStory.BeginAsync(kind, seed: seed with { ApiClients = [] });
        var ordered = new HashSet<(string Offer, string Buyer)>();
        foreach (OfferSeed offer in seed.Offers.Where(o => o is { OrderingMode: OrderingMode.Direct, State: OfferState.Published }))
        {
            string[] buyers = [.. seed.Accreditations.Where(a => a.Seller == offer.Seller && a.State == AccreditationState.Granted).Select(a => a.Organisation)];
            // Everybody orders something, and everything is ordered.
            foreach (string buyer in buyers.Where((_, i) => i % 3 == ordered.Count % 3).Take(3))
                if (await OrderAsync(story, offer, buyer)) ordered.Add((offer.Key, buyer));
        }

        BillingRun[] runs = [await story.BillAsync("govdigital", 2026), await story.BillAsync("fitko", 2026)];

        // Uses are billed when the year is over and they are reported.
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2027, 1, 15, 9, 0, 0, TimeSpan.Zero));
        Guid[] counting = await story.Store.ReadAsync(context => context.Set<Order>().Where(o => o.CountsUses).Select(o => o.Id).ToArrayAsync());
        Assert.All(await story.BatchAsync(new ReportUsage(), new ReportUsage.Input([.. counting.Select(o => new ReportUsage.Row(o, 2026, 1_200))], BatchMode.Partial), Caller.System), row => Assert.Empty(row.Refusals));
        Assert.Equal(counting.Length, (await story.BillAsync("govdigital", 2026)).OrdersDone + (await story.BillAsync("fitko", 2026)).OrdersDone);

        Assert.Equal(18, ordered.Select(o => o.Offer).Distinct().Count());
        Assert.All(runs, run => Assert.Empty(run.Blocked));
        Assert.Equal(ordered.Count, runs.Sum(r => r.OrdersDone));
        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal(ordered.Select(o => story.Organisation(o.Buyer)).Distinct().Order(), invoices.Select(i => i.BuyerId).Distinct().Order());
        Dictionary<string, byte[]> documents = await story.Store.ReadAsync(context => context.Set<InvoiceDocument>().ToDictionaryAsync(d => d.Sha256, d => d.Bytes));
        Assert.Equal(invoices.Count, documents.Count);
        Assert.All(invoices, invoice =>
        {
            EInvoice read = ReadInvoice.Of(documents[invoice.XmlSha256]);
            Assert.Empty(InvoiceRules.Check(read));
            Assert.Equal((invoice.Number, invoice.Net, invoice.Tax, invoice.Gross), (read.Number, read.Totals.Net, read.Totals.Tax, read.Totals.Payable));
            Assert.Equal(invoice.Lines.Select(l => l.Net), read.Lines.Select(l => l.Net));
        });
    }

    /// <summary>False where the buyer may not order it.</summary>
    private static async Task<bool> OrderAsync(MarketStory story, OfferSeed offer, string buyer)
    {
        string? package = offer.Prices.OfType<PackagePrice>().FirstOrDefault()?.Packages[0].Code;
        PlaceOrder.Input input = await story.InputAsync(offer.Key, buyer, i => i with { PackageCode = package, ExpectedUses = 1_200 });
        OperationResult placed = await story.PlaceAsync(input, story.As(buyer));
        if (placed.Subject is not { } id) return false;
        await story.ActivateAsync(await story.OrderAsync(id));
        return true;
    }
}
