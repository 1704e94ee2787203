using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering;

public sealed class TerminationTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [Theory]
    // Without term and notice at once, but never before the first day of service.
    [InlineData(0, 0, NoticeTo.AnyDay, "2026-02-15", "2025-01-01", "2026-02-15")]
    [InlineData(0, 0, NoticeTo.AnyDay, "2026-02-15", "2026-03-01", "2026-03-01")]
    // Three months from the day of notice, clamped to the end of a short month.
    [InlineData(0, 3, NoticeTo.AnyDay, "2026-02-15", "2025-01-01", "2026-05-15")]
    [InlineData(0, 6, NoticeTo.AnyDay, "2026-08-31", "2025-01-01", "2027-02-28")]
    // The term of twelve months ends the day before the same day of the next year, a leap day with its month.
    [InlineData(12, 0, NoticeTo.AnyDay, "2026-02-15", "2026-02-15", "2027-02-14")]
    [InlineData(12, 0, NoticeTo.AnyDay, "2024-02-29", "2024-02-29", "2025-02-28")]
    [InlineData(1, 0, NoticeTo.AnyDay, "2026-01-31", "2026-01-31", "2026-02-28")]
    // To the end of month, quarter and calendar year.
    [InlineData(0, 1, NoticeTo.EndOfMonth, "2026-01-31", "2025-01-01", "2026-02-28")]
    [InlineData(0, 1, NoticeTo.EndOfQuarter, "2026-03-01", "2025-01-01", "2026-06-30")]
    [InlineData(12, 3, NoticeTo.EndOfCalendarYear, "2026-09-30", "2025-01-01", "2026-12-31")]
    [InlineData(12, 3, NoticeTo.EndOfCalendarYear, "2026-10-01", "2025-01-01", "2027-12-31")]
    [InlineData(24, 3, NoticeTo.EndOfCalendarYear, "2026-02-15", "2026-02-15", "2028-12-31")]
    public void The_earliest_end_follows_from_term_and_notice(int term, int period, NoticeTo to, string today, string startsOn, string earliest) =>
        Assert.Equal(Day(earliest), new Notice(term, period, to).Earliest(Day(today), Day(startsOn), Day(startsOn)));

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_one_side_asks_for_the_other_confirms(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        DateOnly last = new(2026, 9, 30);
        foreach ((string asks, string confirms) in new[]
        {
            (SmallMarket.Aachen, SmallMarket.Govdigital), (SmallMarket.Govdigital, SmallMarket.Aachen), (SmallMarket.Supplier, SmallMarket.Aachen),
        })
        {
            Order active = await story.OrderInAsync(OrderState.Active);
            await story.DoAsync(new RequestTermination(), new RequestTermination.Input(active.Id, active.Version, last, "Fusion."), story.As(asks));

            Order requested = await story.OrderAsync(active.Id);
            Assert.Equal((OrderState.TerminationRequested, last, null), (requested.State, requested.TerminationOn, requested.EndsOn));
            Assert.Equal([confirms], await WaitingAsync(story, active.Id));
            foreach (string other in new[] { SmallMarket.Aachen, SmallMarket.Govdigital, SmallMarket.Supplier }.Where(o => o != confirms))
            {
                OperationResult refused = await story.Store.UnchangedAsync(() => story.TakeAsync(OrderTransitions.ConfirmTermination, requested, story.As(other)));
                Assert.IsType<PermissionDenied>(Assert.Single(refused.Refusals));
            }

            Assert.Empty((await story.TakeAsync(OrderTransitions.ConfirmTermination, requested, story.As(confirms))).Refusals);
            Order ended = await story.OrderAsync(active.Id);
            Assert.Equal((OrderState.Terminated, last), (ended.State, ended.EndsOn));
            Assert.Empty(await WaitingAsync(story, active.Id));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_day_that_is_too_early_or_none_to_give_notice_to_is_refused_with_the_next_one(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.ActiveAsync(SmallMarket.Residence, SmallMarket.Brandenburg);

        // Today is the 15th of February 2026: the year of minimum term reaches into 2027.
        await RefusedAsync(new DateOnly(2026, 12, 31), OrderingRefusals.TerminationTooEarly, "2027-12-31");
        await RefusedAsync(new DateOnly(2028, 1, 1), OrderingRefusals.NotANoticeDay, "2028-12-31");
        await story.DoAsync(new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, new DateOnly(2028, 12, 31), null), story.As(SmallMarket.Brandenburg));

        async Task RefusedAsync(DateOnly day, ErrorCode code, string named)
        {
            OperationResult refused = await story.Store.UnchangedAsync(() => story.Store.Runner.RunAsync(
                new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, day, null), story.As(SmallMarket.Brandenburg), "key", CancellationToken.None));
            var reason = Assert.IsType<Invalid>(Assert.Single(refused.Refusals));
            Assert.Equal((code, "input.effectiveOn"), (reason.Code, string.Join('.', reason.Path)));
            Assert.Equal([named], reason.Values);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Billed_is_to_the_confirmed_day_and_no_further(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind, new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero));
        Order order = await story.OrderInAsync(OrderState.Active);
        await story.DoAsync(new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, new DateOnly(2026, 9, 30), null), story.As(SmallMarket.Aachen));
        await story.DoAsync(new ConfirmTermination(), new ConfirmTermination.Input(order.Id, order.Version + 1), story.As(SmallMarket.Govdigital));

        await story.BillAsync(SmallMarket.Govdigital, 2026);

        // 12,000.00 by 273 of 365 days, and 1,800.00 once.
        Invoice invoice = Assert.Single(await story.InvoicesAsync());
        Assert.Equal((8_975.34m + 1_800m, new DateOnly(2026, 9, 30)), (invoice.Net, invoice.PeriodTo));
    }

    [Fact]
    public async Task Over_the_api_the_earliest_day_is_told_and_the_other_side_confirms()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = await trade.ActiveAsync(SmallMarket.Residence, SmallMarket.Brandenburg, SmallMarket.Fitko);
        const string query = "query($id: ID!) { order(by: { id: $id }) { state terminationOn endsOn earliestTerminationOn } }";
        Assert.Equal("""{"state":"ACTIVE","terminationOn":null,"endsOn":null,"earliestTerminationOn":"2027-12-31"}""", await ShownAsync());

        var early = new { orderId = id, expectedVersion = 4, effectiveOn = "2026-12-31", reason = "Fusion.", idempotencyKey = "terminate" };
        var error = (await trade.RunAsync("RequestTermination", new { input = early }, SmallMarket.Brandenburg)).Data.GetProperty("requestTermination").GetProperty("errors")[0];
        Assert.Equal("TERMINATION_TOO_EARLY", error.GetProperty("code").GetString());
        Assert.Contains("2027-12-31", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        await trade.RunAsync("RequestTermination", new { input = early with { effectiveOn = "2027-12-31" } }, SmallMarket.Brandenburg);
        Assert.Equal("""{"state":"TERMINATION_REQUESTED","terminationOn":"2027-12-31","endsOn":null,"earliestTerminationOn":null}""", await ShownAsync());
        await trade.StepAsync("ConfirmTermination", id, 5, SmallMarket.Fitko);
        Assert.Equal("""{"state":"TERMINATED","terminationOn":"2027-12-31","endsOn":"2027-12-31","earliestTerminationOn":null}""", await ShownAsync());

        async Task<string> ShownAsync() => (await trade.AskAsync(query, new { id }, SmallMarket.Brandenburg)).Data.GetProperty("order").ToString();
    }

    private static Task<string[]> WaitingAsync(MarketStory story, Guid order) => story.Store.ReadAsync(context =>
    {
        string[] parties = [SmallMarket.Aachen, SmallMarket.Govdigital, SmallMarket.Supplier];
        return Task.FromResult(parties.Where(key =>
            context.OrdersVisibleTo(Caller.System).Matching(new OrderFilter { NextActionBy = story.Organisation(key) }).Any(o => o.Id == order)).ToArray());
    });

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
