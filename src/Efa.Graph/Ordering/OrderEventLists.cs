using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.DataLoader;

namespace Efa.Graph.Ordering;

/// <summary>Reads the log of orders for the fields that show it.</summary>
internal static class OrderEventLists
{
    public const int RootSize = 100;
    public const int NestedSize = 50;

    /// <summary>Events of all orders that the caller sees.</summary>
    public static async Task<LogConnection<ShownOrderEvent>> OfAllAsync(IResolveFieldContext context)
    {
        RequestContext request = context.Request();
        LogRange range = (await request.Get<LogRangeLoader>().Load(OrderEvents.Log).GetResultAsync(context.CancellationToken))!;
        LogCursor? cursor = context.LogCursor("after");
        OrderEventPage page = await request.Services.GetRequiredService<OrderEvents>()
            .ReadAsync(request.Caller, Filter(context), After(range, cursor), context.First(), context.CancellationToken);
        return Connection(page.Events, page.HasMore, cursor is not null, page.ReadUpTo, range with { Head = page.Head });
    }

    /// <summary>Events of one order, read together with those of its neighbours.</summary>
    public static IDataLoaderResult<IDataLoaderResult<LogConnection<ShownOrderEvent>>> OfOrder(IResolveFieldContext context, Guid orderId)
    {
        RequestContext request = context.Request();
        int count = context.First();
        LogCursor? cursor = context.LogCursor("after");
        return request.Get<LogRangeLoader>().Load(OrderEvents.Log).ThenLoad(range =>
        {
            long after = After(range!, cursor);
            return request.Get<OrderHistoryLoader>().Load(new EventsOfOrder(orderId, after, count)).Then(found =>
            {
                IReadOnlyList<OrderEvent> events = found ?? [];
                bool more = events.Count > count;
                // An event may have come since the head was read.
                long head = events.Count > 0 ? Math.Max(range!.Head, events[^1].Position) : range!.Head;
                OrderEvent[] shown = [.. events.Take(count)];
                return Connection(shown, more, cursor is not null, more ? shown[^1].Position : head, range with { Head = head });
            });
        });
    }

    public static OrderEventFilter Filter(IResolveFieldContext context) => new(context.Ids("orderIds"), context.OptionalId("organisationId"));

    private static long After(LogRange range, LogCursor? cursor) => cursor is null ? range.First - 1 : range.PositionOf(cursor, OrderEvents.Log);

    private static LogConnection<ShownOrderEvent> Connection(IReadOnlyList<OrderEvent> events, bool more, bool fromCursor, long readUpTo, LogRange range)
    {
        ShownOrderEvent[] shown = [.. events.Select(e => new ShownOrderEvent(e, range.Cursor(OrderEvents.Log, e.Position).ToString()))];
        var page = new Page<ShownOrderEvent>(shown, [.. shown.Select(e => e.Cursor)], more, fromCursor);
        return new LogConnection<ShownOrderEvent>(page, range.Cursor(OrderEvents.Log, readUpTo).ToString(), range.Cursor(OrderEvents.Log, range.Head).ToString());
    }
}
