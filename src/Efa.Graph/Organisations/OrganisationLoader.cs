using System.Linq.Expressions;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Organisations;

/// <summary>Organisations by id, without contacts; who is who is public.</summary>
internal sealed class OrganisationLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, Organisation>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Organisation>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.Organisations().Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
}

/// <summary>Whether the caller deals with an organisation, and so may see how to reach, bill and pay it.</summary>
internal sealed class DealtWithLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, bool>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, bool>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.DealtWithAsync(request.Caller, keys, cancellationToken)).ToDictionary(id => id, _ => true);
}

/// <summary>Contacts of organisations, offers and contracts by id, as far as the caller sees them.</summary>
internal sealed class ContactLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, Contact>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Contact>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.ContactsVisibleTo(request.Caller).Where(c => keys.Contains(c.Id)).ToListAsync(cancellationToken))
        .Concat(await context.VersionContactsAsync(request.Caller, keys, cancellationToken))
        .Concat(await context.ContractContactsAsync(request.Caller, keys, cancellationToken)).ToDictionary(c => c.Id);
}

internal sealed class ContactsOfOrganisationLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, IReadOnlyList<Contact>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Contact>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.ContactsVisibleTo(request.Caller).Where(c => keys.Contains(c.OrganisationId)).OrderBy(c => c.Id).ToListAsync(cancellationToken))
        .GroupBy(c => c.OrganisationId).ToDictionary(g => g.Key, IReadOnlyList<Contact> (g) => [.. g]);
}

internal sealed class AccreditationsOfOrganisationLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, IReadOnlyList<Accreditation>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Accreditation>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.AccreditationsVisibleTo(request.Caller).Where(a => keys.Contains(a.OrganisationId)).OrderBy(a => a.RequestedAt).ThenBy(a => a.Id).ToListAsync(cancellationToken))
        .GroupBy(a => a.OrganisationId).ToDictionary(g => g.Key, IReadOnlyList<Accreditation> (g) => [.. g]);
}

internal sealed class AccreditationLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, Accreditation>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Accreditation>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.AccreditationsVisibleTo(request.Caller).Where(a => keys.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
}

internal sealed class OwnershipLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, Ownership>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Ownership>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.Ownerships().Where(o => keys.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
}

internal sealed class OwnsLoader(IDbContextFactory<MarketContext> contexts) : PageLoader<Ownership>(contexts)
{
    protected override PageOrder<Ownership> Order => OrganisationVisibility.OwnershipsByDay;

    protected override Expression<Func<Ownership, Guid>> Parent => o => o.OwnerId;

    protected override IQueryable<Ownership> Rows(MarketContext context, IReadOnlyList<Guid> parents) => context.Ownerships().Where(o => parents.Contains(o.OwnerId));
}

internal sealed class OwnedByLoader(IDbContextFactory<MarketContext> contexts) : PageLoader<Ownership>(contexts)
{
    protected override PageOrder<Ownership> Order => OrganisationVisibility.OwnershipsByDay;

    protected override Expression<Func<Ownership, Guid>> Parent => o => o.OwnedId;

    protected override IQueryable<Ownership> Rows(MarketContext context, IReadOnlyList<Guid> parents) => context.Ownerships().Where(o => parents.Contains(o.OwnedId));
}

internal sealed class ClientsLoader(IDbContextFactory<MarketContext> contexts) : PageLoader<ClientRow>(contexts)
{
    protected override PageOrder<ClientRow> Order => OrganisationVisibility.ClientsByName;

    protected override Expression<Func<ClientRow, Guid>> Parent => c => c.AggregatorId;

    protected override IQueryable<ClientRow> Rows(MarketContext context, IReadOnlyList<Guid> parents) => context.Clients().Where(c => parents.Contains(c.AggregatorId));
}

internal sealed class AggregatorsLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, IReadOnlyList<Guid>>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<ClientLink>().AsNoTracking().Where(l => keys.Contains(l.ClientId)).OrderBy(l => l.AggregatorId).ToListAsync(cancellationToken))
        .GroupBy(l => l.ClientId).ToDictionary(g => g.Key, IReadOnlyList<Guid> (g) => [.. g.Select(l => l.AggregatorId)]);
}

/// <summary>How many children each parent has; asked only when a nested totalCount is selected.</summary>
internal sealed class OwnershipCounts(IDbContextFactory<MarketContext> contexts) : Loader<(Guid Id, bool Owns), int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<(Guid Id, bool Owns), int>> FetchAsync(MarketContext context, IReadOnlyList<(Guid Id, bool Owns)> keys, CancellationToken cancellationToken)
    {
        Guid[] owners = [.. keys.Where(k => k.Owns).Select(k => k.Id)];
        Guid[] owned = [.. keys.Where(k => !k.Owns).Select(k => k.Id)];
        var counts = await context.Ownerships().Where(o => owners.Contains(o.OwnerId)).GroupBy(o => o.OwnerId).Select(g => new { g.Key, Owns = true, Count = g.Count() })
            .Concat(context.Ownerships().Where(o => owned.Contains(o.OwnedId)).GroupBy(o => o.OwnedId).Select(g => new { g.Key, Owns = false, Count = g.Count() }))
            .ToListAsync(cancellationToken);
        return counts.ToDictionary(c => (c.Key, c.Owns), c => c.Count);
    }
}
