using Efa.Graph.Tests.Billing.XRechnung;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Billing.XRechnung;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

/// <summary>The examples' totals come out of offers, orders and a run.</summary>
/// <remarks>Not here: 03 and 05, which are credit notes and so come from invoices and not from orders. Of 06, a correction, only the invoice that it restates.</remarks>
public sealed class ExamplesFromOrdersTests
{
    private const string Example = "example";

    private static readonly TaxRegime[] NotTaxable = [new(TaxTreatment.NotTaxable)];

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    private static FlatPrice Setup => Prices.Flat(450m, BillingPeriod.OneTime) with { Code = "setup" };

    private static TieredPrice Tiers => Prices.Tiered(QuantityBasis.Inhabitants, true, new PriceTier(10_000, 0.18m), new PriceTier(30_000, 0.14m), new PriceTier(null, 0.09m));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_annual_subscription_in_tiers(StoreKind kind)
    {
        // Before the rebate, which no price of an offer has: a document allowance is nothing that orders agree on.
        Invoice priced = await BilledAsync(kind, new(2027, 1, 1), 48_312, Prices.Flat(1_200m), Tiers);
        Assert.Equal([1_200m, 1_800m, 2_800m, 1_648.08m], priced.Lines.Select(l => l.Net));
        Assert.Equal(ExampleInvoices.AnnualSubscription().Totals.Lines, priced.Net);

        // With it, where the parties agree on the sum that is left.
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2027, 1, 1, 9, 0, 0, TimeSpan.Zero));
        await story.AgreedAsync(SmallMarket.Aachen, new AgreedFees(7_075.68m, null, 0m, Prices.Standard));
        await story.BillAsync(SmallMarket.Govdigital, 2027);
        AssertTotals("01-annual-subscription-19", Assert.Single(await story.InvoicesAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_is_not_taxable(StoreKind kind) =>
        AssertTotals("02-non-taxable-2b", await BilledAsync(kind, new(2027, 1, 1), 12_480, Prices.PerInhabitant(0.18m) with { Taxes = NotTaxable }));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_part_of_a_year(StoreKind kind)
    {
        Invoice invoice = await BilledAsync(kind, new(2026, 9, 15), 12_480, Prices.Flat(2_400m), Prices.PerInhabitant(0.18m), Setup);

        Assert.Equal([(108m, 365m, 710.14m), (108m, 365m, 664.69m), (1m, 1m, 450m)], invoice.Lines.Select(l => (l.Quantity, l.BaseQuantity, l.Net)));
        AssertTotals("04-prorated-partial-year", invoice);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_a_correction_restates(StoreKind kind) =>
        AssertTotals("06-corrected-invoice-384", await BilledAsync(kind, new(2027, 1, 1), 12_390, Prices.PerInhabitant(0.18m) with { Taxes = NotTaxable }));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Taxed_and_exempt_on_one_invoice(StoreKind kind) =>
        AssertTotals("07-mixed-S-and-E", await BilledAsync(
            kind, new(2026, 9, 15), 12_480, Prices.Flat(2_400m), Prices.PerInhabitant(0.18m), Setup with { Taxes = [new TaxRegime(TaxTreatment.Exempt, "Steuerfrei nach § 4 Nr. 29 UStG")] }));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Reverse_charge(StoreKind kind) =>
        AssertTotals("08-reverse-charge-AE", await BilledAsync(kind, new(2027, 1, 1), 12_480, Prices.PerInhabitant(0.18m) with { Taxes = [new TaxRegime(TaxTreatment.ReverseCharge)] }));

    /// <summary>The invoice of one order of an offer with these prices, active from a day on, by a buyer with so many inhabitants.</summary>
    private static async Task<Invoice> BilledAsync(StoreKind kind, DateOnly from, int inhabitants, params PriceComponent[] prices)
    {
        MarketSeed seed = SmallMarket.Seed();
        OrganisationSeed[] organisations = [.. seed.Organisations.Select(o => o.Key == SmallMarket.Aachen ? o with { Population = inhabitants, PopulationOn = new(2025, 6, 30), VatId = "DE136695976" } : o)];
        seed = seed with { Organisations = organisations, Offers = [.. seed.Offers, SmallMarket.Offer(Example, SmallMarket.Govdigital, prices)] };
        await using MarketStory story = await MarketStory.BeginAsync(kind, BerlinCalendar.StartOf(from), seed: seed);
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
