using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Ends some of the orders that have waited too long for the next step, the longest waiting first.</summary>
internal sealed class ExpireOrders(int pageSize = ExpireOrders.PageSize) : Operation<ExpireOrders.Input>
{
    public const int PageSize = 100;

    /// <param name="FirstId">The order that waits longest; what the step is known by.</param>
    public sealed record Input(Guid FirstId, DateTimeOffset WaitingBefore);

    public override string Name => "expireOrders";

    public override string Scope => OrderTransitions.Scope;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        List<Order> orders = await work.Context.Set<Order>().Include(o => o.Users).WaitingSinceBefore(input.WaitingBefore).Take(pageSize).ToListAsync(cancellationToken);
        // One that has moved since is a conflict, and the step is decided anew.
        await work.HoldAsync<Order>([.. orders.Select(o => o.Id)], cancellationToken);
        foreach (Order order in orders) order.Expire();
        return Outcome.Done(input.FirstId);
    }
}
