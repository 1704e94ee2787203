using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Which orders are wanted: parts are joined by and, values of a part by or.</summary>
public sealed record OrderFilter
{
    public IReadOnlyList<OrderState>? States { get; init; }

    public IReadOnlyList<Guid>? OfferIds { get; init; }

    public IReadOnlyList<Guid>? OrderedByIds { get; init; }

    public IReadOnlyList<Guid>? UsedByIds { get; init; }

    public IReadOnlyList<Guid>? BillToIds { get; init; }

    public IReadOnlyList<Guid>? SellerIds { get; init; }

    public IReadOnlyList<Guid>? SupplierIds { get; init; }

    /// <summary>First instant of the first day in Europe/Berlin.</summary>
    public DateTimeOffset? PlacedFrom { get; init; }

    /// <summary>First instant after the last day.</summary>
    public DateTimeOffset? PlacedBefore { get; init; }

    /// <summary>Orders that wait for this organisation.</summary>
    public Guid? NextActionBy { get; init; }
}

/// <summary>An order is seen by its parties: orderer, users, bill-to, seller, supplier. On whichever way it is reached, that takes the scope.</summary>
public static class OrderVisibility
{
    public static readonly PageOrder<Order> NewestFirst = PageOrder<Order>.Descending("orders", o => o.CreatedAt, o => o.Id);

    public static IQueryable<Order> OrdersVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Order> orders = context.Set<Order>().AsNoTracking();
        if (!caller.Has(Scopes.OrdersRead)) return orders.Where(_ => false);
        return caller.SeesEverything ? orders : orders.SeenBy(caller.Organisations);
    }

    /// <summary>The order to change, with its users, if the caller sees it; held.</summary>
    public static async Task<Order?> OrderToChangeAsync(this Work work, Guid orderId, CancellationToken cancellationToken)
    {
        await work.HoldAsync<Order>([orderId], cancellationToken);
        IQueryable<Order> orders = work.Context.Set<Order>().Include(o => o.Users.OrderBy(u => u.Position));
        if (!work.Caller.SeesEverything) orders = orders.SeenBy(work.Caller.Organisations);
        return await orders.SingleOrDefaultAsync(o => o.Id == orderId, cancellationToken);
    }

    /// <summary>Orders to change, with users, fees and usage, as far as the caller sees them; held. Five SQL commands.</summary>
    public static async Task<Dictionary<Guid, Order>> OrdersToChangeAsync(this Work work, IReadOnlyCollection<Guid> orderIds, CancellationToken cancellationToken)
    {
        await work.HoldAsync<Order>([.. orderIds.Distinct()], cancellationToken);
        IQueryable<Order> orders = work.Context.Set<Order>().Where(o => orderIds.Contains(o.Id));
        if (!work.Caller.SeesEverything) orders = orders.SeenBy(work.Caller.Organisations);
        return await orders.Include(o => o.Users.OrderBy(u => u.Position)).Include(o => o.Fees).Include(o => o.Usage).AsSplitQuery().ToDictionaryAsync(o => o.Id, cancellationToken);
    }

    public static IQueryable<Order> Matching(this IQueryable<Order> orders, OrderFilter filter)
    {
        if (filter.States is { } states) orders = orders.Where(o => states.Contains(o.State));
        if (filter.OfferIds is { } offers) orders = orders.Where(o => offers.Contains(o.OfferId));
        if (filter.OrderedByIds is { } orderers) orders = orders.Where(o => orderers.Contains(o.OrderedById));
        if (filter.UsedByIds is { } users) orders = orders.Where(o => o.Users.Any(u => users.Contains(u.OrganisationId)));
        if (filter.BillToIds is { } payers) orders = orders.Where(o => payers.Contains(o.BillToId));
        if (filter.SellerIds is { } sellers) orders = orders.Where(o => sellers.Contains(o.SellerId));
        if (filter.SupplierIds is { } suppliers) orders = orders.Where(o => suppliers.Contains(o.SupplierId));
        if (filter.PlacedFrom is { } from) orders = orders.Where(o => o.PlacedAt >= from);
        if (filter.PlacedBefore is { } before) orders = orders.Where(o => o.PlacedAt < before);
        if (filter.NextActionBy is { } waitedFor)
        {
            OrderState[] customer = Awaiting(OrganisationRole.Customer), seller = Awaiting(OrganisationRole.Seller), supplier = Awaiting(OrganisationRole.Supplier);
            OrderState[] customerAnswers = Answered(OrganisationRole.Customer), sellerAnswers = Answered(OrganisationRole.Seller);
            orders = orders.Where(o =>
                (o.OrderedById == waitedFor && (customer.Contains(o.State) || (customerAnswers.Contains(o.State) && !o.CustomerAgrees)))
                || (o.SellerId == waitedFor && (seller.Contains(o.State) || (sellerAnswers.Contains(o.State) && !o.SellerAgrees)))
                || (o.SupplierId == waitedFor && supplier.Contains(o.State)));
        }
        return orders;
    }

    /// <summary>Orders that do not bind and have waited for the next step since before an instant, the longest waiting first.</summary>
    internal static IQueryable<Order> WaitingSinceBefore(this IQueryable<Order> orders, DateTimeOffset before)
    {
        IReadOnlyList<OrderState> states = OrderTransitions.BeforeBinding;
        return orders.Where(o => states.Contains(o.State) && o.WaitingSince < before).OrderBy(o => o.WaitingSince).ThenBy(o => o.Id);
    }

    private static IQueryable<Order> SeenBy(this IQueryable<Order> orders, IReadOnlyList<Guid> own) =>
        orders.Where(o => own.Contains(o.OrderedById) || own.Contains(o.BillToId) || own.Contains(o.SellerId) || own.Contains(o.SupplierId)
            || o.Users.Any(u => own.Contains(u.OrganisationId)));

    /// <summary>States in which an order waits for a party whatever has happened before.</summary>
    private static OrderState[] Awaiting(OrganisationRole role) =>
        [.. OrderTransitions.All.Where(t => t.By == role && t.IsAwaited && !t.IsAnswer).Select(t => t.From).Distinct()];

    /// <summary>States in which it waits for the side that has not answered yet.</summary>
    private static OrderState[] Answered(OrganisationRole role) =>
        [.. OrderTransitions.All.Where(t => t.By == role && t.IsAnswer).Select(t => t.From).Distinct()];
}
