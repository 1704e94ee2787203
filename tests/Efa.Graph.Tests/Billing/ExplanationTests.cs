using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class ExplanationTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Years_later_each_line_is_computed_again_from_what_it_says_of_itself(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid[] users = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Pappenheim)];
        await story.ActiveAsync(SmallMarket.Inhabitants, SmallMarket.Aggregator, change: i => i with { UsedByIds = users });
        await story.ActiveAsync(SmallMarket.Packages, SmallMarket.Aachen, change: i => i with { PackageCode = "M" });
        Order portal = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Lippe);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Invoice credited = (await story.InvoicesAsync()).Single(i => i.BuyerId == portal.BillToId);
        await story.CreditAsync(credited.Id, new CreditInvoice.Line(1, 7));
        await story.CreditAsync(credited.Id);
        Dictionary<Guid, string> pages = (await story.InvoicesAsync()).ToDictionary(i => i.Id, i => InvoiceView.Html(ElectronicInvoice.Of(i)));

        story.Store.Clock.Advance(TimeSpan.FromDays(8 * 365));
        await story.Store.ChangeAsync(async context =>
        {
            await context.Set<Order>().ExecuteUpdateAsync(o => o.SetProperty(x => x.PricingJson, "{}").SetProperty(x => x.QuoteJson, "{}"));
            await context.Set<Organisation>().ExecuteUpdateAsync(o => o.SetProperty(x => x.Name, "Anders").SetProperty(x => x.Population, 1).SetProperty(x => x.VatId, (string?)null));
        });

        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal(6, invoices.Count);
        foreach (Invoice invoice in invoices)
        {
            Assert.All(invoice.Lines.SelectMany(l => l.Steps), s => Assert.Equal(s.Result, FormulaReader.ResultOf(s)));
            Assert.All(invoice.Lines, l => Assert.Equal((l.Net, l.Net), (l.Steps[^1].Result, Cents.Round(l.Quantity * l.UnitPrice / l.BaseQuantity))));
            Assert.Equal(invoice.Net, invoice.Lines.Sum(l => l.Net));
            Assert.Equal(invoice.Gross, invoice.Net + invoice.Taxes.Sum(t => t.Tax));
            Assert.Equal(await story.BytesAsync(invoice), InvoiceDocument.Of(invoice).Bytes);
            Assert.Equal(pages[invoice.Id], InvoiceView.Html(ElectronicInvoice.Of(invoice)));
        }
        Invoice[] notes = [.. invoices.Where(i => i.InvoiceKind == InvoiceKind.CreditNote)];
        Assert.Equal((credited.Net, credited.Tax), (notes.Sum(n => n.Net), notes.Sum(n => n.Tax)));
        Assert.All(notes, n => Assert.Contains($"Rechnungskorrektur {n.Number}", pages[n.Id], StringComparison.Ordinal));
    }
}
