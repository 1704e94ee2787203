using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Ordering;

/// <summary>Orders by id, as far as the caller sees them.</summary>
internal sealed class OrderLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, Order>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Order>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.OrdersVisibleTo(request.Caller).Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
}

/// <summary>Orders by number, as far as the caller sees them.</summary>
internal sealed class OrderByNumberLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<string, Order>(contexts)
{
    protected override async Task<IReadOnlyDictionary<string, Order>> FetchAsync(MarketContext context, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        await context.OrdersVisibleTo(request.Caller).Where(o => keys.Contains(o.Number)).ToDictionaryAsync(o => o.Number!, cancellationToken);
}

/// <summary>The users of orders that were loaded for the caller.</summary>
internal sealed class OrderUsersLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, IReadOnlyList<Guid>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.UsersOfOrdersAsync(keys, cancellationToken)).ToDictionary(g => g.Key, IReadOnlyList<Guid> (g) => [.. g]);
}

/// <summary>The agreed fees of orders that were loaded for the caller.</summary>
internal sealed class OrderFeesLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, OrderFees>(contexts)
{
    protected override Task<ILookup<Guid, OrderFees>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.FeesOfOrdersAsync(keys, cancellationToken);
}

/// <summary>The reported uses of orders that were loaded for the caller.</summary>
internal sealed class UsageReportsLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, UsageReport>(contexts)
{
    protected override Task<ILookup<Guid, UsageReport>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.UsageOfOrdersAsync(keys, cancellationToken);
}

/// <summary>The terms accepted by orders that were loaded for the caller.</summary>
internal sealed class TermsAcceptancesLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, IReadOnlyList<TermsAcceptance>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<TermsAcceptance>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.AcceptancesOfOrdersAsync(keys, cancellationToken)).ToDictionary(g => g.Key, IReadOnlyList<TermsAcceptance> (g) => [.. g]);
}

/// <summary>All terms submitted for orders that were loaded for the caller, newest first.</summary>
internal sealed class AgreedTermsLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, AgreedTerms>(contexts)
{
    protected override Task<ILookup<Guid, AgreedTerms>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.TermsOfOrdersAsync(keys, cancellationToken);
}

/// <summary>The consents to terms of orders that were loaded for the caller.</summary>
internal sealed class ConsentsLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, Consent>(contexts)
{
    protected override Task<ILookup<Guid, Consent>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.ConsentsOfOrdersAsync(keys, cancellationToken);
}

/// <summary>The part of the log that can be read, once for a request.</summary>
internal sealed class LogRangeLoader(IDbContextFactory<MarketContext> contexts) : Loader<string, LogRange>(contexts)
{
    protected override async Task<IReadOnlyDictionary<string, LogRange>> FetchAsync(MarketContext context, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        LogRange range = await LogRange.ReadAsync(context, cancellationToken);
        return keys.ToDictionary(log => log, _ => range);
    }
}

/// <summary>A part of the events of one order.</summary>
internal readonly record struct EventsOfOrder(Guid OrderId, long After, int Count);

/// <summary>The events of orders that were loaded for the caller, one more than wanted.</summary>
internal sealed class OrderHistoryLoader(IDbContextFactory<MarketContext> contexts) : Loader<EventsOfOrder, IReadOnlyList<OrderEvent>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<EventsOfOrder, IReadOnlyList<OrderEvent>>> FetchAsync(MarketContext context, IReadOnlyList<EventsOfOrder> keys, CancellationToken cancellationToken)
    {
        var events = new Dictionary<EventsOfOrder, IReadOnlyList<OrderEvent>>();
        foreach (var alike in keys.GroupBy(k => (k.After, k.Count)))
            foreach ((Guid order, IReadOnlyList<OrderEvent> found) in await context.EventsOfOrdersAsync([.. alike.Select(k => k.OrderId)], alike.Key.After, alike.Key.Count, cancellationToken))
                events[new EventsOfOrder(order, alike.Key.After, alike.Key.Count)] = found;
        return events;
    }
}
