using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderStepTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    private static readonly string[] Mutations = [OrderTransitions.Accept, OrderTransitions.Reject, OrderTransitions.StartProvisioning, OrderTransitions.Activate];

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Each_step_is_taken_in_its_state_only(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        (OrderState State, string[] Way)[] states =
        [
            (OrderState.Placed, []),
            (OrderState.Accepted, [OrderTransitions.Accept]),
            (OrderState.Rejected, [OrderTransitions.Reject]),
            (OrderState.Provisioning, [OrderTransitions.Accept, OrderTransitions.StartProvisioning]),
            (OrderState.Active, [OrderTransitions.Accept, OrderTransitions.StartProvisioning, OrderTransitions.Activate]),
        ];
        foreach ((OrderState state, string[] way) in states)
            foreach (string mutation in Mutations)
            {
                Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
                foreach (string step in way) Assert.Empty((await StepAsync(story, step, await story.OrderAsync(order.Id))).Refusals);
                order = await story.OrderAsync(order.Id);
                Assert.Equal(state, order.State);

                if (OrderTransitions.Find(mutation, state) is { } transition)
                {
                    Assert.Empty((await StepAsync(story, mutation, order)).Refusals);
                    Order after = await story.OrderAsync(order.Id);
                    Assert.Equal((transition.To, order.Version + 1), (after.State, after.Version));
                }
                else
                {
                    OperationResult refused = await story.Store.UnchangedAsync(() => StepAsync(story, mutation, order));
                    var reason = Assert.IsType<InvalidState>(Assert.Single(refused.Refusals));
                    Assert.Equal(ApiName.Of(state), reason.State);
                    Assert.Equal(OrderTransitions.From(state).Select(t => t.Mutation), reason.Allowed);
                }
            }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Each_step_is_taken_by_its_party_only(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        foreach (string mutation in Mutations)
        {
            OrganisationRole by = OrderTransitions.TakenBy(mutation);
            string other = by == OrganisationRole.Seller ? SmallMarket.Supplier : SmallMarket.Govdigital;
            foreach (Caller caller in new[] { story.As(other), story.As(SmallMarket.Aachen), story.As(SmallMarket.Wismar) with { IsOperator = true } })
            {
                OperationResult refused = await story.Store.UnchangedAsync(() => StepAsync(story, mutation, order, caller));
                Assert.Equal([by], Assert.IsType<PermissionDenied>(Assert.Single(refused.Refusals)).RequiredRoles);
            }
            OperationResult foreign = await story.Store.UnchangedAsync(() => StepAsync(story, mutation, order, story.As(SmallMarket.Wismar)));
            Assert.Equal(["input", "orderId"], Assert.IsType<NotFound>(Assert.Single(foreign.Refusals)).Path);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_stale_version_is_refused_with_what_changed_since(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order placed = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await StepAsync(story, OrderTransitions.Accept, placed);
        await StepAsync(story, OrderTransitions.StartProvisioning, await story.OrderAsync(placed.Id));
        await StepAsync(story, OrderTransitions.Activate, await story.OrderAsync(placed.Id));

        OperationResult refused = await story.Store.UnchangedAsync(() => StepAsync(story, OrderTransitions.Accept, placed));

        var stale = Assert.IsType<StaleVersion>(Assert.Single(refused.Refusals));
        Assert.Equal(4, stale.CurrentVersion);
        Assert.Equal(["state", "activeFrom"], stale.ChangedFields);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Of_two_who_decide_at_once_one_wins(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        OperationResult[] answers = await Task.WhenAll(
            Task.Run(() => StepAsync(story, OrderTransitions.Accept, order)),
            Task.Run(() => StepAsync(story, OrderTransitions.Reject, order)));

        Assert.Single(answers, a => a.Refusals.Count == 0);
        var stale = Assert.IsType<StaleVersion>(Assert.Single(answers.SelectMany(a => a.Refusals)));
        Assert.Equal(2, stale.CurrentVersion);
        Assert.Equal(2, (await story.OrderAsync(order.Id)).Version);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task It_is_not_active_before_the_agreed_start(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen, i => i with { StartsOn = new DateOnly(2026, 4, 1) });
        await StepAsync(story, OrderTransitions.Accept, order);
        await StepAsync(story, OrderTransitions.StartProvisioning, await story.OrderAsync(order.Id));
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

        await StepAsync(story, OrderTransitions.Reject, order);
        Assert.Empty((await story.OrderAsync(order.Id)).NextActions(story.As(SmallMarket.Govdigital)));
    }

    private static Task<OperationResult> StepAsync(MarketStory story, string mutation, Order order, Caller? caller = null)
    {
        string key = Guid.NewGuid().ToString();
        Caller by = caller ?? story.As(OrderTransitions.TakenBy(mutation) == OrganisationRole.Seller ? SmallMarket.Govdigital : SmallMarket.Supplier);
        OperationRunner runner = story.Store.Runner;
        return mutation switch
        {
            OrderTransitions.Accept => runner.RunAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, order.Version), by, key, CancellationToken.None),
            OrderTransitions.Reject => runner.RunAsync(new RejectOrder(), new RejectOrder.Input(order.Id, order.Version, "Nein."), by, key, CancellationToken.None),
            OrderTransitions.StartProvisioning => runner.RunAsync(new StartProvisioning(), new StartProvisioning.Input(order.Id, order.Version, null), by, key, CancellationToken.None),
            OrderTransitions.Activate => runner.RunAsync(new ActivateOrder(), new ActivateOrder.Input(order.Id, order.Version, order.StartsOn), by, key, CancellationToken.None),
            _ => throw new ArgumentOutOfRangeException(nameof(mutation), mutation, null),
        };
    }
}
