using System.Linq.Expressions;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Ordering.Contracts;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Ordering.Contracts;

/// <summary>Contracts by id, as far as the caller sees them.</summary>
internal sealed class ContractLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, Contract>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, Contract>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.ContractsVisibleTo(request.Caller).Where(c => keys.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
}

/// <summary>A contract's number, and who granted it.</summary>
public sealed record ContractNumber(Guid GrantedById, string Number);

/// <summary>Contracts by number, as far as the caller sees them.</summary>
internal sealed class ContractByNumberLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<ContractNumber, Contract>(contexts)
{
    protected override async Task<IReadOnlyDictionary<ContractNumber, Contract>> FetchAsync(MarketContext context, IReadOnlyList<ContractNumber> keys, CancellationToken cancellationToken)
    {
        string[] numbers = [.. keys.Select(k => k.Number)];
        Guid[] grantors = [.. keys.Select(k => k.GrantedById).Distinct()];
        return (await context.ContractsVisibleTo(request.Caller).Where(c => numbers.Contains(c.Number) && grantors.Contains(c.GrantedById)).ToListAsync(cancellationToken))
            .ToDictionary(c => new ContractNumber(c.GrantedById, c.Number));
    }
}

/// <summary>The contracts of orders, by number, as far as the caller sees them.</summary>
internal sealed class ContractsOfOrderLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : ListLoader<Guid, Contract>(contexts)
{
    protected override async Task<ILookup<Guid, Contract>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.ContractsVisibleTo(request.Caller).Where(c => keys.Contains(c.OrderId)).OrderBy(c => c.OrderId).ThenBy(c => c.Number).ToListAsync(cancellationToken))
            .ToLookup(c => c.OrderId);
}

/// <summary>The contracts below contracts, as far as the caller sees them.</summary>
internal sealed class ContractsBelowLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : PageLoader<Contract>(contexts)
{
    protected override PageOrder<Contract> Order => ContractVisibility.ByNumber;

    protected override Expression<Func<Contract, Guid>> Parent => c => c.ParentId!.Value;

    protected override IQueryable<Contract> Rows(MarketContext context, IReadOnlyList<Guid> parents) =>
        context.ContractsVisibleTo(request.Caller).Where(c => c.ParentId != null && parents.Contains(c.ParentId.Value));
}

internal sealed class ContractsBelowCounts(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.ContractsVisibleTo(request.Caller).Where(c => c.ParentId != null && keys.Contains(c.ParentId.Value))
            .GroupBy(c => c.ParentId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}

/// <summary>The documents of contracts that were loaded for the caller.</summary>
internal sealed class DocumentsOfContractLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, Document>(contexts)
{
    protected override Task<ILookup<Guid, Document>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.DocumentsOfContractsAsync(keys, cancellationToken);
}

/// <summary>The contacts of contracts that were loaded for the caller.</summary>
internal sealed class ContactsOfContractLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, Contact>(contexts)
{
    protected override Task<ILookup<Guid, Contact>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.ContactsOfContractsAsync(keys, cancellationToken);
}
