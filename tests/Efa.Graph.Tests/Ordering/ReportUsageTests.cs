using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class ReportUsageTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_later_report_replaces_the_earlier(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen);

        await story.BatchAsync(new ReportUsage(), Reports((order.Id, 2026, 40)), story.As(SmallMarket.Supplier));
        await story.BatchAsync(new ReportUsage(), Reports((order.Id, 2026, 70)), story.As(SmallMarket.Supplier));

        Order reported = await story.OrderAsync(order.Id);
        Assert.Equal([(2026, 70, false)], reported.Usage.Select(u => (u.Year, u.Uses, u.IsBilled)));
        Assert.Equal(order.Version + 2, reported.Version);
        LoggedEvent last = await story.Store.ReadAsync(context => context.Set<LoggedEvent>().Where(e => e.SubjectId == order.Id).OrderByDescending(e => e.Position).FirstAsync());
        Assert.Equal(("order.usage-reported", "ACTIVE", "ACTIVE", "usage"), (last.Type, last.FromState, last.ToState, last.ChangedFields));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Bad_rows_are_reported_and_change_nothing(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order good = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen);
        Order other = await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Lippe);
        Order placed = await story.PlaceAsync(SmallMarket.Uses, SmallMarket.Aggregator);
        ReportUsage.Input input = Reports((good.Id, 2026, 1), (good.Id, 2025, 1), (good.Id, 2027, 1), (other.Id, 2026, -1), (placed.Id, 2026, 1), (Guid.NewGuid(), 2026, 1));

        IReadOnlyList<RowResult> rows = await story.BatchAsync(new ReportUsage(), input, story.As(SmallMarket.Supplier));

        Assert.Equal(
            ["", "USAGE_YEAR_OUT_OF_RANGE input.reports.1.year", "USAGE_YEAR_OUT_OF_RANGE input.reports.2.year", "EXPECTED_USES_OUT_OF_RANGE input.reports.3.uses", "INVALID_STATE input.reports.4.orderId", "NOT_FOUND input.reports.5.orderId"],
            rows.Select(r => string.Join(' ', r.Refusals.Select(x => $"{x.Code.Name} {string.Join('.', x.Path)}"))));
        Assert.Equal((1, 0), ((await story.OrderAsync(good.Id)).Usage.Count, (await story.OrderAsync(other.Id)).Usage.Count));

        IReadOnlyList<RowResult> none = await story.Store.UnchangedAsync(() => story.BatchAsync(new ReportUsage(), input with { Mode = BatchMode.Atomic }, story.As(SmallMarket.Supplier)));
        Assert.All(none, r => Assert.Null(r.Subject));
        RowResult buyer = Assert.Single(await story.Store.UnchangedAsync(() => story.BatchAsync(new ReportUsage(), Reports((good.Id, 2026, 2)), story.As(SmallMarket.Aachen))));
        Assert.Equal([OrganisationRole.Supplier], Assert.IsType<PermissionDenied>(Assert.Single(buyer.Refusals)).RequiredRoles);
    }

    [Fact]
    public void A_batch_is_bounded_and_names_nothing_twice()
    {
        Guid order = Guid.NewGuid();

        Assert.Equal(["REQUIRED"], new ReportUsage().Check(Reports()).Select(r => r.Code.Name));
        Assert.Equal(["DUPLICATE"], new ReportUsage().Check(Reports((order, 2026, 1), (order, 2025, 1), (order, 2026, 2))).Select(r => r.Code.Name));
        Assert.Equal(["TOO_MANY"], new ReportUsage().Check(Reports([.. Enumerable.Range(0, 201).Select(_ => (Guid.NewGuid(), 2026, 1))])).Select(r => r.Code.Name));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Reports_take_the_same_commands_for_one_row_and_for_many(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order[] orders = [await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aachen), await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Lippe), await story.ActiveAsync(SmallMarket.Uses, SmallMarket.Aggregator)];

        Assert.Equal(await ReadsAsync(story, orders[..1]), await ReadsAsync(story, orders));
    }

    /// <summary>Commands of a batch that writes nothing.</summary>
    private static Task<int> ReadsAsync(MarketStory story, Order[] orders) => story.Store.Commands.OfAsync(async () =>
        Assert.All(await story.BatchAsync(new ReportUsage(), Reports([.. orders.Select(o => (o.Id, 2026, -1))]), story.As(SmallMarket.Supplier)), r => Assert.Null(r.Subject)));

    private static ReportUsage.Input Reports(params (Guid Order, int Year, int Uses)[] rows) => new([.. rows.Select(r => new ReportUsage.Row(r.Order, r.Year, r.Uses))], BatchMode.Partial);
}
