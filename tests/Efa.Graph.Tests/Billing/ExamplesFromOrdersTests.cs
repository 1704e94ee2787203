using Efa.Graph.Tests.Billing.XRechnung;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>The totals of every example come out of offers and orders, a run, and what is done to its invoices.</summary>
public sealed class ExamplesFromOrdersTests
{
    private const string Example = "example";

    private static readonly TaxRegime[] NotTaxable = [new(TaxTreatment.NotTaxable)];

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    private static FlatPrice Setup => Prices.Flat(450m, BillingPeriod.OneTime) with { Code = "setup" };

    // A rebate on the document is nothing that an offer has: its prices are 5 % lower.
    private static PriceComponent[] Subscription =>
        [Prices.Flat(1_140m), Prices.Tiered(QuantityBasis.Inhabitants, true, new PriceTier(10_000, 0.171m), new PriceTier(30_000, 0.133m), new PriceTier(null, 0.0855m))];

    private static PriceComponent[] PartialYear => [Prices.Flat(2_400m), Prices.PerInhabitant(0.18m), Setup];

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_annual_subscription_in_tiers_and_what_is_credited_of_it(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2027, 1, 1), 48_312, Subscription);
        Invoice invoice = await BilledAsync(story, new(2027, 1, 1));
        Assert.Equal([1_140m, 1_710m, 2_660m, 1_565.68m], invoice.Lines.Select(l => l.Net));
        AssertTotals("01-annual-subscription-19", invoice);

        // 1,500 of the 18,312 inhabitants of the third tier.
        Invoice note = await story.CreditAsync(invoice.Id, new CreditInvoice.Line(4, 0.081913m));

        AssertTotals("03-credit-note", note);
        EInvoice document = await story.DocumentAsync(note);
        Assert.Equal((InvoiceKind.CreditNote, invoice.Number, invoice.IssuedOn), (document.Kind, document.Corrects!.Number, document.Corrects.IssuedOn));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_is_not_taxable(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2027, 1, 1), 12_480, Prices.PerInhabitant(0.18m) with { Taxes = NotTaxable });
        AssertTotals("02-non-taxable-2b", await BilledAsync(story, new(2027, 1, 1)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_part_of_a_year_and_its_cancellation(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2026, 9, 15), 12_480, PartialYear);
        Invoice invoice = await BilledAsync(story, new(2026, 9, 15));
        Assert.Equal([(108m, 365m, 710.14m), (108m, 365m, 664.69m), (1m, 1m, 450m)], invoice.Lines.Select(l => (l.Quantity, l.BaseQuantity, l.Net)));
        AssertTotals("04-prorated-partial-year", invoice);

        Invoice note = await story.CreditAsync(invoice.Id);

        AssertTotals("05-full-cancellation", note);
        Assert.Equal((InvoiceKind.CreditNote, invoice.Number), await story.DocumentAsync(note) is var document ? (document.Kind, document.Corrects!.Number) : default);
        Assert.Equal(PaymentState.Cancelled, (await story.AccountAsync(invoice.Id)).PaymentState);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_correction_of_master_data(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2027, 1, 1), 12_390, Prices.PerInhabitant(0.18m) with { Taxes = NotTaxable });
        Invoice wrong = await BilledAsync(story, new(2027, 1, 1));
        Guid buyer = wrong.BuyerId;
        await story.Store.ChangeAsync(async context => (await context.Set<Organisation>().SingleAsync(o => o.Id == buyer)).Name = "Stadt Aachen, Kämmerei");

        Invoice correction = await story.InvoiceAsync(await story.DoAsync(
            new CorrectInvoice(), new CorrectInvoice.Input(wrong.Id, "Falscher Name der Empfängerin", story.Store.Today, story.Store.Today.AddDays(30)), story.As(SmallMarket.Govdigital)));

        AssertTotals("06-corrected-invoice-384", correction);
        EInvoice document = await story.DocumentAsync(correction);
        Assert.Equal((InvoiceKind.Correction, wrong.Number, wrong.IssuedOn, "Stadt Aachen, Kämmerei"), (document.Kind, document.Corrects!.Number, document.Corrects.IssuedOn, document.Buyer.Name));
        Assert.Empty(InvoiceRules.Check(document));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Taxed_and_exempt_on_one_invoice(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2026, 9, 15), 12_480, [.. PartialYear[..2], Setup with { Taxes = [new TaxRegime(TaxTreatment.Exempt, "Steuerfrei nach § 4 Nr. 29 UStG")] }]);
        AssertTotals("07-mixed-S-and-E", await BilledAsync(story, new(2026, 9, 15)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Reverse_charge(StoreKind kind)
    {
        await using MarketStory story = await BeginAsync(kind, new(2027, 1, 1), 12_480, Prices.PerInhabitant(0.18m) with { Taxes = [new TaxRegime(TaxTreatment.ReverseCharge)] });
        AssertTotals("08-reverse-charge-AE", await BilledAsync(story, new(2027, 1, 1)));
    }

    /// <summary>The small market on a day, with an offer of these prices and a buyer with so many inhabitants.</summary>
    private static Task<MarketStory> BeginAsync(StoreKind kind, DateOnly today, int inhabitants, params PriceComponent[] prices)
    {
        MarketSeed seed = SmallMarket.Seed();
        OrganisationSeed[] organisations = [.. seed.Organisations.Select(o => o.Key == SmallMarket.Aachen ? o with { Population = inhabitants, PopulationOn = new(2025, 6, 30), VatId = "DE136695976" } : o)];
        return MarketStory.BeginAsync(kind, BerlinCalendar.StartOf(today), seed: seed with { Organisations = organisations, Offers = [.. seed.Offers, SmallMarket.Offer(Example, SmallMarket.Govdigital, prices)] });
    }

    /// <summary>The invoice of one order of that offer, active from a day on.</summary>
    private static async Task<Invoice> BilledAsync(MarketStory story, DateOnly from)
    {
        await story.ActiveAsync(Example, SmallMarket.Aachen, from);
        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, from.Year);
        Assert.Empty(run.Blocked);
        return Assert.Single(await story.InvoicesAsync());
    }

    private static void AssertTotals(string example, Invoice invoice)
    {
        DocumentTotals totals = ExampleInvoices.All[example]().Totals;
        Assert.Equal((totals.Net, totals.Tax, totals.Gross), (invoice.Net, invoice.Tax, invoice.Gross));
    }
}
