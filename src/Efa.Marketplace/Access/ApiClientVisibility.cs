using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Access;

/// <summary>Clients are seen by those who manage clients of their organisation, and each client sees itself.</summary>
public static class ApiClientVisibility
{
    /// <summary>Most clients of an organisation that are listed.</summary>
    public const int MostListed = 200;

    public static IQueryable<ApiClient> ApiClientsVisibleTo(this MarketContext context, Caller caller) => context.Set<ApiClient>().AsNoTracking().SeenBy(caller);

    /// <summary>Those of an organisation that the caller sees, newest first.</summary>
    public static async Task<IReadOnlyList<ApiClient>> ApiClientsOfAsync(this MarketContext context, Caller caller, Guid organisationId, CancellationToken cancellationToken) =>
        await context.ApiClientsVisibleTo(caller).Where(c => c.OrganisationId == organisationId)
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).Take(MostListed).ToListAsync(cancellationToken);

    /// <summary>The client to change, if the caller may manage it.</summary>
    public static Task<ApiClient?> ApiClientToChangeAsync(this Work work, Guid id, CancellationToken cancellationToken) =>
        work.Context.Set<ApiClient>().SeenBy(work.Caller).SingleOrDefaultAsync(c => c.Id == id, cancellationToken);

    private static IQueryable<ApiClient> SeenBy(this IQueryable<ApiClient> clients, Caller caller)
    {
        bool all = caller.SeesEverything;
        Guid? self = caller.ApiClientId;
        IReadOnlyList<Guid> own = caller.Organisations;
        return caller.Has(Scopes.ClientsWrite)
            ? clients.Where(c => all || own.Contains(c.OrganisationId) || c.Id == self)
            : clients.Where(c => c.Id == self);
    }
}
