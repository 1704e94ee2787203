using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

/// <summary>What the organisations add to the schema.</summary>
internal static class OrganisationsSchema
{
    public static void AddTo(MarketSchema schema, QueryType query, MutationType mutation, Nodes nodes)
    {
        schema.RegisterTypes(typeof(ValidationErrorType), typeof(NotFoundErrorType), typeof(PermissionDeniedErrorType), typeof(InvalidStateErrorType), typeof(StaleVersionErrorType), typeof(IdempotencyConflictErrorType));
        nodes.Add(IdPrefix.Organisation, Load);
        nodes.Add(IdPrefix.Ownership, LoadOwnership);
        nodes.Add(IdPrefix.Accreditation, LoadAccreditation);
        nodes.Add(IdPrefix.Contact, (request, id) => request.Get<ContactLoader>().Load(id).AsObject());

        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<FederalStateType>>>>("federalStates").Description("The sixteen states, by code.").SeenBy(FieldAccess.Public).Costs(1, size: 16)
            .Resolve(_ => FederalStates.All);

        query.Field<OrganisationType>("organisation").SeenBy(FieldAccess.Callers)
            .IdArgument("id", IdPrefix.Organisation)
            .Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Id("id")));

        query.Field<OrganisationConnectionType>("organisations").Description("By name. ars and leitwegId need not be unique: both are filters.").SeenBy(FieldAccess.Callers)
            .Argument<OrganisationFilterType>("filter").PageArgumentsBothWays()
            .ResolveAsync(async context => await OrganisationsAsync(context));

        query.Field<AccreditationConnectionType>("accreditations").Description("With a seller, newest request first.").SeenBy(FieldAccess.PartiesWith("organisations:write"))
            .IdArgument("sellerId", IdPrefix.Organisation)
            .Argument<ListGraphType<NonNullGraphType<EnumType<AccreditationState>>>>("states")
            .PageArgumentsForward()
            .ResolveAsync(async context => await AccreditationsAsync(context));
        AddMutations(mutation);
    }

    private static void AddMutations(MutationType mutation)
    {
        mutation.Add<RegisterOrganisation, RegisterOrganisation.Input, RegisterOrganisationInputType, OrganisationType>("organisation", Load,
            "By an aggregator: registers an organisation that it represents, as its client. By the operator: registers any that neither sells nor operates.");
        mutation.Add<AddClient, AddClient.Input, AddClientInputType, OrganisationType>("organisation", Load,
            "By aggregator and client, each for itself: a registered organisation becomes a client once both have called this. One without an API client of its own becomes so by the aggregator's word; its contacts are told when it has agreed.",
            more: payload => payload.Field<BooleanGraphType>("isClient").Description("False where the other side has still to call addClient.").Resolve(context =>
            {
                Guid aggregator = ((Keyed<AddClient.Input>)context.Parent!.Given("input")!).Input.AggregatorId;
                return context.Source.Subject is { } client ? context.Request().Get<AggregatorsLoader>().Load(client).Then(aggregators => aggregators?.Contains(aggregator) ?? false) : null;
            }));
        mutation.Add<UpdateOrganisation, UpdateOrganisation.Input, UpdateOrganisationInputType, OrganisationType>("organisation", Load,
            "By the organisation, or the operator for it: how it is reached, billed and paid from now on. Invoices that were issued stay as they are.");
        mutation.Add<EraseContact, EraseContact.Input, EraseContactInputType, IdGraphType>("erasedContactId",
            (_, id) => new Known<object?>(GlobalIds.Of(IdPrefix.Contact, id)),
            "By the contact's organisation, or the operator for it: forgets a person. A contact of an offer is forgotten in all its versions, one of a contract by either party. Invoices that were issued keep whom they named, as the law demands; the log names no contact.");
        mutation.Add<RecordOwnership, RecordOwnership.Input, RecordOwnershipInputType, OwnershipType>("ownership", LoadOwnership,
            "By the operator: who owns a share of whom, or is a member of whom. In-house eligibility follows from it; placed orders keep theirs.");
        mutation.Add<EndOwnership, EndOwnership.Input, EndOwnershipInputType, OwnershipType>("ownership", LoadOwnership,
            "By the operator: the last day of an ownership, or another one than before.");
        mutation.Add<RequestAccreditation, RequestAccreditation.Input, RequestAccreditationInputType, AccreditationType>("accreditation", LoadAccreditation,
            "By the organisation: asks a seller to be allowed to order from it. A rejected, revoked or expired accreditation is asked for anew.");
        mutation.Add<DecideAccreditation, DecideAccreditation.Input, DecideAccreditationInputType, AccreditationType>("accreditation", LoadAccreditation,
            "By the seller: grants or rejects what was REQUESTED, suspends or revokes what is GRANTED, grants anew or revokes what is SUSPENDED. Granted from today on.");
        mutation.Add<SetApprovalRules, SetApprovalRules.Input, SetApprovalRulesInputType, OrganisationType>("organisation", Load,
            "By somebody who acts for the organisation: which of its orders others have to approve. Holds for orders that are placed from then on.");
    }

    private static IDataLoaderResult<object?> Load(RequestContext request, Guid id) => request.Get<OrganisationLoader>().Load(id).AsObject();

    private static IDataLoaderResult<object?> LoadOwnership(RequestContext request, Guid id) => request.Get<OwnershipLoader>().Load(id).AsObject();

    private static IDataLoaderResult<object?> LoadAccreditation(RequestContext request, Guid id) => request.Get<AccreditationLoader>().Load(id).AsObject();

    private static async Task<Connection<Organisation>> OrganisationsAsync(IResolveFieldContext context)
    {
        var filter = (OrganisationFilter?)context.Given("filter") ?? new OrganisationFilter();
        Caller caller = context.Request().Caller;
        // Who may not read a Leitweg-ID may not find out by asking for it either.
        return await context.PageAsync(OrganisationVisibility.ByName, market => (filter.LeitwegId is null ? market.Organisations() : market.OrganisationsDealtWith(caller)).Matching(filter));
    }

    private static async Task<Connection<Accreditation>> AccreditationsAsync(IResolveFieldContext context)
    {
        Guid seller = context.Id("sellerId");
        Caller caller = context.Request().Caller;
        IReadOnlyList<AccreditationState>? states = context.Values<AccreditationState>("states");
        return await context.PageAsync(OrganisationVisibility.AccreditationsByRequest, market =>
        {
            IQueryable<Accreditation> accreditations = market.AccreditationsVisibleTo(caller).Where(a => a.SellerId == seller);
            return states is null ? accreditations : accreditations.Where(a => states.Contains(a.State));
        });
    }
}

public sealed class OrganisationFilterType : FilterType<OrganisationFilter>
{
    public OrganisationFilterType()
        : base("OrganisationFilter", "Fields are joined by and, values of a field by or. A list that is left out or null restricts nothing, an empty one lets nothing through; lists have at most 100 values.")
    {
        Add<StringGraphType>("search", "Words that begin words of the name; at most 200 characters.");
        Add<ArsType>("ars");
        Add<LeitwegIdType>("leitwegId", "Among the organisations that the caller deals with.");
        Add<ListGraphType<NonNullGraphType<EnumType<OrganisationKind>>>>("kinds");
        Add<ListGraphType<NonNullGraphType<EnumType<OrganisationRole>>>>("roles");
        Add<ListGraphType<NonNullGraphType<StringGraphType>>>("federalStates", "Codes, 01 to 16.");
    }

    protected override OrganisationFilter Read(InputFields fields) => new()
    {
        Search = fields.Optional<string>("search"),
        Ars = fields.Optional<string>("ars"),
        LeitwegId = fields.Optional<string>("leitwegId"),
        Kinds = fields.List<OrganisationKind>("kinds"),
        Roles = fields.List<OrganisationRole>("roles"),
        FederalStates = fields.List<string>("federalStates"),
    };
}
