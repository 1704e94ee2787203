using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>The events of single orders, read for many orders at once.</summary>
public static class OrderHistory
{
    /// <summary>For each order that the caller sees, the first events after a position and one more, which tells whether there are others; one SQL command.</summary>
    /// <remarks>Whoever sees the order sees all its events, also who became a party later because it pays.</remarks>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<OrderEvent>>> EventsOfOrdersAsync(
        this MarketContext context, IReadOnlyCollection<Guid> orderIds, long after, int count, CancellationToken cancellationToken)
    {
        var orders = await context.Set<LoggedEvent>().AsNoTracking()
            .Where(e => orderIds.Contains(e.SubjectId) && e.Position > after)
            .GroupBy(e => e.SubjectId)
            .Select(g => new
            {
                OrderId = g.Key,
                Events = g.OrderBy(e => e.Position).Take(count + 1)
                    .Select(e => new { Event = e, Note = context.Set<EventNote>().Where(n => n.Position == e.Position).Select(n => n.Text).FirstOrDefault() }).ToList(),
            })
            .ToListAsync(cancellationToken);
        return orders.ToDictionary(o => o.OrderId, IReadOnlyList<OrderEvent> (o) => [.. o.Events.Select(e => OrderEvent.Of(e.Event, e.Note))]);
    }
}
