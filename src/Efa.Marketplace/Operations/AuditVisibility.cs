using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Operations;

/// <summary>Who sees what of the audit log: an organisation what was done for it, and what was done to things of which it is a party.</summary>
public static class AuditVisibility
{
    public static IQueryable<AuditEntry> AuditVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<AuditEntry> log = context.Set<AuditEntry>().AsNoTracking();
        return caller.SeesEverything ? log : log.Of(context, caller.Organisations);
    }

    /// <summary>The entries of organisations: done for them, or to things of which they are parties.</summary>
    public static IQueryable<AuditEntry> Of(this IQueryable<AuditEntry> log, MarketContext context, IReadOnlyList<Guid> organisationIds) =>
        log.Where(e => organisationIds.Contains(e.OrganisationId!.Value)
            || context.Set<EventParty>().Any(p => organisationIds.Contains(p.OrganisationId) && p.SubjectKind == e.SubjectKind && p.Position == e.Position));

    /// <summary>The part of the log that can be read; positions count entries from 1.</summary>
    public static async Task<LogRange> AuditRangeAsync(this MarketContext context, CancellationToken cancellationToken)
    {
        LogHead head = await context.Set<LogHead>().AsNoTracking().SingleAsync(cancellationToken);
        return new LogRange(head.Epoch, 1, head.TreeSize);
    }
}
