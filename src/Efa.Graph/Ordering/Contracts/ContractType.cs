using Efa.Graph.Catalog;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Graph.Organisations;
using Efa.Marketplace.Events;
using Efa.Marketplace.Ordering.Contracts;
using GraphQL.Types;

namespace Efa.Graph.Ordering.Contracts;

public sealed class ContractKindType() : EnumType<ContractKind>("supply: supplier to seller; reuse: seller to customer; below: aggregator to client.",
    (ContractKind.Supply, "Supplier to seller."),
    (ContractKind.Reuse, "Seller to customer."),
    (ContractKind.SubReuse, "Customer to a client that it orders for."),
    (ContractKind.SubSubReuse, "That client, an aggregator itself, to a client of its own."));

/// <summary>A contract, as its two parties see it.</summary>
public sealed class ContractType : ObjectGraphType<Contract>
{
    public ContractType()
    {
        Name = "Contract";
        Description = "A contract about what was ordered, with its folder (Vertragsmappe). Seen by the two that concluded it, and not by the order's other parties.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Contract, c => c.Id);
        Field<NonNullGraphType<IntGraphType>>("version").Description("Counts every change of the contract: give it back as expectedVersion.").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<StringGraphType>>("number").Description("Without gaps for the seller and calendar year: GD-V-2026-000042. That of an imported contract is the one it has elsewhere.").Resolve(context => context.Source.Number);
        Field<NonNullGraphType<ContractKindType>>("kind").Resolve(context => context.Source.ContractKind);
        Field<OrderType>("order").Description("Null where the caller's organisation is no party of the order.").Resolve(context => context.Request().Get<OrderLoader>().Load(context.Source.OrderId));
        Field<NonNullGraphType<OrganisationType>>("grantedBy").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.GrantedById));
        Field<NonNullGraphType<OrganisationType>>("grantedTo").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.GrantedToId));
        Field<ContractType>("parent").Description("From which the grantor has what it grants; null for the first, and where the caller's organisation is no party of it.")
            .Resolve(context => context.Source.ParentId is { } id ? context.Request().Get<ContractLoader>().Load(id) : null);
        Field<NonNullGraphType<ContractConnectionType>>("children").Description("By which the grantee grants it on, by number; those of which the caller's organisation is a party.").PageArgumentsForward()
            .Resolve(context =>
            {
                RequestContext request = context.Request();
                Guid id = context.Source.Id;
                var page = new NestedPage(id, context.PageOf(ContractVisibility.ByNumber.Name));
                return request.Get<ContractsBelowLoader>().Load(page).Then(contracts => new Connection<Contract>(contracts!, () => request.Get<ContractsBelowCounts>().Load(id)));
            });
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<DocumentType>>>>("documents").Description("In the sequence in which they came; none is taken out again.")
            .Resolve(context => context.Request().Get<DocumentsOfContractLoader>().Load(context.Source.Id));
        Field<ListGraphType<NonNullGraphType<ContactType>>>("contacts").Description("Whom to reach, as a party has said last.")
            .Resolve(context => context.Request().Get<ContactsOfContractLoader>().Load(context.Source.Id));
        Field<NonNullGraphType<DateType>>("startsOn").Resolve(context => context.Source.StartsOn);
        Field<DateType>("endsOn").Description("Last day; null while it goes on.").Resolve(context => context.Source.EndsOn);
    }
}

public sealed class ContractConnectionType : ConnectionType<ContractType, Contract>;
