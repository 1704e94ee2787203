using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering.Contracts;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Ordering.Contracts;

/// <summary>What contracts add to the schema.</summary>
internal static class ContractsSchema
{
    public static void AddTo(QueryType query, MutationType mutation, Nodes nodes)
    {
        nodes.Add(IdPrefix.Contract, Load);

        query.Field<ContractConnectionType>("contracts").Description("Contracts of which the caller's organisation is a party, newest first.").SeenBy(FieldAccess.PartiesWith(Scopes.OrdersRead))
            .Argument<ContractFilterType>("filter").PageArgumentsBothWays()
            .ResolveAsync(async context =>
            {
                Caller caller = context.Request().Caller;
                ContractFilter filter = (ContractFilter?)context.Given("filter") ?? new ContractFilter();
                return await context.PageAsync(ContractVisibility.NewestFirst, market => market.ContractsVisibleTo(caller).Matching(filter));
            });

        query.Field<ContractType>("contract").Description("Null where there is no such contract or the caller may not see it.").SeenBy(FieldAccess.PartiesWith(Scopes.OrdersRead))
            .Argument<NonNullGraphType<ContractByType>>("by")
            .Resolve(context =>
            {
                var key = (ContractKey)context.Given("by")!;
                return key.Id is { } id ? context.Request().Get<ContractLoader>().Load(id) : context.Request().Get<ContractByNumberLoader>().Load(key.Number!);
            });

        mutation.Add<ImportContract, ImportContract.Input, ImportContractInputType, OrderType>("order", (request, id) => request.Get<OrderLoader>().Load(id).AsObject(),
            "By the offer's seller: brings in a contract that was concluded elsewhere, with its number and fees. From this calendar year on it is billed here.",
            more: payload => payload.Field<ContractType>("contract").Resolve(context => context.Source.Subject is { } orderId
                ? context.Request().Get<ContractsOfOrderLoader>().Load(orderId).Then(contracts => contracts?.FirstOrDefault(c => c.ContractKind == ContractKind.Reuse))
                : null));
        mutation.Add<UpdateContractContacts, UpdateContractContacts.Input, UpdateContractContactsInputType, ContractType>("contract", Load,
            "By either party of a contract that runs: whom to reach, from now on. Replaces all contacts.");
        mutation.Add<AddContractDocument, AddContractDocument.Input, AddContractDocumentInputType, ContractType>("contract", Load,
            "By either party: puts a document into the contract's folder, also after its end. None is taken out again.");
    }

    private static IDataLoaderResult<object?> Load(RequestContext request, Guid id) => request.Get<ContractLoader>().Load(id).AsObject();
}
