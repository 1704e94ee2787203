using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering;

/// <summary>Who orders, who uses and who pays: the orderer, where nothing else is said.</summary>
internal sealed record OrderParties(Guid OrderedById, IReadOnlyList<Guid> UsedByIds, Guid BillToId)
{
    public static OrderParties Of(PlaceOrder.Input input) => new(input.OrderedById, input.UsedByIds ?? [input.OrderedById], input.BillToId ?? input.OrderedById);

    public List<OrderUser> UsersOf(Guid orderId) => [.. UsedByIds.Select((user, i) => new OrderUser { OrderId = orderId, OrganisationId = user, Position = i })];

    /// <summary>What stands against these parties; an orderer that the caller does not act for is as unknown.</summary>
    public async Task<IReadOnlyList<Refusal>> RefusalsAsync(Work work, CancellationToken cancellationToken)
    {
        Guid[] named = [.. UsedByIds.Append(OrderedById).Append(BillToId).Distinct()];
        Guid[] known = await work.Context.Set<Organisation>().Where(o => named.Contains(o.Id)).Select(o => o.Id).ToArrayAsync(cancellationToken);
        if (!work.Caller.ActsFor(OrderedById) || !known.Contains(OrderedById)) return [new NotFound(["input", "orderedById"])];

        var refusals = new List<Refusal>();
        if (!known.Contains(BillToId)) refusals.Add(new NotFound(["input", "billToId"]));
        else if (!work.Caller.ActsFor(BillToId)) refusals.Add(new Invalid(OrderingRefusals.BillToNotAllowed, ["input", "billToId"]));

        Guid[] clients = UsedByIds.All(u => u == OrderedById) ? [] : await work.Context.Set<ClientLink>()
            .Where(l => l.AggregatorId == OrderedById && named.Contains(l.ClientId) && l.ValidFrom <= work.Today).Select(l => l.ClientId).ToArrayAsync(cancellationToken);
        foreach ((int i, Guid user) in UsedByIds.Index())
        {
            string[] path = ["input", "usedByIds", i.ToString(CultureInfo.InvariantCulture)];
            if (!known.Contains(user)) refusals.Add(new NotFound(path));
            else if (user != OrderedById && !clients.Contains(user)) refusals.Add(new Invalid(OrderingRefusals.UserNotAllowed, path));
        }
        return refusals;
    }
}
