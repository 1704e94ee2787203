using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderStepTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_stale_version_is_refused_with_what_changed_since(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order placed = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await story.TakeAsync(OrderTransitions.Accept, placed);
        await story.TakeAsync(OrderTransitions.StartProvisioning, await story.OrderAsync(placed.Id));
        await story.TakeAsync(OrderTransitions.Activate, await story.OrderAsync(placed.Id));

        OperationResult refused = await story.Store.UnchangedAsync(() => story.TakeAsync(OrderTransitions.Accept, placed));

        var stale = Assert.IsType<StaleVersion>(Assert.Single(refused.Refusals));
        Assert.Equal(4, stale.CurrentVersion);
        Assert.Equal(["state", "contracts", "activeFrom"], stale.ChangedFields);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B08")]
    public async Task Of_two_who_decide_at_once_one_wins(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        OperationResult[] answers = await Task.WhenAll(
            Task.Run(() => story.TakeAsync(OrderTransitions.Accept, order)),
            Task.Run(() => story.TakeAsync(OrderTransitions.Reject, order)));

        Assert.Single(answers, a => a.Refusals.Count == 0);
        var stale = Assert.IsType<StaleVersion>(Assert.Single(answers.SelectMany(a => a.Refusals)));
        Assert.Equal(2, stale.CurrentVersion);
        Assert.Equal(2, (await story.OrderAsync(order.Id)).Version);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B07")]
    public async Task Of_twenty_who_write_on_one_version_one_wins_and_the_others_are_told_the_current_one(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        OperationResult[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => story.TakeAsync(OrderTransitions.Accept, order))));

        Assert.Single(answers, a => a.Refusals.Count == 0);
        StaleVersion[] stale = [.. answers.SelectMany(a => a.Refusals).Cast<StaleVersion>()];
        Assert.Equal(19, stale.Length);
        Assert.All(stale, s => Assert.Equal(2, s.CurrentVersion));
        Assert.Equal(2, (await story.OrderAsync(order.Id)).Version);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task It_is_not_active_before_the_agreed_start(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen, i => i with { StartsOn = new DateOnly(2026, 4, 1) });
        await story.TakeAsync(OrderTransitions.Accept, order);
        await story.TakeAsync(OrderTransitions.StartProvisioning, await story.OrderAsync(order.Id));
        var input = new ActivateOrder.Input(order.Id, 3, new DateOnly(2026, 3, 31));

        OperationResult early = await story.Store.UnchangedAsync(() =>
            story.Store.Runner.RunAsync(new ActivateOrder(), input, story.As(SmallMarket.Supplier), "early", CancellationToken.None));

        Assert.Equal(OrderingRefusals.ActiveBeforeStart, Assert.Single(early.Refusals).Code);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Next_actions_say_whose_turn_it_is_and_what_stands_in_the_way(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Guid seller = story.Organisation(SmallMarket.Govdigital);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        IReadOnlyList<OrderAction> forSeller = order.NextActions(story.As(SmallMarket.Govdigital));
        Assert.Equal(
            [(OrderTransitions.Accept, OrganisationRole.Seller, seller, OrderState.Accepted), (OrderTransitions.Reject, OrganisationRole.Seller, seller, OrderState.Rejected)],
            forSeller.Select(a => (a.Mutation, a.By, a.OrganisationId, a.Target)));
        Assert.All(forSeller, a => Assert.True(a.Allowed));

        OrderAction reading = order.NextActions(story.As(SmallMarket.Govdigital, "orders:read"))[0];
        Assert.False(reading.Allowed);
        Assert.Equal("orders:write", Assert.IsType<PermissionDenied>(Assert.Single(reading.BlockedBy)).RequiredScope);

        OrderAction buyer = order.NextActions(story.As(SmallMarket.Aachen))[0];
        Assert.False(buyer.Allowed);
        Assert.Equal([OrganisationRole.Seller], Assert.IsType<PermissionDenied>(Assert.Single(buyer.BlockedBy)).RequiredRoles);
        Assert.Equal(2, order.NextActions(Caller.Anonymous)[0].BlockedBy.Count);

        await story.TakeAsync(OrderTransitions.Reject, order);
        Assert.Empty((await story.OrderAsync(order.Id)).NextActions(story.As(SmallMarket.Govdigital)));
    }
}
