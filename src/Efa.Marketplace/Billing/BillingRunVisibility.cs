using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>A billing run is seen by its seller. On whichever way it is reached, that takes the scope.</summary>
public static class BillingRunVisibility
{
    public static readonly PageOrder<BillingRun> NewestFirst = PageOrder<BillingRun>.Descending("billing runs", r => r.StartedAt, r => r.Id);

    public static IQueryable<BillingRun> BillingRunsVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<BillingRun> runs = context.Set<BillingRun>().AsNoTracking();
        if (!caller.Has(Scopes.BillingWrite)) return runs.Where(_ => false);
        if (caller.SeesEverything) return runs;
        IReadOnlyList<Guid> own = caller.Organisations;
        return runs.Where(r => own.Contains(r.SellerId));
    }

    /// <summary>The buyers that runs the caller sees could not bill; one SQL command.</summary>
    public static async Task<ILookup<Guid, BlockedBuyer>> BlockedOfRunsAsync(this MarketContext context, IReadOnlyCollection<Guid> runIds, CancellationToken cancellationToken) =>
        (await context.Set<BlockedBuyer>().AsNoTracking().Where(b => runIds.Contains(b.RunId)).OrderBy(b => b.RunId).ThenBy(b => b.BuyerId).ToListAsync(cancellationToken))
            .ToLookup(b => b.RunId);

    /// <summary>The run to change, with its blocked buyers.</summary>
    internal static Task<BillingRun?> BillingRunToChangeAsync(this Work work, Guid runId, CancellationToken cancellationToken) =>
        work.Context.Set<BillingRun>().Include(r => r.Blocked).SingleOrDefaultAsync(r => r.Id == runId, cancellationToken);
}
