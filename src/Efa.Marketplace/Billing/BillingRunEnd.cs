using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Billing;

/// <summary>Lets a request wait a moment for a billing run, so that most callers read a finished one at once.</summary>
public sealed class BillingRunEnd(IDbContextFactory<MarketContext> contexts, JobSignal signal)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    /// <summary>Wakes the workers and returns when the run has ended on this node, after three seconds at the latest.</summary>
    public async Task WaitAsync(Guid runId, CancellationToken cancellationToken)
    {
        // Real time: a request waits real seconds, whatever the market's clock says. Registered before looking, so that no end is missed.
        Task ended = signal.WaitAsync(runId, Longest, TimeProvider.System, cancellationToken);
        if (await IsRunningAsync(runId, cancellationToken)) await ended;
        else signal.Finished(runId);
    }

    private async Task<bool> IsRunningAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.BillingRunsVisibleTo(Caller.System).AnyAsync(r => r.Id == runId && r.State == BillingRunState.Running, cancellationToken);
    }
}
