using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering;

/// <summary>The whole table of steps against the operations: what nextActions calls allowed can be done, and nothing else.</summary>
public sealed class OrderModelTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    [Trait("attack", "B11")]
    public async Task Exactly_the_steps_that_are_called_allowed_succeed(StoreKind kind)
    {
        await using MarketStory story = await MarketStory.BeginAsync(kind);
        foreach (OrderWay way in OrderMoves.Ways)
        {
            Order order = await story.OrderInAsync(way);
            foreach ((string who, Caller caller) in Callers(story))
                foreach (string mutation in OrderMoves.Mutations)
                {
                    OrderAction[] actions = [.. order.NextActions(caller).Where(a => a.Mutation == mutation)];
                    OperationResult result = await story.TakeAsync(mutation, order, caller);
                    Order after = await story.OrderAsync(order.Id);
                    string what = $"{way.Name}: {mutation} by {who}: {string.Join(' ', result.Refusals)}";
                    if (actions.FirstOrDefault(a => a.Allowed) is { } allowed)
                    {
                        Assert.True(result.Refusals.Count == 0, what);
                        Assert.Equal((allowed.Target, order.Version + 1), (after.State, after.Version));
                        order = await story.OrderInAsync(way);
                    }
                    else
                    {
                        Assert.True(IsExpected(Assert.Single(result.Refusals), actions, order, who), what);
                        Assert.Equal((order.State, order.Version), (after.State, after.Version));
                    }
                }
        }
    }

    [Fact]
    public void Every_state_is_tried() => Assert.Equal(Enum.GetValues<OrderState>(), OrderMoves.Ways.Select(w => w.State).Distinct().Order());

    private static IEnumerable<(string Who, Caller Caller)> Callers(MarketStory story) =>
    [
        ("customer", story.As(SmallMarket.Aachen)),
        ("colleague", story.As(SmallMarket.Aachen) with { Id = "colleague" }),
        ("seller", story.As(SmallMarket.Govdigital)),
        ("supplier", story.As(SmallMarket.Supplier)),
        ("stranger", story.As(SmallMarket.Wismar)),
        ("operator", story.As(SmallMarket.Wismar) with { IsOperator = true }),
        ("reader", story.As(SmallMarket.Aachen, "orders:read")),
        ("reading seller", story.As(SmallMarket.Govdigital, "orders:read")),
        ("reading supplier", story.As(SmallMarket.Supplier, "orders:read")),
    ];

    /// <summary>The scope comes first, then whether the order is there for the caller, then whose step it is, then the state.</summary>
    private static bool IsExpected(Refusal refusal, OrderAction[] actions, Order order, string who) => refusal switch
    {
        PermissionDenied { RequiredScope: OrderTransitions.Scope } => who.StartsWith("reading", StringComparison.Ordinal) || who == "reader",
        NotFound => who == "stranger",
        Invalid { Code.Name: "APPROVER_NOT_ANOTHER" } => who == "customer" && order.State == OrderState.AwaitingApproval,
        PermissionDenied denied => who != "stranger" && (actions.Length == 0 || actions.Select(a => a.By).Distinct().Order().SequenceEqual(denied.RequiredRoles.Order())
            || denied.RequiredRoles.SequenceEqual(OrderTransitions.TakenBy(actions[0].Mutation))),
        InvalidState state => actions.Length == 0 && state.State == ApiName.Of(order.State) && state.Allowed.SequenceEqual(OrderTransitions.From(order).Select(t => t.Mutation).Distinct()),
        _ => false,
    };
}
