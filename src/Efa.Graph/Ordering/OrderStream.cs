using System.Runtime.CompilerServices;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using GraphQL;

namespace Efa.Graph.Ordering;

/// <summary>Feeds the subscription to changes of orders from the log.</summary>
internal static class OrderStream
{
    public static async IAsyncEnumerable<ShownOrderEvent> Follow(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequestContext request = context.Request();
        LogRange range = (await request.Get<LogRangeLoader>().Load(OrderEvents.Log).GetResultAsync(cancellationToken))!;
        long after = Start(context, request) is { } cursor ? range.PositionOf(cursor, OrderEvents.Log) : range.Head;
        request.Position = Cursor(after);

        IAsyncEnumerable<OrderEvent> events = request.Services.GetRequiredService<OrderEvents>()
            .FollowAsync(request.CallerNow, OrderEventLists.Filter(context), after, position => request.Position = Cursor(position), cancellationToken);
        await foreach (OrderEvent entry in events) yield return new ShownOrderEvent(entry, Cursor(entry.Position));

        string Cursor(long position) => range.Cursor(OrderEvents.Log, position).ToString();
    }

    // A browser that resumes repeats its first address, so what it says beside it is newer than the argument in it.
    private static LogCursor? Start(IResolveFieldContext context, RequestContext request) =>
        request.ResumeAfter is { } last ? LogArguments.ParseLogCursor(last) : context.LogCursor("after");
}
