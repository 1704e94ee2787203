using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Operations.Jobs;

/// <summary>Rows that are kept for a time and then deleted.</summary>
public abstract class Expiry
{
    /// <summary>Deletes the oldest of those whose time is over, about as many as named at most, and says how many there were.</summary>
    public abstract Task<int> DeleteAsync(MarketContext context, DateTimeOffset now, int most, CancellationToken cancellationToken);
}

/// <summary>Idempotency keys are good for 90 days.</summary>
public sealed class CallExpiry : Expiry
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public override async Task<int> DeleteAsync(MarketContext context, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        IQueryable<Call> over = context.Set<Call>().Where(c => c.At < now - Kept);
        // Up to an instant and not a list of keys: the index on it finds them, and finds them again.
        DateTimeOffset last = await over.OrderBy(c => c.At).Skip(most - 1).Select(c => c.At).FirstOrDefaultAsync(cancellationToken);
        return await (last == default ? over : over.Where(c => c.At <= last)).ExecuteDeleteAsync(cancellationToken);
    }
}

/// <summary>Jobs that have ended, well or not, are shown for 90 days.</summary>
public sealed class JobExpiry : Expiry
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public override async Task<int> DeleteAsync(MarketContext context, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        int deleted = 0;
        foreach (JobState ended in new[] { JobState.Done, JobState.Failed })
        {
            // NotBefore is when it ended, and has the index.
            IQueryable<Job> over = context.Set<Job>().Where(j => j.State == ended && j.NotBefore < now - Kept);
            DateTimeOffset last = await over.OrderBy(j => j.NotBefore).Skip(most - 1).Select(j => j.NotBefore).FirstOrDefaultAsync(cancellationToken);
            deleted += await (last == default ? over : over.Where(j => j.NotBefore <= last)).ExecuteDeleteAsync(cancellationToken);
        }
        return deleted;
    }
}
