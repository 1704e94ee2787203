using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Organisations;

/// <summary>Which organisations are wanted: parts are joined by and, values of a part by or.</summary>
public sealed record OrganisationFilter
{
    public string? Search { get; init; }

    public string? Ars { get; init; }

    public string? LeitwegId { get; init; }

    public IReadOnlyList<OrganisationKind>? Kinds { get; init; }

    public IReadOnlyList<OrganisationRole>? Roles { get; init; }

    public IReadOnlyList<string>? FederalStates { get; init; }
}

/// <summary>Who is who is public; how to reach, bill and pay an organisation is told to those who deal with it.</summary>
public static class OrganisationVisibility
{
    public static readonly PageOrder<Organisation> ByName = PageOrder<Organisation>.Ascending("organisations by name", o => o.NameKey, o => o.Id);

    public static readonly PageOrder<Ownership> OwnershipsByDay = PageOrder<Ownership>.Ascending("ownerships", o => o.ValidFrom, o => o.Id);

    public static readonly PageOrder<Accreditation> AccreditationsByRequest = PageOrder<Accreditation>.Descending("accreditations", a => a.RequestedAt, a => a.Id);

    public static readonly PageOrder<ClientRow> ClientsByName = PageOrder<ClientRow>.Ascending("clients by name", c => c.Client.NameKey, c => c.Client.Id);

    public static IQueryable<Organisation> Organisations(this MarketContext context) => context.Set<Organisation>().AsNoTracking();

    public static IQueryable<Ownership> Ownerships(this MarketContext context) => context.Set<Ownership>().AsNoTracking();

    public static IQueryable<ClientRow> Clients(this MarketContext context) =>
        context.Set<ClientLink>().Join(context.Organisations(), l => l.ClientId, o => o.Id, (l, o) => new ClientRow { AggregatorId = l.AggregatorId, Client = o });

    /// <summary>Accreditations are seen by the organisation and the seller.</summary>
    public static IQueryable<Accreditation> AccreditationsVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Accreditation> accreditations = context.Set<Accreditation>().AsNoTracking();
        IReadOnlyList<Guid> own = caller.Organisations;
        return caller.SeesEverything ? accreditations : accreditations.Where(a => own.Contains(a.OrganisationId) || own.Contains(a.SellerId));
    }

    /// <summary>The accreditation to change, if the caller sees it.</summary>
    public static Task<Accreditation?> AccreditationToChangeAsync(this Work work, Guid id, CancellationToken cancellationToken)
    {
        bool all = work.Caller.SeesEverything;
        IReadOnlyList<Guid> own = work.Caller.Organisations;
        return work.Context.Set<Accreditation>().SingleOrDefaultAsync(a => a.Id == id && (all || own.Contains(a.OrganisationId) || own.Contains(a.SellerId)), cancellationToken);
    }

    /// <summary>Of these organisations the ones that the caller deals with: its own, those it is or wants to be accredited with, aggregators, and clients that have agreed.</summary>
    public static async Task<IReadOnlySet<Guid>> DealtWithAsync(this MarketContext context, Caller caller, IReadOnlyList<Guid> organisationIds, CancellationToken cancellationToken)
    {
        if (caller.SeesEverything) return organisationIds.ToHashSet();
        IReadOnlyList<Guid> own = caller.Organisations;
        if (own.Count == 0) return new HashSet<Guid>();
        List<Guid> others = await context.Set<Accreditation>().Where(a => own.Contains(a.OrganisationId) && organisationIds.Contains(a.SellerId)).Select(a => a.SellerId)
            .Union(context.Set<Accreditation>().Where(a => own.Contains(a.SellerId) && organisationIds.Contains(a.OrganisationId)).Select(a => a.OrganisationId))
            .Union(context.Set<ClientLink>().Where(l => own.Contains(l.ClientId) && organisationIds.Contains(l.AggregatorId)).Select(l => l.AggregatorId))
            .Union(context.Set<ClientLink>().Where(l => own.Contains(l.AggregatorId) && l.ClientAgreed && organisationIds.Contains(l.ClientId)).Select(l => l.ClientId))
            .ToListAsync(cancellationToken);
        return others.Concat(own.Intersect(organisationIds)).ToHashSet();
    }

    /// <summary>The same of all organisations, to be asked on.</summary>
    public static IQueryable<Organisation> OrganisationsDealtWith(this MarketContext context, Caller caller)
    {
        IReadOnlyList<Guid> own = caller.Organisations;
        return caller.SeesEverything ? context.Organisations() : context.Organisations().Where(o => own.Contains(o.Id)
            || context.Set<Accreditation>().Any(a => (own.Contains(a.OrganisationId) && a.SellerId == o.Id) || (own.Contains(a.SellerId) && a.OrganisationId == o.Id))
            || context.Set<ClientLink>().Any(l => (own.Contains(l.ClientId) && l.AggregatorId == o.Id) || (own.Contains(l.AggregatorId) && l.ClientAgreed && l.ClientId == o.Id)));
    }

    /// <summary>Contacts are seen by those who deal with their organisation.</summary>
    public static IQueryable<Contact> ContactsVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Organisation> known = context.OrganisationsDealtWith(caller);
        return context.Set<Contact>().AsNoTracking().Where(c => known.Any(o => o.Id == c.OrganisationId));
    }

    public static IQueryable<Organisation> Matching(this IQueryable<Organisation> organisations, OrganisationFilter filter)
    {
        foreach (string term in NameKey.Of(filter.Search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            organisations = organisations.Where(o => (" " + o.NameKey).Contains(" " + term));
        if (filter.Ars is { } ars) organisations = organisations.Where(o => o.Ars == ars);
        if (filter.LeitwegId is { } leitwegId) organisations = organisations.Where(o => o.LeitwegId == leitwegId);
        if (filter.Kinds is { } kinds) organisations = organisations.Where(o => kinds.Contains(o.OrganisationKind));
        if (filter.Roles is { } roles)
        {
            // Roles are kept as one text of quoted names; organisations are few enough to look through.
            string[] names = [.. roles.Select(r => $"\"{ApiName.Of(r)}\"")];
            organisations = organisations.Where(o => names.Any(name => ((string)(object)o.Roles).Contains(name)));
        }
        if (filter.FederalStates is { } states) organisations = organisations.Where(o => o.FederalState != null && states.Contains(o.FederalState));
        return organisations;
    }
}

/// <summary>A client with the aggregator that it goes through.</summary>
public sealed class ClientRow
{
    public Guid AggregatorId { get; init; }

    public required Organisation Client { get; init; }
}
