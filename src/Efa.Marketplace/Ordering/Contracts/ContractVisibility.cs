using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>Which contracts are wanted: parts are joined by and, values of a part by or.</summary>
public sealed record ContractFilter
{
    public IReadOnlyList<ContractKind>? Kinds { get; init; }

    public IReadOnlyList<Guid>? GrantedByIds { get; init; }

    public IReadOnlyList<Guid>? GrantedToIds { get; init; }

    /// <summary>A day on which they run.</summary>
    public DateOnly? ActiveOn { get; init; }
}

/// <summary>A contract is seen by the two that concluded it, and by none else of the order's parties. On whichever way it is reached, that takes the scope.</summary>
public static class ContractVisibility
{
    public static readonly PageOrder<Contract> NewestFirst = PageOrder<Contract>.Descending("contracts", c => c.CreatedAt, c => c.Id);

    public static readonly PageOrder<Contract> ByNumber = PageOrder<Contract>.Ascending("contracts by number", c => c.Number, c => c.Id);

    public static IQueryable<Contract> ContractsVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Contract> contracts = context.Set<Contract>().AsNoTracking();
        if (!caller.Has(Scopes.OrdersRead)) return contracts.Where(_ => false);
        return caller.SeesEverything ? contracts : contracts.SeenBy(caller.Organisations);
    }

    /// <summary>The contract to change, if the caller sees it; without its parts.</summary>
    public static async Task<Contract?> ContractToChangeAsync(this Work work, Guid contractId, CancellationToken cancellationToken)
    {
        IQueryable<Contract> contracts = work.Context.Set<Contract>();
        if (!work.Caller.SeesEverything) contracts = contracts.SeenBy(work.Caller.Organisations);
        return await contracts.SingleOrDefaultAsync(c => c.Id == contractId, cancellationToken);
    }

    public static IQueryable<Contract> Matching(this IQueryable<Contract> contracts, ContractFilter filter)
    {
        if (filter.Kinds is { } kinds) contracts = contracts.Where(c => kinds.Contains(c.ContractKind));
        if (filter.GrantedByIds is { } grantors) contracts = contracts.Where(c => grantors.Contains(c.GrantedById));
        if (filter.GrantedToIds is { } grantees) contracts = contracts.Where(c => grantees.Contains(c.GrantedToId));
        if (filter.ActiveOn is { } day) contracts = contracts.Where(c => c.StartsOn <= day && (c.EndsOn == null || c.EndsOn >= day));
        return contracts;
    }

    /// <summary>The documents of contracts that the caller sees, in their sequence; one SQL command.</summary>
    public static async Task<ILookup<Guid, Document>> DocumentsOfContractsAsync(this MarketContext context, IReadOnlyCollection<Guid> contractIds, CancellationToken cancellationToken) =>
        (await context.Set<ContractDocument>().Where(d => contractIds.Contains(d.ContractId))
            .Join(context.Set<StoredFile>(), d => d.Sha256, f => f.Sha256, (d, f) => new { d.ContractId, d.Position, Document = new Document(d.DocumentKind, d.Title, f.MediaType, d.Sha256) })
            .ToListAsync(cancellationToken)).OrderBy(d => d.Position).ToLookup(d => d.ContractId, d => d.Document);

    /// <summary>Whom to reach about contracts that the caller sees; one SQL command.</summary>
    public static async Task<ILookup<Guid, Contact>> ContactsOfContractsAsync(this MarketContext context, IReadOnlyCollection<Guid> contractIds, CancellationToken cancellationToken) =>
        (await context.Set<ContractContact>().AsNoTracking().Where(c => contractIds.Contains(c.ContractId)).OrderBy(c => c.ContractId).ThenBy(c => c.Position).ToListAsync(cancellationToken))
            .ToLookup(c => c.ContractId, Shown);

    /// <summary>Contacts of contracts by their ids, as far as the caller sees the contracts; one SQL command.</summary>
    public static async Task<IReadOnlyList<Contact>> ContractContactsAsync(this MarketContext context, Caller caller, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        [.. (await context.Set<ContractContact>().AsNoTracking().Where(c => ids.Contains(c.Id) && context.ContractsVisibleTo(caller).Any(x => x.Id == c.ContractId)).ToListAsync(cancellationToken)).Select(Shown)];

    /// <summary>Whether a contract names the document that the caller sees.</summary>
    public static Task<bool> IsContractDocumentVisibleToAsync(this MarketContext context, Caller caller, string sha256, CancellationToken cancellationToken) =>
        context.ContractsVisibleTo(caller).AnyAsync(c => c.Documents.Any(d => d.Sha256 == sha256), cancellationToken);

    private static IQueryable<Contract> SeenBy(this IQueryable<Contract> contracts, IReadOnlyList<Guid> own) =>
        contracts.Where(c => own.Contains(c.GrantedById) || own.Contains(c.GrantedToId));

    private static Contact Shown(ContractContact c) => new() { Id = c.Id, Name = c.Name, Email = c.Email, Phone = c.Phone, Purpose = c.Purpose };
}
