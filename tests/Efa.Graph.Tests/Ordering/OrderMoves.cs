using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;

namespace Efa.Graph.Tests.Ordering;

/// <summary>Takes any step of the table with good input, and brings orders into any state.</summary>
internal static class OrderMoves
{
    public static readonly IReadOnlyList<string> Mutations = [.. OrderTransitions.All.Select(t => t.Mutation).Distinct()];

    /// <summary>How an order gets into each state.</summary>
    public static readonly IReadOnlyDictionary<OrderState, string[]> Ways = new Dictionary<OrderState, string[]>
    {
        [OrderState.Placed] = [],
        [OrderState.Accepted] = [OrderTransitions.Accept],
        [OrderState.Rejected] = [OrderTransitions.Reject],
        [OrderState.Provisioning] = [OrderTransitions.Accept, OrderTransitions.StartProvisioning],
        [OrderState.Active] = [OrderTransitions.Accept, OrderTransitions.StartProvisioning, OrderTransitions.Activate],
        [OrderState.TerminationRequested] = [OrderTransitions.Accept, OrderTransitions.StartProvisioning, OrderTransitions.Activate, OrderTransitions.RequestTermination],
        [OrderState.Terminated] =
            [OrderTransitions.Accept, OrderTransitions.StartProvisioning, OrderTransitions.Activate, OrderTransitions.RequestTermination, OrderTransitions.ConfirmTermination],
    };

    /// <summary>An order of Aachen's in a state, each step taken by the first party that may.</summary>
    public static async Task<Order> OrderInAsync(this MarketStory story, OrderState state)
    {
        Order order = await story.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        foreach (string mutation in Ways[state])
        {
            Assert.Empty((await story.TakeAsync(mutation, order)).Refusals);
            order = await story.OrderAsync(order.Id);
        }
        Assert.Equal(state, order.State);
        return order;
    }

    /// <summary>Takes a step as a caller, or as the first party for whom it is open or ever will be.</summary>
    public static Task<OperationResult> TakeAsync(this MarketStory story, string mutation, Order order, Caller? caller = null)
    {
        OrganisationRole by = OrderTransitions.From(order).FirstOrDefault(t => t.Mutation == mutation)?.By ?? OrderTransitions.TakenBy(mutation)[0];
        Caller taker = caller ?? story.As(story.KeyOf(order.Party(by)));
        return mutation switch
        {
            OrderTransitions.Accept => RunAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, order.Version)),
            OrderTransitions.Reject => RunAsync(new RejectOrder(), new RejectOrder.Input(order.Id, order.Version, "Nein.")),
            OrderTransitions.StartProvisioning => RunAsync(new StartProvisioning(), new StartProvisioning.Input(order.Id, order.Version, null)),
            OrderTransitions.Activate => RunAsync(new ActivateOrder(), new ActivateOrder.Input(order.Id, order.Version, order.StartsOn)),
            OrderTransitions.RequestTermination => RunAsync(new RequestTermination(), new RequestTermination.Input(order.Id, order.Version, story.Store.Today.AddYears(1), "Fusion.")),
            OrderTransitions.ConfirmTermination => RunAsync(new ConfirmTermination(), new ConfirmTermination.Input(order.Id, order.Version)),
            _ => throw new ArgumentOutOfRangeException(nameof(mutation), mutation, null),
        };

        Task<OperationResult> RunAsync<TInput>(Operation<TInput> operation, TInput input)
            where TInput : notnull =>
            story.Store.Runner.RunAsync(operation, input, taker, Guid.NewGuid().ToString(), CancellationToken.None);
    }
}
