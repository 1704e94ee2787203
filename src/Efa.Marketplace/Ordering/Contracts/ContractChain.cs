using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>Concludes the contracts of an order back to back: whoever grants the service has it from the contract above.</summary>
/// <remarks>
/// Not where the order binds but where the seller accepts it: up to then the order is the customer's offer, which the seller can still reject
/// (§§ 145, 147 BGB), and a contract that was never concluded gets no number.
/// </remarks>
internal static class ContractChain
{
    /// <param name="order">With its users.</param>
    public static async Task ConcludeAsync(Work work, Order order, CancellationToken cancellationToken)
    {
        PlacingParty seller = (await Placing.PartiesAsync(work, [order.SellerId], cancellationToken))[order.SellerId];
        IReadOnlyList<NamedDocument> documents = await FolderAsync(work, order, cancellationToken);
        Guid[] users = [.. order.Users.OrderBy(u => u.Position).Select(u => u.OrganisationId).Where(u => u != order.OrderedById)];
        IReadOnlyDictionary<(Guid, Guid), Guid> ways = await work.Context.ClientWaysAsync([order.OrderedById], users, work.Today, cancellationToken);
        foreach (Contract contract in Of(order, users, ways, work.Now))
        {
            // Below, the papers are those of the aggregator.
            if (contract.ContractKind is ContractKind.Supply or ContractKind.Reuse) contract.Enclose(documents);
            contract.Conclude();
            Placing.Number(work, seller, "contracts", "-V", number =>
            {
                contract.NumberAs(number);
                if (contract.ContractKind == ContractKind.Reuse) order.IsUnder(number);
            });
            work.Context.Add(contract);
        }
    }

    private static List<Contract> Of(Order order, IReadOnlyList<Guid> users, IReadOnlyDictionary<(Guid, Guid), Guid> ways, DateTimeOffset now)
    {
        // A seller that supplies itself needs no contract for it.
        List<Contract> chain = order.SupplierId == order.SellerId ? [] : [Make(ContractKind.Supply, order.SupplierId, order.SellerId, parent: null)];
        Contract reuse = Make(ContractKind.Reuse, order.SellerId, order.OrderedById, chain is [var supply] ? supply : null);
        chain.Add(reuse);
        var below = new Dictionary<Guid, Contract>();
        foreach (Guid user in users)
        {
            Guid through = ways.GetValueOrDefault((order.OrderedById, user), order.OrderedById);
            if (through == order.OrderedById) Below(user);
            else chain.Add(Make(ContractKind.SubSubReuse, through, user, Below(through)));
        }
        return chain;

        Contract Below(Guid client)
        {
            if (below.TryGetValue(client, out Contract? known)) return known;
            below[client] = known = Make(ContractKind.SubReuse, order.OrderedById, client, reuse);
            chain.Add(known);
            return known;
        }

        Contract Make(ContractKind kind, Guid by, Guid to, Contract? parent) => new()
        {
            Id = Guid.CreateVersion7(now),
            ContractKind = kind,
            OrderId = order.Id,
            ParentId = parent?.Id,
            GrantedById = by,
            GrantedToId = to,
            StartsOn = order.StartsOn!.Value,
            CreatedAt = now,
        };
    }

    /// <summary>What both contracts are about: the terms that the order accepted, then the documents of the version.</summary>
    private static async Task<IReadOnlyList<NamedDocument>> FolderAsync(Work work, Order order, CancellationToken cancellationToken)
    {
        List<NamedDocument> terms = await work.Context.Set<TermsAcceptance>().Where(a => a.OrderId == order.Id).OrderBy(a => a.Position)
            .Join(work.Context.Terms(), a => a.TermsId, t => t.Id, (a, t) => new NamedDocument(t.DocumentKind, t.Title, a.Sha256)).ToListAsync(cancellationToken);
        List<NamedDocument> documents = await work.Context.Set<VersionDocument>().Where(d => d.VersionId == order.OfferVersionId).OrderBy(d => d.Position)
            .Select(d => new NamedDocument(d.DocumentKind, d.Title, d.Sha256)).ToListAsync(cancellationToken);
        return [.. terms, .. documents];
    }
}
