using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using GraphQL.Types;

namespace Efa.Graph.Ordering;

/// <summary>A change of an order with its place in the log as clients hold it.</summary>
public sealed record ShownOrderEvent(OrderEvent Event, string Cursor);

public sealed class OrderEventType : ObjectGraphType<ShownOrderEvent>
{
    private static readonly IReadOnlyDictionary<string, OrderState> States = Enum.GetValues<OrderState>().ToDictionary(ApiName.Of, StringComparer.Ordinal);

    public OrderEventType()
    {
        Name = "OrderEvent";
        Description = "A change of an order; from and to are equal where the state stays.";
        Field<NonNullGraphType<CursorType>>("cursor").Description("Its position in the log: the subscription goes on after it.").Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<InstantType>>("at").Resolve(context => context.Source.Event.At);
        Field<NonNullGraphType<StringGraphType>>("type").Description("order.interest-expressed, order.coordination-started, order.terms-submitted, order.terms-consented, order.terms-agreed, order.approval-awaited, order.approved, order.placed, order.accepted, order.rejected, order.withdrawn, order.expired, order.provisioning, order.provisioning-failed, order.activated, order.removal-failed, order.termination-requested, order.terminated. New types may come.")
            .Resolve(context => context.Source.Event.Type);
        Field<NonNullGraphType<OrderType>>("order").Description("As it is now, which may be further than this event.")
            .Resolve(context => context.Request().Get<OrderLoader>().Load(context.Source.Event.OrderId));
        Field<NonNullGraphType<IntGraphType>>("version").Description("The order's version after it: ignore what is not newer than what you hold.").Resolve(context => context.Source.Event.Version);
        Field<OrderStateType>("from").Description("Null for the first event.").Resolve(context => context.Source.Event.From is { } from ? States[from] : null);
        Field<NonNullGraphType<OrderStateType>>("to").Resolve(context => States[context.Source.Event.To]);
        Field<NonNullGraphType<StringGraphType>>("actor").Description("Id of the caller whose doing it was, never a person's name.").Resolve(context => context.Source.Event.Actor);
        Field<StringGraphType>("note").Description("What the actor gave as reason or note.").Resolve(context => context.Source.Event.Note);
    }
}

public sealed class OrderEventConnectionType : LogConnectionType<OrderEventType, ShownOrderEvent>;
