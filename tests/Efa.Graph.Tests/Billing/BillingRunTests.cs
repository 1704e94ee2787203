using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

public sealed class BillingRunTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_part_of_a_year_is_billed_by_days_and_the_next_year_in_full(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2023, 6, 1));
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        BillingRun first = await story.BillAsync(SmallMarket.Govdigital, 2023);
        story.Store.Clock.SetUtcNow(At(2024, 2, 15));
        await story.BillAsync(SmallMarket.Govdigital, 2024);

        Assert.Equal((BillingRunState.Finished, 1, 1, At(2023, 6, 1)), (first.State, first.OrdersTotal, first.OrdersDone, first.FinishedAt));
        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal(["GD-R-2023-000001", "GD-R-2024-000001"], invoices.Select(i => i.Number));
        // 214 of 365 days of 12,000.00, and 1,800.00 once; 19 % of the sum.
        Assert.Equal((8_835.62m, 1_678.77m, 10_514.39m), (invoices[0].Net, invoices[0].Tax, invoices[0].Gross));
        Assert.Equal([7_035.62m, 1_800m], invoices[0].Lines.Select(l => l.Net));
        Assert.Equal([(new DateOnly(2023, 6, 1), new DateOnly(2023, 12, 31)), (new DateOnly(2023, 6, 1), new DateOnly(2023, 6, 1))], invoices[0].Lines.Select(l => (l.PeriodFrom, l.PeriodTo)));
        Assert.Equal((12_000m, 2_280m, 14_280m), (invoices[1].Net, invoices[1].Tax, invoices[1].Gross));
        Assert.Equal([(TaxTreatment.Standard, (decimal?)19m, 12_000m, 2_280m)], invoices[1].Taxes.Select(t => (t.Treatment, t.Rate, t.Taxable, t.Tax)));
        Assert.All(invoices.SelectMany(i => i.Lines), l => Assert.Equal(order.Id, l.OrderId));
        Assert.Equal((new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)), (invoices[1].PeriodFrom, invoices[1].PeriodTo));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_invoice_says_who_what_and_by_when(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid[] users = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Aggregator)];
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aggregator, change: i => i with { UsedByIds = users });

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal((InvoiceKind.Invoice, run.Id, "09-AGGREGATOR-70", invoice.Number), (invoice.InvoiceKind, invoice.RunId, invoice.BuyerReference, invoice.PaymentReference));
        Assert.Equal((new DateOnly(2026, 2, 15), new DateOnly(2026, 3, 17)), (invoice.IssuedOn, invoice.DueOn));
        Assert.Equal(("Bündler", "Rathausplatz 1", "09-AGGREGATOR-70", "0204"),
            (invoice.BuyerParty.Name, invoice.BuyerParty.Address?.Street, invoice.BuyerParty.LeitwegId, invoice.BuyerParty.ElectronicAddressScheme));
        Assert.Equal(("govdigital", "DE999999999", "DE89370400440532013000"), (invoice.SellerParty.Name, invoice.SellerParty.VatId, invoice.SellerParty.Iban));
        Assert.Equal(Enumerable.Range(1, invoice.Lines.Count), invoice.Lines.Select(l => l.Position));
        Assert.All(invoice.Lines, l => Assert.StartsWith("Angebot portal: ", l.Description, StringComparison.Ordinal));
        Assert.All(invoice.Lines, l => Assert.Equal(l.Net, Math.Round(l.Quantity * l.UnitPrice / l.BaseQuantity, 2, MidpointRounding.AwayFromZero)));
        Assert.Equal(invoice.Net, invoice.Lines.Sum(l => l.Net));
        Assert.Equal(invoice.Gross, invoice.Net + invoice.Tax);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_line_names_its_user_where_an_order_has_several(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        Guid[] users = [story.Organisation(SmallMarket.Solnhofen), story.Organisation(SmallMarket.Pappenheim)];
        await story.ActiveAsync(SmallMarket.Inhabitants, SmallMarket.Aggregator, change: i => i with { UsedByIds = users });

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal(
            [("Angebot inhabitants: Jahresentgelt (Solnhofen)", users[0], 174.80m), ("Angebot inhabitants: Jahresentgelt (Pappenheim)", users[1], 400.10m)],
            invoice.Lines.Select(l => (l.Description, l.UsedById!.Value, l.Net)));
        Assert.All(invoice.Lines, l => Assert.NotEmpty(l.Steps));
        Assert.Equal((574.90m, 109.23m, 684.13m), (invoice.Net, invoice.Tax, invoice.Gross));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_first_story_bills_onboarding_only(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2024, 6, 10));
        await story.ActiveAsync(SmallMarket.Naturalisation, SmallMarket.Lippe);

        await story.BillAsync(SmallMarket.Govdigital, 2024);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal((1_800m, 342m, 2_142m), (invoice.Net, invoice.Tax, invoice.Gross));
        Assert.Equal("Angebot naturalisation: Anbindung", Assert.Single(invoice.Lines).Description);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_second_story_is_not_taxable(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        await story.ActiveAsync(SmallMarket.Residence, SmallMarket.Brandenburg);

        await story.BillAsync(SmallMarket.Fitko, 2026);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal(("FITKO-R-2026-000001", 4_800m, 0m, 4_800m), (invoice.Number, invoice.Net, invoice.Tax, invoice.Gross));
        Assert.Equal([(TaxTreatment.NotTaxable, (decimal?)null, 4_800m, 0m)], invoice.Taxes.Select(t => (t.Treatment, t.Rate, t.Taxable, t.Tax)));
        Assert.Null(Assert.Single(invoice.Lines).TaxRate);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Not_taxable_lines_stand_on_an_invoice_of_their_own(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal([("GD-R-2026-000001", 14_800m, 2_812m), ("GD-R-2026-000002", 500m, 0m)], invoices.Select(i => (i.Number, i.Net, i.Tax)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_costs_nothing_has_no_invoice_and_is_done(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order free = await story.ActiveAsync(SmallMarket.Free, SmallMarket.Unreachable);

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);
        BillingRun again = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Empty(await story.InvoicesAsync());
        Assert.Equal((1, 1, 0), (run.OrdersTotal, run.OrdersDone, run.Blocked.Count));
        Assert.Equal((0, 0), (again.OrdersTotal, again.OrdersDone));
        Assert.Equal([(BilledPeriod.Once, run.Id), (2026, run.Id)], await BilledAsync(story, free));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Only_what_is_active_is_billed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen, from: new DateOnly(2027, 1, 1));

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal((BillingRunState.Finished, 0, 0), (run.State, run.OrdersTotal, run.OrdersDone));
        Assert.Empty(await story.InvoicesAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_second_run_bills_nothing_again(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);

        BillingRun second = await story.BillAsync(SmallMarket.Govdigital, 2026);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        BillingRun third = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal((BillingRunState.Finished, 0, 0), (second.State, second.OrdersTotal, second.OrdersDone));
        Assert.Equal((BillingRunState.Finished, 1, 1), (third.State, third.OrdersTotal, third.OrdersDone));
        Assert.Equal(["GD-R-2026-000001", "GD-R-2026-000002"], (await story.InvoicesAsync()).Select(i => i.Number));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_is_due_once_comes_with_the_first_bill_only(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2025, 11, 15));
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        story.Store.Clock.SetUtcNow(At(2026, 2, 15));

        await story.BillAsync(SmallMarket.Govdigital, 2026);
        await story.BillAsync(SmallMarket.Govdigital, 2025);

        Assert.Equal([13_800m, 1_545.21m], (await story.InvoicesAsync()).Select(i => i.Net));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_buyer_is_blocked_whole_and_billed_once_mended(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Unreachable);
        Order free = await story.ActiveAsync(SmallMarket.Free, SmallMarket.Unreachable);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Guid buyer = story.Organisation(SmallMarket.Unreachable);

        BillingRun first = await story.BillAsync(SmallMarket.Govdigital, 2026);

        BlockedBuyer blocked = Assert.Single(first.Blocked);
        Assert.Equal((buyer, BillingRunState.Finished, 3), (blocked.BuyerId, first.State, first.OrdersDone));
        Assert.Equal([("BR-DE-15", "leitwegId", buyer), ("PEPPOL-EN16931-R010", "electronicAddress", buyer)], blocked.Reasons.Select(r => (r.Rule, r.Field, r.SubjectId!.Value)));
        Assert.Equal([order.Id], blocked.OrderIds);
        Assert.Equal([story.Organisation(SmallMarket.Aachen)], (await story.InvoicesAsync()).Select(i => i.BuyerId));
        Assert.Empty(await BilledAsync(story, order));
        Assert.Equal(2, (await BilledAsync(story, free)).Count);

        BillingRun still = await story.BillAsync(SmallMarket.Govdigital, 2026);
        Assert.Single(still.Blocked);

        await story.Store.ChangeAsync(async context =>
        {
            Organisation organisation = await context.Set<Organisation>().SingleAsync(o => o.Id == buyer);
            (organisation.LeitwegId, organisation.ElectronicAddressScheme, organisation.ElectronicAddress) = ("06-TEST-36", "0204", "06-TEST-36");
        });
        BillingRun mended = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal((1, 0), (mended.OrdersDone, mended.Blocked.Count));
        Assert.Equal(("GD-R-2026-000002", "06-TEST-36"), (await story.InvoicesAsync()).Where(i => i.BuyerId == buyer).Select(i => (i.Number, i.BuyerReference)).Single());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_seller_without_tax_number_and_bank_account_bills_nobody(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Guid govdigital = story.Organisation(SmallMarket.Govdigital);
        await story.Store.ChangeAsync(async context =>
        {
            Organisation seller = await context.Set<Organisation>().Include(o => o.Contacts).SingleAsync(o => o.Id == govdigital);
            (seller.VatId, seller.Iban, seller.Address, seller.ElectronicAddress, seller.Contacts[0].Phone) = (null, null, null, null, null);
        });

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal(
            ["BR-08 address", "PEPPOL-EN16931-R020 electronicAddress", "BR-DE-6 contacts.phone", "BR-61 iban", "BR-S-02 taxNumber"],
            Assert.Single(run.Blocked).Reasons.Select(r => $"{r.Rule} {r.Field}"));
        Assert.Empty(await story.InvoicesAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B11")]
    public async Task What_was_billed_cannot_be_changed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);

        await Assert.ThrowsAnyAsync<Exception>(() => story.Store.ReadAsync(context => context.Set<Invoice>().ExecuteUpdateAsync(i => i.SetProperty(x => x.Net, 1m))));
        await Assert.ThrowsAnyAsync<Exception>(() => story.Store.ReadAsync(context => context.Set<InvoiceLine>().ExecuteDeleteAsync()));
        Assert.Equal(12_320.55m, Assert.Single(await story.InvoicesAsync()).Net);
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    private static async Task<List<(int, Guid)>> BilledAsync(MarketStory story, Order order) =>
        [.. (await story.Store.ReadAsync(context => context.Set<BilledPeriod>().Where(b => b.OrderId == order.Id).OrderBy(b => b.Year).ToListAsync())).Select(b => (b.Year, b.RunId))];
}
