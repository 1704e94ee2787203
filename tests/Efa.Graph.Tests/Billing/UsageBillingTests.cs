using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Billing;

/// <summary>Uses are billed when their year is over, from what the supplier reported.</summary>
public sealed class UsageBillingTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Uses_come_after_the_year_with_a_line_for_each_graduated_tier(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 10, 1));
        Order order = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen);
        await ReportAsync(story, order, 500);

        await story.BillAsync(SmallMarket.Govdigital, 2026);
        story.Store.Clock.SetUtcNow(At(2027, 1, 10));
        await ReportAsync(story, order, 1_500);
        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);
        BillingRun again = await story.BillAsync(SmallMarket.Govdigital, 2026);

        List<Invoice> invoices = await story.InvoicesAsync();
        // 92 of 365 days of 120.00; then 1,400 beyond those included, and two tiers, none of them by days.
        Assert.Equal([[30.25m], [700m, 100m, 25m]], invoices.Select(i => i.Lines.Select(l => l.Net)));
        Assert.Equal((825m, 156.75m, 981.75m), (invoices[1].Net, invoices[1].Tax, invoices[1].Gross));
        Assert.All(invoices[1].Lines, l => Assert.Contains(l.Attributes, a => (a.Name, a.Value) == ("Gemeldete Vorgänge", "1500")));
        Assert.Equal((new DateOnly(2026, 10, 1), new DateOnly(2026, 12, 31)), (invoices[1].PeriodFrom, invoices[1].PeriodTo));
        Assert.Equal((1, 0, 0), (run.OrdersDone, run.Blocked.Count, again.OrdersDone));

        RowResult late = Assert.Single(await story.Store.UnchangedAsync(() => story.BatchAsync(new ReportUsage(), Report(order, 2_000), story.As(SmallMarket.Supplier))));
        Assert.Equal("USAGE_BILLED", Assert.Single(late.Refusals).Code.Name);
        Assert.Equal(1_500, Assert.Single((await story.OrderAsync(order.Id)).Usage).Uses);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Uses_that_nobody_reported_wait_and_all_else_is_billed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 10, 1));
        Order order = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen);
        await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        story.Store.Clock.SetUtcNow(At(2027, 1, 10));

        BillingRun run = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal([30.25m, 1_800m, 3_024.66m], invoice.Lines.Select(l => l.Net).Order());
        BlockedBuyer blocked = Assert.Single(run.Blocked);
        Assert.Equal([("EFA-USAGE", "usage", order.Id)], blocked.Reasons.Select(r => (r.Rule, r.Field, r.SubjectId!.Value)));
        Assert.Equal([order.Id], blocked.OrderIds);

        await ReportAsync(story, order, 0);
        BillingRun reported = await story.BillAsync(SmallMarket.Govdigital, 2026);

        Assert.Equal((1, 0), (reported.OrdersDone, reported.Blocked.Count));
        Assert.Single(await story.InvoicesAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_report_and_the_run_that_bills_it_exclude_each_other(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 10, 1));
        Order order = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen);
        story.Store.Clock.SetUtcNow(At(2027, 1, 10));
        await ReportAsync(story, order, 1);

        Task<BillingRun> run = story.BillAsync(SmallMarket.Govdigital, 2026);
        for (int uses = 2; uses <= 40; uses++) await story.BatchAsync(new ReportUsage(), Report(order, uses), story.As(SmallMarket.Supplier));
        await run;

        string billed = Assert.Single((await story.InvoicesAsync()).SelectMany(i => i.Lines), l => l.Description.EndsWith("Versand", StringComparison.Ordinal)).Attributes.Single(a => a.Name == "Gemeldete Vorgänge").Value;
        Assert.Equal($"{Assert.Single((await story.OrderAsync(order.Id)).Usage).Uses}", billed);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Uses_stay_billed_where_the_end_of_the_contract_is_confirmed_later(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 10, 1));
        Order order = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen);
        await story.DoAsync(new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, new DateOnly(2026, 11, 30), "Fusion."), story.As(SmallMarket.Aachen));
        story.Store.Clock.SetUtcNow(At(2027, 1, 10));
        await ReportAsync(story, order, 1_500);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal([30.25m, 700m, 100m, 25m], invoice.Lines.Select(l => l.Net));
        Assert.Equal([BilledPart.Year, BilledPart.Usage, BilledPart.Usage, BilledPart.Usage], invoice.Lines.Select(l => l.Part));

        story.Store.Clock.SetUtcNow(At(2027, 2, 10));
        order = await story.OrderAsync(order.Id);
        await story.DoAsync(new ConfirmTermination(), new ConfirmTermination.Input(order.Id, order.Version), story.As(SmallMarket.Govdigital));
        await story.BillAsync(SmallMarket.Govdigital, 2027);

        // Of 120.00 a year 92 of 365 days were billed and 61 are to be paid.
        Invoice note = (await story.InvoicesAsync()).Single(i => i.InvoiceKind == InvoiceKind.CreditNote);
        Assert.Equal([(1, 10.20m, BilledPart.Year)], note.Lines.Select(l => (l.Position, l.Net, l.Part)));
    }

    [Fact]
    public void What_was_used_is_divided_by_days_where_the_tax_changes()
    {
        TaxRegime[] taxes = [new(TaxTreatment.NotTaxable, ValidTo: new(2026, 11, 30)), new(TaxTreatment.Standard, ValidFrom: new(2026, 12, 1))];
        PricingBasis basis = Prices.Basis(Prices.PerUse(0.333333m) with { Taxes = taxes });

        IReadOnlyList<PriceLine> lines = PriceCalculator.Used(basis, 1_000, new(2026, 10, 1), new(2026, 12, 31));

        // 333.333 over 92 days.
        Assert.Equal([(TaxTreatment.NotTaxable, 61m, 221.01m), (TaxTreatment.Standard, 31m, 112.32m)], lines.Select(l => (l.TaxTreatment, l.Quantity, l.Net)));
        Assert.Equal(333.33m, lines.Sum(l => l.Net));
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    private static async Task ReportAsync(MarketStory story, Order order, int uses) =>
        Assert.Empty(Assert.Single(await story.BatchAsync(new ReportUsage(), Report(order, uses), story.As(SmallMarket.Supplier))).Refusals);

    private static ReportUsage.Input Report(Order order, int uses) => new([new ReportUsage.Row(order.Id, 2026, uses)], BatchMode.Partial);
}
