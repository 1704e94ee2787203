using System.Runtime.CompilerServices;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Which events of orders are wanted.</summary>
/// <param name="OrganisationId">Only orders of which it is a party.</param>
public sealed record OrderEventFilter(IReadOnlyList<Guid>? OrderIds = null, Guid? OrganisationId = null);

/// <summary>A change of an order, at its position in the log.</summary>
public sealed record OrderEvent(long Position, DateTimeOffset At, string Type, Guid OrderId, int Version, string? From, string To, string Actor, string? Note)
{
    internal static OrderEvent Of(LoggedEvent e, string? note) =>
        new(e.Position, e.At, e.Type, e.SubjectId, e.SubjectVersion, e.FromState, e.ToState!, e.Actor, note);
}

/// <summary>A part of the log.</summary>
/// <param name="ReadUpTo">Position up to which everything visible is in it.</param>
/// <param name="Head">Newest position when it was read.</param>
public sealed record OrderEventPage(IReadOnlyList<OrderEvent> Events, long ReadUpTo, long Head, int Epoch, bool HasMore);

/// <summary>Reads the events of orders from the log, for those who see the orders.</summary>
public sealed class OrderEvents(IDbContextFactory<MarketContext> contexts, LogTail tail)
{
    public const string Log = "orders";

    private const int PageSize = 500;

    public async Task<OrderEventPage> ReadAsync(Caller caller, OrderEventFilter filter, long after, int count, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        LogHead head = await context.Set<LogHead>().AsNoTracking().SingleAsync(cancellationToken);
        IQueryable<LoggedEvent> log = Visible(context, caller, filter).Where(e => e.Position > after && e.Position <= head.Position);
        var rows = await log.OrderBy(e => e.Position).Take(count + 1)
            .Select(e => new { Event = e, Note = context.Set<EventNote>().Where(n => n.Position == e.Position).Select(n => n.Text).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        bool more = rows.Count > count;
        OrderEvent[] events = [.. rows.Take(count).Select(r => OrderEvent.Of(r.Event, r.Note))];
        return new OrderEventPage(events, more ? events[^1].Position : Math.Max(head.Position, after), head.Position, head.Epoch, more);
    }

    /// <summary>Everything after a position, then live: no gap, in order, none twice.</summary>
    /// <param name="callerNow">The caller's rights as they are at each delivery; null ends the stream.</param>
    /// <param name="reached">Told up to where nothing is left to deliver, so that a reader who sees nothing can still move on.</param>
    public async IAsyncEnumerable<OrderEvent> FollowAsync(
        Func<Caller?> callerNow, OrderEventFilter filter, long after, Action<long>? reached, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long position = after;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (callerNow() is not { } caller) yield break;
            if (tail.After(position) is { } recent)
            {
                foreach (TailedEvent entry in recent)
                {
                    if (callerNow() is not { } now) yield break;
                    if (Sees(now, filter, entry)) yield return OrderEvent.Of(entry.Event, entry.Note);
                    position = entry.Event.Position;
                }
            }
            else
            {
                OrderEventPage page = await ReadAsync(caller, filter, position, PageSize, cancellationToken);
                bool changed = false;
                foreach (OrderEvent entry in page.Events)
                {
                    // What was read for other rights than those of this moment is not delivered but read again.
                    if (changed = !SeesAlike(callerNow(), caller)) break;
                    yield return entry;
                    position = entry.Position;
                }
                if (changed) continue;
                position = page.ReadUpTo;
                if (page.HasMore) continue;
            }
            reached?.Invoke(position);
            await tail.BeyondAsync(position, cancellationToken);
        }
    }

    private static bool SeesAlike(Caller? now, Caller before) =>
        now is not null && now.SeesEverything == before.SeesEverything && now.Organisations.SequenceEqual(before.Organisations);

    private static IQueryable<LoggedEvent> Visible(MarketContext context, Caller caller, OrderEventFilter filter)
    {
        IQueryable<LoggedEvent> log = context.Set<LoggedEvent>().AsNoTracking().Where(e => e.SubjectKind == IdPrefix.Order);
        if (!caller.SeesEverything)
        {
            IReadOnlyList<Guid> own = caller.Organisations;
            log = log.Where(e => context.Set<EventParty>().Any(p => own.Contains(p.OrganisationId) && p.SubjectKind == IdPrefix.Order && p.Position == e.Position));
        }
        if (filter.OrganisationId is { } organisation)
            log = log.Where(e => context.Set<EventParty>().Any(p => p.OrganisationId == organisation && p.SubjectKind == IdPrefix.Order && p.Position == e.Position));
        if (filter.OrderIds is { } orders) log = log.Where(e => orders.Contains(e.SubjectId));
        return log;
    }

    private static bool Sees(Caller caller, OrderEventFilter filter, TailedEvent entry) =>
        entry.Event.SubjectKind == IdPrefix.Order
        && (caller.SeesEverything || caller.Organisations.Any(entry.Parties.Contains))
        && (filter.OrganisationId is not { } organisation || entry.Parties.Contains(organisation))
        && (filter.OrderIds is not { } orders || orders.Contains(entry.Event.SubjectId));
}
