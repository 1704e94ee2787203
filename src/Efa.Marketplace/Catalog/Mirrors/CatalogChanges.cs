using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Mirrors;

/// <summary>An offer that came into the public catalogue, looks different there, or went out of it: how it is now, a reader finds by its id.</summary>
public sealed record CatalogChange(long Position, DateTimeOffset At, Guid OfferId);

/// <summary>A part of the log.</summary>
/// <param name="ReadUpTo">Position up to which every change is in it.</param>
/// <param name="Head">Newest position when it was read.</param>
public sealed record CatalogChangePage(IReadOnlyList<CatalogChange> Changes, long ReadUpTo, long Head, bool HasMore);

/// <summary>Reads from the log what concerns the public catalogue: events of offers that were or became published.</summary>
public sealed class CatalogChanges(IDbContextFactory<MarketContext> contexts, LogTail tail)
{
    public const string Log = "catalog";

    private const int PageSize = 500;

    private static readonly string Published = ApiName.Of(OfferState.Published);
    private static readonly Expression<Func<LoggedEvent, bool>> IsPublic = e => e.SubjectKind == IdPrefix.Offer && (e.FromState == Published || e.ToState == Published);
    private static readonly Func<LoggedEvent, bool> IsPublicHere = IsPublic.Compile();

    public async Task<CatalogChangePage> ReadAsync(long after, int count, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        long head = await context.Set<LogHead>().Select(h => h.Position).SingleAsync(cancellationToken);
        List<CatalogChange> changes = await context.Set<LoggedEvent>().Where(IsPublic).Where(e => e.Position > after && e.Position <= head)
            .OrderBy(e => e.Position).Take(count + 1).Select(e => new CatalogChange(e.Position, e.At, e.SubjectId)).ToListAsync(cancellationToken);
        bool more = changes.Count > count;
        CatalogChange[] page = [.. changes.Take(count)];
        return new CatalogChangePage(page, more ? page[^1].Position : Math.Max(head, after), head, more);
    }

    /// <summary>Position of the newest change; 0 where the catalogue is as it was loaded.</summary>
    public async Task<long> NewestAsync(CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<LoggedEvent>().Where(IsPublic).MaxAsync(e => (long?)e.Position, cancellationToken) ?? 0;
    }

    /// <summary>Everything after a position, then live: no gap, in order, none twice.</summary>
    /// <param name="goesOn">Whether the reader may still listen; asked before each delivery.</param>
    /// <param name="reached">Told up to where nothing is left to deliver, so that a reader of a quiet catalogue can still move on.</param>
    public async IAsyncEnumerable<CatalogChange> FollowAsync(Func<bool> goesOn, long after, Action<long>? reached, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long position = after;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (tail.After(position) is { } recent)
            {
                foreach (LoggedEvent entry in recent.Select(e => e.Event))
                {
                    if (!goesOn()) yield break;
                    if (IsPublicHere(entry)) yield return new CatalogChange(entry.Position, entry.At, entry.SubjectId);
                    position = entry.Position;
                }
            }
            else
            {
                CatalogChangePage page = await ReadAsync(position, PageSize, cancellationToken);
                foreach (CatalogChange change in page.Changes)
                {
                    if (!goesOn()) yield break;
                    yield return change;
                }
                position = page.ReadUpTo;
                if (page.HasMore) continue;
            }
            reached?.Invoke(position);
            await tail.BeyondAsync(position, cancellationToken);
        }
    }
}
