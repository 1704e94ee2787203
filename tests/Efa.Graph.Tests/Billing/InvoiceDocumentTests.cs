using System.Security.Cryptography;
using Efa.Graph.Tests.Billing.XRechnung;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class InvoiceDocumentTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_document_says_what_the_invoice_says_and_breaks_no_rule(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Residence, SmallMarket.Brandenburg);

        await story.BillAsync(SmallMarket.Govdigital, 2026);
        await story.BillAsync(SmallMarket.Fitko, 2026);

        List<Invoice> invoices = [.. (await story.InvoicesAsync()).OrderBy(i => i.Number, StringComparer.Ordinal)];
        Assert.Equal(["FITKO-R-2026-000001", "GD-R-2026-000001", "GD-R-2026-000002"], invoices.Select(i => i.Number));
        foreach (Invoice invoice in invoices)
        {
            InvoiceDocument document = await DocumentAsync(story, invoice);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(document.Bytes)), invoice.XmlSha256);
            Assert.Equal(XRechnungWriter.Version, document.WriterVersion);
            Assert.Equal(invoice.XmlSha256, await story.Store.ReadAsync(context => context.Set<InvoiceAccount>().Where(a => a.Id == invoice.Id).Select(a => a.XmlSha256).SingleAsync()));
            EInvoice read = ReadInvoice.Of(document.Bytes);
            Assert.Empty(InvoiceRules.Check(read));
            Assert.Equal((invoice.Number, invoice.IssuedOn, (DateOnly?)invoice.DueOn, invoice.BuyerReference, invoice.PaymentReference), (read.Number, read.IssuedOn, read.DueOn, read.BuyerReference, read.Payment!.Reference));
            Assert.Equal(new DocumentTotals(invoice.Net, 0, invoice.Net, invoice.Tax, invoice.Gross, invoice.Gross), read.Totals);
            Assert.Equal(invoice.Lines.Select(l => (l.Description, l.Net, new ServicePeriod(l.PeriodFrom, l.PeriodTo))), read.Lines.Select(l => (l.Name, l.Net, l.Period!)));
            Assert.Equal(("Rechnungsstelle", "+49 30 5550101"), (read.Seller.Contact?.Name, read.Seller.Contact?.Phone));
            Assert.Equal(("DE89370400440532013000", PaymentMeans.SepaTransfer), (read.Payment.Iban, read.Payment.Code));
        }
        // What is not taxable names no VAT id, and is known by register or tax number.
        Assert.Equal(new[] { null, "DE999999999", null }, await SellersAsync(s => s.VatId));
        Assert.Equal(new[] { "000/000/00000", null, null }, await SellersAsync(s => s.TaxNumber));
        Assert.Equal(new[] { "HRA 1", "GnR 1", "GnR 1" }, await SellersAsync(s => s.RegisterNumber));

        async Task<IEnumerable<string?>> SellersAsync(Func<EInvoiceParty, string?> number)
        {
            var numbers = new List<string?>();
            foreach (Invoice invoice in invoices) numbers.Add(number(ReadInvoice.Of((await DocumentAsync(story, invoice)).Bytes).Seller));
            return numbers;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Numbers_of_the_order_stand_above_where_there_is_one_and_on_each_line_always(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order one = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen, change: i => i with { PurchaseOrderNumber = "4500012345", SellerNumber = "70012" });
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe, change: i => i with { SellerNumber = "L-1" });
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe, change: i => i with { PurchaseOrderNumber = "B-2", SellerNumber = "L-1" });

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        EInvoice aachen = await ReadAsync(story, SmallMarket.Aachen), lippe = await ReadAsync(story, SmallMarket.Lippe);
        Assert.Equal((one.Number, "4500012345", one.Number, "70012"), (aachen.SalesOrder, aachen.PurchaseOrder, aachen.ContractReference, aachen.Seller.Identifier));
        Assert.All(aachen.Lines, l => Assert.Equal([new("Auftrag", "GD-2026-000001"), new("Bestellnummer", "4500012345")], l.Attributes));
        Assert.Equal((null, null, null, "L-1"), (lippe.SalesOrder, lippe.PurchaseOrder, lippe.ContractReference, lippe.Seller.Identifier));
        Assert.Equal(["GD-2026-000002", "GD-2026-000003"], lippe.Lines.Select(l => l.Attributes[0].Value).Distinct().Order());
        Assert.Equal(["B-2"], lippe.Lines.SelectMany(l => l.Attributes).Where(a => a.Name == "Bestellnummer").Select(a => a.Value).Distinct());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Lines_say_inhabitants_with_their_key_date_and_the_package(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid[] users = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Pappenheim)];
        await story.ActiveAsync(SmallMarket.Inhabitants, SmallMarket.Aggregator, change: i => i with { UsedByIds = users });
        await story.ActiveAsync(SmallMarket.Packages, SmallMarket.Aachen, change: i => i with { PackageCode = "M" });

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        EInvoice inhabitants = await ReadAsync(story, SmallMarket.Aggregator), package = await ReadAsync(story, SmallMarket.Aachen);
        Assert.Equal(["1748 2020-01-01", "4001 2020-01-01"], inhabitants.Lines.Select(l => $"{Of(l, "Einwohner")} {Of(l, "Stichtag")}"));
        Assert.Equal("Mittel", Of(Assert.Single(package.Lines), "Paket"));

        static string Of(EInvoiceLine line, string name) => line.Attributes.Single(a => a.Name == name).Value;
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Lines_of_tiers_say_the_quantity_and_the_price_of_each(StoreKind kind)
    {
        PriceTier[] tiers = [new(10_000, 0.18m), new(30_000, 0.133333m), new(null, null, 1_500m)];
        TieredPrice graduated = Prices.Tiered(QuantityBasis.Inhabitants, true, tiers);
        TieredPrice volume = Prices.Tiered(QuantityBasis.Inhabitants, false, tiers[0], new PriceTier(null, 0.133333m)) with { Code = "volume" };
        await using MarketStory story = await BeginAsync(kind, o => o with { Population = 48_312, PopulationOn = new(2025, 6, 30) }, graduated, volume);
        await story.ActiveAsync("tiers", SmallMarket.Aachen);

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        EInvoice read = await ReadAsync(story, SmallMarket.Aachen);
        // Graduated: each tier for itself. By volume: all at the price of the tier in which they lie.
        Assert.Equal([1_800m, 2_666.66m, 1_500m, 6_441.58m], read.Lines.Select(l => l.Net));
        string[] population = ["Einwohner 48312", "Stichtag 2025-06-30"];
        Assert.Equal(
            [
                [.. population, "Menge der Stufe 10000", "Einzelpreis der Stufe EUR 0.18"], [.. population, "Menge der Stufe 20000", "Einzelpreis der Stufe EUR 0.133333"], [.. population, "Menge der Stufe 18312"],
                [.. population, "Menge der Stufe 48312", "Einzelpreis der Stufe EUR 0.133333"],
            ],
            read.Lines.Select(l => l.Attributes.Skip(1).Select(a => $"{a.Name} {a.Value}").ToArray()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_buyer_is_asked_where_it_wants_to_be_asked_about_invoices(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, o => o with
        {
            Contacts = [new("Zentrale", "post@aachen.example", ContactPurpose.General), new("Rechnungseingang", "rechnung@aachen.example", ContactPurpose.Invoicing, "+49 241 5550102")],
        });
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal(new EInvoiceContact("Rechnungseingang", "+49 241 5550102", "rechnung@aachen.example"), (await ReadAsync(story, SmallMarket.Aachen)).Buyer.Contact);
        Assert.Null((await ReadAsync(story, SmallMarket.Lippe)).Buyer.Contact);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Bytes_and_page_stay_as_issued_whatever_becomes_of_the_parties(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Invoice before = Assert.Single(await story.InvoicesAsync());
        byte[] bytes = (await DocumentAsync(story, before)).Bytes;

        Guid[] parties = [story.Organisation(SmallMarket.Govdigital), story.Organisation(SmallMarket.Aachen)];
        await story.Store.ChangeAsync(async context =>
        {
            foreach (Organisation party in await context.Set<Organisation>().Include(o => o.Contacts).Where(o => parties.Contains(o.Id)).ToListAsync())
            {
                (party.Name, party.Address, party.Iban, party.VatId, party.LeitwegId) = ("Anders", new("Neue Straße 2", "99999", "Anderswo"), "DE02120300000000202051", "DE111111111", "05-TEST-85");
                foreach (Contact contact in party.Contacts) (contact.Name, contact.Phone) = ("Andere", "+49 30 23125 999");
            }
        });

        Invoice after = Assert.Single(await story.InvoicesAsync());
        Assert.Equal(before.XmlSha256, after.XmlSha256);
        Assert.Equal(bytes, (await DocumentAsync(story, after)).Bytes);
        // The page is made of the same record, which gives the same bytes when it is written once more.
        Assert.Equal(bytes, InvoiceDocument.Of(after).Bytes);
        Assert.Equal(InvoiceView.Html(ElectronicInvoice.Of(before)), InvoiceView.Html(ElectronicInvoice.Of(after)));
        Assert.Contains("Stadt Aachen", InvoiceView.Html(ElectronicInvoice.Of(after)), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => story.Store.ReadAsync(context => context.Set<InvoiceDocument>().ExecuteUpdateAsync(d => d.SetProperty(x => x.Bytes, new byte[] { 1 }))));
        await Assert.ThrowsAnyAsync<Exception>(() => story.Store.ReadAsync(context => context.Set<InvoiceDocument>().ExecuteDeleteAsync()));
        Assert.Equal(bytes, (await DocumentAsync(story, after)).Bytes);
    }

    /// <summary>The small market with an offer of these prices, and Aachen as it should be.</summary>
    private static Task<MarketStory> BeginAsync(StoreKind kind, Func<OrganisationSeed, OrganisationSeed> aachen, params PriceComponent[] prices)
    {
        MarketSeed seed = SmallMarket.Seed();
        return MarketStory.BeginAsync(kind, new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero), seed: seed with
        {
            Organisations = [.. seed.Organisations.Select(o => o.Key == SmallMarket.Aachen ? aachen(o) : o)],
            Offers = [.. seed.Offers, .. prices.Length == 0 ? Array.Empty<OfferSeed>() : [SmallMarket.Offer("tiers", SmallMarket.Govdigital, prices)]],
        });
    }

    private static Task<InvoiceDocument> DocumentAsync(MarketStory story, Invoice invoice) =>
        story.Store.ReadAsync(context => context.Set<InvoiceDocument>().AsNoTracking().SingleAsync(d => d.Sha256 == invoice.XmlSha256));

    private static async Task<EInvoice> ReadAsync(MarketStory story, string buyer) =>
        ReadInvoice.Of((await DocumentAsync(story, (await story.InvoicesAsync()).Single(i => i.BuyerId == story.Organisation(buyer)))).Bytes);
}
