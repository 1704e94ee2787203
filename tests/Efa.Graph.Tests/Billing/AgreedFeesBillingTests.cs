using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>Orders billed from their four fee fields.</summary>
public sealed class AgreedFeesBillingTests
{
    private static readonly AgreedFees Fees = new(12_000m, 7_000m, 1_800m, Prices.Standard);

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_worked_yearly_bill(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2023, 6, 1));
        Order order = await story.AgreedAsync(SmallMarket.Aachen, Fees);

        await story.BillAsync(SmallMarket.Govdigital, 2023);
        story.Store.Clock.SetUtcNow(At(2024, 2, 15));
        await story.BillAsync(SmallMarket.Govdigital, 2024);

        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal([(8_800m, 1_672m, 10_472m), (12_000m, 2_280m, 14_280m)], invoices.Select(i => (i.Net, i.Tax, i.Gross)));
        Assert.Equal([("Angebot portal: Abweichendes Entgelt dieser Abrechnung", 7_000m), ("Angebot portal: Einmaliges Entgelt", 1_800m)], invoices[0].Lines.Select(l => (l.Description, l.Net)));
        Assert.Equal([("Angebot portal: Kalenderjährliches Entgelt", 1m, "ANN", 12_000m)], invoices[1].Lines.Select(l => (l.Description, l.Quantity, l.UnitCode, l.Net)));
        Assert.Equal(
            [(BilledPart.Year, 2023, new DateOnly(2023, 6, 1), new DateOnly(2023, 12, 31)), (BilledPart.Year, 2024, new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31)), (BilledPart.Once, 0, new DateOnly(2023, 6, 1), new DateOnly(2023, 6, 1))],
            (await BilledAsync(story, order)).Select(b => (b.Part, b.Year, b.From, b.To)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_worked_yearly_bill_where_nothing_is_taxable(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2023, 6, 1));
        await story.AgreedAsync(SmallMarket.Aachen, Fees with { Taxes = [new TaxRegime(TaxTreatment.NotTaxable)] });

        await story.BillAsync(SmallMarket.Govdigital, 2023);
        story.Store.Clock.SetUtcNow(At(2024, 2, 15));
        await story.BillAsync(SmallMarket.Govdigital, 2024);

        Assert.Equal([(8_800m, 0m, 8_800m), (12_000m, 0m, 12_000m)], (await story.InvoicesAsync()).Select(i => (i.Net, i.Tax, i.Gross)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_was_carried_over_is_in_the_next_amount(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 11, 15), CarryOver.Q4);
        Order order = await story.AgreedAsync(SmallMarket.Aachen, Fees with { NextBillingAmount = 13_545.21m });

        BillingRun same = await story.BillAsync(SmallMarket.Govdigital, 2026);
        story.Store.Clock.SetUtcNow(At(2027, 2, 15));
        await story.BillAsync(SmallMarket.Govdigital, 2027);
        story.Store.Clock.SetUtcNow(At(2028, 2, 15));
        await story.BillAsync(SmallMarket.Govdigital, 2028);

        Assert.Equal(0, same.OrdersDone);
        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal([[13_545.21m, 1_800m], [12_000m]], invoices.Select(i => i.Lines.Select(l => l.Net)));
        Assert.Equal((new DateOnly(2026, 11, 15), new DateOnly(2027, 12, 31)), (invoices[0].PeriodFrom, invoices[0].PeriodTo));
        Assert.Equal([2026, 2027, 2028], (await BilledAsync(story, order)).Where(b => b.Part == BilledPart.Year).Select(b => b.Year));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_was_carried_over_and_ended_early_comes_to_the_same_whenever_the_end_is_known(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 11, 15), CarryOver.Q4);
        AgreedFees fees = Fees with { NextBillingAmount = 13_545.21m, OneTimeFee = 0m };
        Order early = await story.AgreedAsync(SmallMarket.Aachen, fees), late = await story.AgreedAsync(SmallMarket.Lippe, fees);
        story.Store.Clock.SetUtcNow(At(2027, 2, 15));

        await EndAsync(early);
        await story.BillAsync(SmallMarket.Govdigital, 2027);
        await EndAsync(late);
        await story.BillAsync(SmallMarket.Govdigital, 2027);

        // 36 of the 412 days that the sum is for.
        List<Invoice> invoices = await story.InvoicesAsync();
        InvoiceLine known = Assert.Single(Assert.Single(invoices, i => i.BuyerId == early.BillToId).Lines);
        Assert.Equal((1_183.56m, 36m, "DAY", 412m, new DateOnly(2026, 12, 20)), (known.Net, known.Quantity, known.UnitCode, known.BaseQuantity, known.PeriodTo));
        Assert.Equal([13_545.21m, 12_361.65m], invoices.Where(i => i.BuyerId == late.BillToId).Select(i => i.Net));

        Task EndAsync(Order order) => story.Store.ChangeAsync(context => context.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.EndsOn, new DateOnly(2026, 12, 20))));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_year_of_zero_has_no_invoice_but_is_billed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2024, 3, 1));
        Order order = await story.AgreedAsync(SmallMarket.Aachen, new AgreedFees(4_000m, 0m, 0m, Prices.Standard));

        await story.BillAsync(SmallMarket.Govdigital, 2024);
        BillingRun again = await story.BillAsync(SmallMarket.Govdigital, 2024);

        Assert.Empty(await story.InvoicesAsync());
        Assert.Equal(0, again.OrdersDone);
        Assert.Equal([(BilledPart.Year, 2024), (BilledPart.Once, 0)], (await BilledAsync(story, order)).Select(b => (b.Part, b.Year)));

        story.Store.Clock.SetUtcNow(At(2025, 3, 1));
        await story.BillAsync(SmallMarket.Govdigital, 2025);
        Assert.Equal(4_000m, Assert.Single(await story.InvoicesAsync()).Net);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Fees_of_unknown_tax_wait_and_the_buyers_other_orders_do_not(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        Order unknown = await story.AgreedAsync(SmallMarket.Aachen, Fees with { Taxes = [] });
        Order known = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        BlockedBuyer blocked = Assert.Single(run.Blocked);
        Assert.Equal(
            [("EFA-TAX-REGIME", "fees", unknown.Id)], blocked.Reasons.Select(r => (r.Rule, r.Field, r.SubjectId!.Value)));
        Assert.Equal([unknown.Id], blocked.OrderIds);
        Assert.All(Assert.Single(await story.InvoicesAsync()).Lines, l => Assert.Equal(known.Id, l.OrderId));
        Assert.Empty(await BilledAsync(story, unknown));

        BillingPreview? preview = await story.Store.Get<BillingPreviews>().FindAsync(story.As(SmallMarket.Govdigital), story.Organisation(SmallMarket.Govdigital), 2026, CancellationToken.None);
        PreviewedBlock shown = Assert.Single(await story.Store.Get<BillingPreviews>().BlockedAsync(preview!, null, 10, CancellationToken.None));
        Assert.Equal([unknown.Id], shown.OrderIds);
        Assert.Equal(blocked.Reasons, shown.Reasons);
        Assert.Equal(new BillingSums(0, 0, 0, 0, 1), await story.Store.Get<BillingPreviews>().SumsAsync(preview!, CancellationToken.None));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_is_due_once_and_of_unknown_tax_waits_until_it_is_known_and_is_billed_once(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 1, 1));
        Order order = await story.AgreedAsync(SmallMarket.Aachen, new AgreedFees(0m, null, 1_800m, []));

        // The year costs nothing and is done; what waits is not forgotten with it.
        foreach (int _ in new[] { 1, 2 })
            Assert.Equal([("EFA-TAX-REGIME", order.Id)], Assert.Single((await story.BillAsync(SmallMarket.Govdigital, 2026)).Blocked).Reasons.Select(r => (r.Rule, r.SubjectId!.Value)));
        Assert.Empty(await story.InvoicesAsync());
        Assert.Equal([(BilledPart.Year, 2026)], (await BilledAsync(story, order)).Select(b => (b.Part, b.Year)));

        ChangeFees.Row row = new(order.Id, (await story.OrderAsync(order.Id)).Version, 2027, 0m, null, "Die Steuer ist bekannt.");
        Assert.Empty(Assert.Single(await story.BatchAsync(new ChangeFees(), new ChangeFees.Input([row], BatchMode.Atomic), story.As(SmallMarket.Supplier))).Refusals);
        BillingRun mended = await story.BillAsync(SmallMarket.Govdigital, 2026);
        BillingRun again = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal([("Angebot portal: Einmaliges Entgelt", 1_800m, BilledPart.Once)], invoice.Lines.Select(l => (l.Description, l.Net, l.Part)));
        Assert.Equal((342m, 2_142m), (invoice.Tax, invoice.Gross));
        Assert.Equal((1, 0, 0), (mended.OrdersDone, mended.Blocked.Count, again.OrdersDone));
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    private static async Task<BilledPeriod[]> BilledAsync(MarketStory story, Order order) =>
        [.. (await story.Store.ReadAsync(context => context.Set<BilledPeriod>().Where(b => b.OrderId == order.Id).ToListAsync())).OrderBy(b => b.Part).ThenBy(b => b.Year)];
}
