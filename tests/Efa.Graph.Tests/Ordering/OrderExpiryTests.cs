using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderExpiryTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_waits_longer_than_the_setting_expires_unless_it_binds(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        story.Store.Get<OrderingOptions>().ExpireAfterDays = 30;
        Order placed = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        Order waiting = await story.OrderInAsync(OrderState.InCoordination);

        story.Store.Clock.Advance(TimeSpan.FromDays(30));
        await RunAsync(story);
        Assert.Equal(OrderState.InCoordination, (await story.OrderAsync(waiting.Id)).State);

        story.Store.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await RunAsync(story);
        Order expired = await story.OrderAsync(waiting.Id);
        Assert.Equal((OrderState.Expired, waiting.Version + 1), (expired.State, expired.Version));
        Assert.Equal(placed.Version, (await story.OrderAsync(placed.Id)).Version);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_step_begins_the_time_anew(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.OrderInAsync(OrderState.InterestExpressed);
        story.Store.Clock.Advance(TimeSpan.FromDays(179));
        await story.TakeAsync(OrderTransitions.StartCoordination, order);
        story.Store.Clock.Advance(TimeSpan.FromDays(179));

        await RunAsync(story);

        Assert.Equal(OrderState.InCoordination, (await story.OrderAsync(order.Id)).State);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Many_expire_in_bounded_steps_the_longest_waiting_first(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        var orders = new List<Guid>();
        foreach (string who in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Unreachable })
        {
            var input = new ExpressInterest.Input(story.Market.Offers[SmallMarket.Coordinated], story.Organisation(who), null, null);
            orders.Add(await story.DoAsync(new ExpressInterest(), input, story.As(who)));
            story.Store.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        var step = new ExpireOrders.Input(orders[0], story.Store.Clock.GetUtcNow());

        await story.DoAsync(new ExpireOrders(pageSize: 2), step, Caller.System);
        Assert.Equal([OrderState.Expired, OrderState.Expired, OrderState.InterestExpressed], await StatesAsync());
        await story.DoAsync(new ExpireOrders(pageSize: 2), step, Caller.System);
        Assert.Equal([OrderState.Expired, OrderState.Expired, OrderState.Expired], await StatesAsync());

        async Task<OrderState[]> StatesAsync() => [(await story.OrderAsync(orders[0])).State, (await story.OrderAsync(orders[1])).State, (await story.OrderAsync(orders[2])).State];
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task There_is_one_job_a_day_however_many_nodes_there_are(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        ExpireOrdersSchedule schedule = story.Store.Get<ExpireOrdersSchedule>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => schedule.EnqueueAsync(CancellationToken.None))));
        Assert.Equal(["2026-02-15"], await DaysAsync());
        story.Store.Clock.Advance(TimeSpan.FromDays(1));
        await schedule.EnqueueAsync(CancellationToken.None);
        Assert.Equal(["2026-02-15", "2026-02-16"], await DaysAsync());

        Task<string[]> DaysAsync() => story.Store.ReadAsync(context =>
            context.Set<Job>().Where(j => j.Kind == ExpireOrdersJob.JobKind).OrderBy(j => j.Key).Select(j => j.Key).ToArrayAsync());
    }

    private static Task RunAsync(MarketStory story) => story.Store.Get<ExpireOrdersJob>().RunAsync(Guid.NewGuid(), CancellationToken.None);
}
