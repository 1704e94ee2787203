using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>The ways on which an aggregator passes on what it orders: to its clients, and through a client that is an aggregator itself to the clients of that one.</summary>
public static class ClientWays
{
    private const int LongestList = 500;

    /// <summary>Through whom each of these organisations is reached: the aggregator itself for its own client, which comes first; those that are not reached are left out.</summary>
    /// <remarks>One SQL command, and one more for each further 500 organisations.</remarks>
    public static async Task<IReadOnlyDictionary<(Guid AggregatorId, Guid ClientId), Guid>> ClientWaysAsync(
        this MarketContext context, IReadOnlyCollection<Guid> aggregatorIds, IReadOnlyCollection<Guid> clientIds, DateOnly day, CancellationToken cancellationToken)
    {
        IQueryable<ClientLink> links = context.Set<ClientLink>().Where(l => l.ValidFrom <= day);
        var ways = new Dictionary<(Guid, Guid), Guid>();
        foreach (Guid[] ids in clientIds.Chunk(LongestList))
        {
            IQueryable<ClientLink> last = links.Where(l => ids.Contains(l.ClientId));
            var direct = last.Where(l => aggregatorIds.Contains(l.AggregatorId)).Select(l => new { l.AggregatorId, Through = l.AggregatorId, l.ClientId });
            var through = last.Join(links.Where(l => aggregatorIds.Contains(l.AggregatorId)), l => l.AggregatorId, l => l.ClientId, (l, first) => new { first.AggregatorId, Through = l.AggregatorId, l.ClientId });
            foreach (var way in (await direct.Concat(through).ToListAsync(cancellationToken)).OrderBy(w => w.Through != w.AggregatorId).ThenBy(w => w.Through))
                ways.TryAdd((way.AggregatorId, way.ClientId), way.Through);
        }
        return ways;
    }
}
