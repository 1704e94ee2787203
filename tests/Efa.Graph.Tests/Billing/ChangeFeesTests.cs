using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Pricing;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Billing;

/// <summary>The seller of the small market takes changes for a year until 30 September.</summary>
public sealed class ChangeFeesTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Changed_fees_are_billed_from_their_year_on(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 2, 1));
        Order agreed = await story.AgreedAsync(SmallMarket.Aachen, new AgreedFees(12_000m, 11_000m, 0m, Prices.Standard));
        Order priced = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        story.Store.Clock.SetUtcNow(At(2026, 9, 15));

        IReadOnlyList<RowResult> rows = await story.BatchAsync(
            new ChangeFees(), new ChangeFees.Input([Row(agreed, 2027, 13_000m, 9_000m), Row(priced, 2027, 10_000m)], BatchMode.Atomic), story.As(SmallMarket.Supplier));
        foreach (int year in new[] { 2027, 2028 })
        {
            story.Store.Clock.SetUtcNow(At(year, 2, 1));
            await story.BillAsync(SmallMarket.Govdigital, year);
        }

        Assert.All(rows, r => Assert.Empty(r.Refusals));
        List<Invoice> invoices = await story.InvoicesAsync();
        Assert.Equal([11_000m, 9_000m, 13_000m], invoices.Where(i => i.BuyerId == agreed.BillToId).Select(i => i.Net));
        Assert.Equal([[10_980.82m, 1_800m], [10_000m], [10_000m]], invoices.Where(i => i.BuyerId == priced.BillToId).Select(i => i.Lines.Select(l => l.Net)));
        OrderFees kept = Assert.Single((await story.OrderAsync(priced.Id)).Fees);
        Assert.Equal((2027, 10_000m, null, 0m, "Mehr Nachnutzer", At(2026, 9, 15)), (kept.EffectiveYear, kept.AnnualFee, kept.NextBillingAmount, kept.OneTimeFee, kept.Reason, kept.RecordedAt));
        LoggedEvent last = await story.Store.ReadAsync(context => context.Set<LoggedEvent>().Where(e => e.SubjectId == priced.Id).OrderByDescending(e => e.Position).FirstAsync());
        Assert.Equal(("order.fees-changed", "ACTIVE", "ACTIVE", "fees"), (last.Type, last.FromState, last.ToState, last.ChangedFields));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task After_the_deadline_only_the_next_year_is_reached(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 9, 30));
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BatchAsync(new ChangeFees(), Changes(Row(order, 2026, 1m)), story.As(SmallMarket.Supplier));
        // 00:30 on 1 October in Berlin.
        story.Store.Clock.SetUtcNow(new DateTimeOffset(2026, 9, 30, 22, 30, 0, TimeSpan.Zero));
        order = await story.OrderAsync(order.Id);

        RowResult late = Assert.Single(await story.Store.UnchangedAsync(() => story.BatchAsync(new ChangeFees(), Changes(Row(order, 2026, 2m)), story.As(SmallMarket.Supplier))));
        RowResult earlier = Assert.Single(await story.Store.UnchangedAsync(() => story.BatchAsync(new ChangeFees(), Changes(Row(order, 2025, 2m)), story.As(SmallMarket.Supplier))));
        RowResult next = Assert.Single(await story.BatchAsync(new ChangeFees(), Changes(Row(order, 2027, 2m)), story.As(SmallMarket.Supplier)));

        DeadlinePassed passed = Assert.IsType<DeadlinePassed>(Assert.Single(late.Refusals));
        Assert.Equal((new DateOnly(2026, 9, 30), 2027, "input.changes.0.effectiveYear"), (passed.Deadline, passed.NextEffectiveYear, string.Join('.', passed.Path)));
        Assert.Equal((new DateOnly(2025, 9, 30), 2027), Assert.IsType<DeadlinePassed>(Assert.Single(earlier.Refusals)) is var p ? (p.Deadline, p.NextEffectiveYear) : default);
        Assert.Empty(next.Refusals);
        Assert.Equal([(2026, 1m), (2027, 2m)], (await story.OrderAsync(order.Id)).Fees.OrderBy(f => f.Number).Select(f => (f.EffectiveYear, f.AnnualFee)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Bad_rows_are_reported_with_their_place_and_change_nothing(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 2, 1));
        Order billed = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.BillAsync(SmallMarket.Govdigital, 2026);
        Order mixed = await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Lippe);
        Order stale = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Lippe);
        Order rejected = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Lippe);
        await story.DoAsync(new RejectOrder(), new RejectOrder.Input(rejected.Id, 1, "Nein"), story.As(SmallMarket.Govdigital));
        Order good = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aggregator);
        ChangeFees.Input input = Changes(
            Row(billed, 2026, 1m), Row(mixed, 2026, 1m), Row(stale, 2026, 1m) with { ExpectedVersion = 2 }, Row(await story.OrderAsync(rejected.Id), 2026, 1m),
            Row(good, 2026, 1m) with { OrderId = Guid.NewGuid() }, Row(good, 2026, 1m));

        IReadOnlyList<RowResult> none = await story.Store.UnchangedAsync(() => story.BatchAsync(new ChangeFees(), input with { Mode = BatchMode.Atomic }, story.As(SmallMarket.Supplier)));
        string key = "changes";
        IReadOnlyList<RowResult> rows = await story.BatchAsync(new ChangeFees(), input, story.As(SmallMarket.Supplier), key);
        IReadOnlyList<RowResult> again = await story.Store.UnchangedAsync(() => story.BatchAsync(new ChangeFees(), input, story.As(SmallMarket.Supplier), key));

        string[] expected =
        [
            "YEAR_BILLED input.changes.0.effectiveYear", "FEE_TAXES_UNKNOWN input.changes.1.orderId", "STALE_VERSION input.changes.2.expectedVersion", "INVALID_STATE input.changes.3.orderId",
            "NOT_FOUND input.changes.4.orderId", "",
        ];
        Assert.All(new[] { none, rows, again }, r => Assert.Equal(expected, r.Select(Told)));
        Assert.Equal(["state", "activeFrom"], Assert.IsType<StaleVersion>(Assert.Single(rows[2].Refusals)).ChangedFields);
        Assert.All(none, r => Assert.Null(r.Subject));
        Assert.Equal((0, 1), ((await story.OrderAsync(mixed.Id)).Fees.Count, (await story.OrderAsync(good.Id)).Fees.Count));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Bad_sums_years_and_reasons_and_other_parties_are_refused(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, At(2026, 2, 1));
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);

        async Task<string[]> RefusedAsync(ChangeFees.Row row, string by = SmallMarket.Supplier) =>
            [.. Assert.Single(await story.Store.UnchangedAsync(() => story.BatchAsync(new ChangeFees(), Changes(row), story.As(by)))).Refusals.Select(r => $"{r.Code.Name} {r.Path[^1]}")];

        Assert.Equal(["AMOUNT_NEGATIVE annualFee", "SUM_DECIMALS_TOO_MANY nextBillingAmount", "REQUIRED reason"], await RefusedAsync(Row(order, 2026, -1m, 0.001m) with { Reason = " " }));
        Assert.Equal(["AMOUNT_TOO_HIGH annualFee"], await RefusedAsync(Row(order, 2026, 1_000_000_000.01m)));
        Assert.Equal(["FEE_YEAR_OUT_OF_RANGE effectiveYear"], await RefusedAsync(Row(order, 2032, 1m)));
        Assert.Equal(["FEE_YEAR_OUT_OF_RANGE effectiveYear"], await RefusedAsync(Row(order, 0, 1m)));
        Assert.Equal(["PERMISSION_DENIED orderId"], await RefusedAsync(Row(order, 2026, 1m), SmallMarket.Govdigital));
        Assert.Equal(["PERMISSION_DENIED orderId"], await RefusedAsync(Row(order, 2026, 1m), SmallMarket.Aachen));
        Assert.Equal(["NOT_FOUND orderId"], await RefusedAsync(Row(order, 2026, 1m), SmallMarket.Lippe));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task More_than_two_hundred_rows_none_and_one_order_twice_are_refused_as_a_whole(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen);
        ChangeFees.Row[] unknown = [.. Enumerable.Range(0, ChangeFees.MostChanges).Select(_ => Row(order, 2026, 1m) with { OrderId = Guid.NewGuid() })];

        Assert.Equal("Invalid TOO_MANY input/changes", await story.RefusedAsync(new ChangeFees(), Changes([.. unknown, Row(order, 2026, 1m)]), SmallMarket.Supplier));
        Assert.Equal("Invalid REQUIRED input/changes", await story.RefusedAsync(new ChangeFees(), Changes(), SmallMarket.Supplier));
        Assert.Equal("Invalid DUPLICATE input/changes/1", await story.RefusedAsync(new ChangeFees(), Changes(Row(order, 2026, 1m), Row(order, 2026, 2m)), SmallMarket.Supplier));
        Assert.Equal(ChangeFees.MostChanges, (await story.BatchAsync(new ChangeFees(), Changes(unknown), story.As(SmallMarket.Supplier))).Count(r => Told(r).StartsWith("NOT_FOUND ", StringComparison.Ordinal)));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Changes_take_the_same_commands_for_one_row_and_for_many(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order[] orders = [await story.ActiveAsync(SmallMarket.Portal, SmallMarket.Aachen), await story.ActiveAsync(SmallMarket.Mixed, SmallMarket.Lippe), await story.ActiveAsync(SmallMarket.Free, SmallMarket.Aggregator)];

        Task<int> ReadsAsync(Order[] changed) => story.Store.Commands.OfAsync(async () => Assert.All(
            await story.BatchAsync(new ChangeFees(), Changes([.. changed.Select(o => Row(o, 2026, 1m) with { ExpectedVersion = 1 })]), story.As(SmallMarket.Supplier)), r => Assert.Null(r.Subject)));

        Assert.Equal(await ReadsAsync(orders[..1]), await ReadsAsync(orders));
    }

    private static DateTimeOffset At(int year, int month, int day) => new(year, month, day, 9, 0, 0, TimeSpan.Zero);

    private static ChangeFees.Input Changes(params ChangeFees.Row[] rows) => new(rows, BatchMode.Partial);

    private static ChangeFees.Row Row(Order order, int year, decimal annual, decimal? next = null) => new(order.Id, order.Version, year, annual, next, "Mehr Nachnutzer");

    private static string Told(RowResult row) => string.Join(' ', row.Refusals.Select(x => $"{x.Code.Name} {string.Join('.', x.Path)}"));
}
