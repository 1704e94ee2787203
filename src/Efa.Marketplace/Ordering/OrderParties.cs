using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;

namespace Efa.Marketplace.Ordering;

/// <summary>Who orders, who uses and who pays: the orderer, where nothing else is said.</summary>
internal sealed record OrderParties(Guid OrderedById, IReadOnlyList<Guid> UsedByIds, Guid BillToId)
{
    public IEnumerable<Guid> All => UsedByIds.Append(OrderedById).Append(BillToId);

    public List<OrderUser> UsersOf(Guid orderId) => [.. UsedByIds.Select((user, i) => new OrderUser { OrderId = orderId, OrganisationId = user, Position = i })];

    /// <summary>What stands against these parties; an orderer that the caller does not act for is as unknown.</summary>
    public async Task<IReadOnlyList<Refusal>> RefusalsAsync(Work work, CancellationToken cancellationToken) =>
        Refusals(await KnownParties.ReadAsync(work, [this], [], cancellationToken), work.Caller);

    /// <summary>The same, from what was read for several orders at once.</summary>
    public IReadOnlyList<Refusal> Refusals(KnownParties known, Caller caller)
    {
        if (!caller.ActsFor(OrderedById)) return [new NotFound(["input", "orderedById"])];
        IEnumerable<Refusal> payer = known.Organisations.ContainsKey(BillToId) && !caller.ActsFor(BillToId) ? [new Invalid(OrderingRefusals.BillToNotAllowed, ["input", "billToId"])] : [];
        return [.. payer, .. Unknown(known)];
    }

    /// <summary>Whom there is not, and who uses it without getting it from the orderer, whoever the caller is.</summary>
    public IEnumerable<Refusal> Unknown(KnownParties known)
    {
        if (!known.Organisations.ContainsKey(OrderedById))
        {
            yield return new NotFound(["input", "orderedById"]);
            yield break;
        }
        if (!known.Organisations.ContainsKey(BillToId)) yield return new NotFound(["input", "billToId"]);
        foreach ((int i, Guid user) in UsedByIds.Index())
        {
            string[] path = ["input", "usedByIds", i.ToString(CultureInfo.InvariantCulture)];
            if (!known.Organisations.ContainsKey(user)) yield return new NotFound(path);
            else if (user != OrderedById && !known.Ways.ContainsKey((OrderedById, user))) yield return new Invalid(OrderingRefusals.UserNotAllowed, path);
        }
    }
}

/// <summary>Of organisations that orders name those that there are, with what they say of the placing of orders, and on which ways they get what others order.</summary>
internal sealed record KnownParties(IReadOnlyDictionary<Guid, PlacingParty> Organisations, IReadOnlyDictionary<(Guid AggregatorId, Guid ClientId), Guid> Ways)
{
    private const int LongestList = 500;

    /// <summary>Two SQL commands for any number of orders, and two more for each further 500 organisations that they name.</summary>
    /// <param name="sellers">Who is to be known besides.</param>
    public static async Task<KnownParties> ReadAsync(Work work, IReadOnlyCollection<OrderParties> orders, IEnumerable<Guid> sellers, CancellationToken cancellationToken)
    {
        var known = new Dictionary<Guid, PlacingParty>();
        foreach (Guid[] ids in orders.SelectMany(o => o.All).Concat(sellers).Distinct().Chunk(LongestList))
            foreach (PlacingParty party in (await Placing.PartiesAsync(work, ids, cancellationToken)).Values) known.Add(party.Id, party);
        Guid[] orderers = [.. orders.Select(o => o.OrderedById).Distinct()];
        Guid[] users = [.. orders.SelectMany(o => o.UsedByIds.Where(u => u != o.OrderedById)).Distinct()];
        return new KnownParties(known, await work.Context.ClientWaysAsync(orderers, users, work.Today, cancellationToken));
    }
}
