using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Organisations;

/// <summary>An organisation.</summary>
public sealed class OrganisationType : ObjectGraphType<Organisation>
{
    public OrganisationType()
    {
        Name = "Organisation";
        Description = "A body that takes part in the marketplace: it orders, supplies, sells, passes on or runs it.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.Organisation, o => o.Id);
        Field<NonNullGraphType<IntGraphType>>("version").Description("Row version: give it back as expectedVersion.").Resolve(context => context.Source.Version);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<EnumType<OrganisationKind>>>("kind").Resolve(context => context.Source.OrganisationKind);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumType<OrganisationRole>>>>>("roles").Resolve(context => context.Source.Roles);
        Field<ArsType>("ars").Resolve(context => context.Source.Ars);
        Field<FederalStateType>("federalState").Resolve(context => context.Source.FederalState is { } code ? FederalStates.Of(code) : null);
        Field<IntGraphType>("population").Resolve(context => context.Source.Population);
        Field<DateType>("populationOn").Resolve(context => context.Source.PopulationOn);
        Field<PostalAddressType>("address").Resolve(context => context.Source.Address);

        Private<LeitwegIdType>("leitwegId", "BT-10: where its e-invoices are routed.", o => o.LeitwegId);
        Private<ElectronicAddressType>("electronicAddress", "BT-34/BT-49: where e-invoices are delivered.", o => ElectronicAddress.Of(o));
        Private<StringGraphType>("vatId", null, o => o.VatId);
        Private<StringGraphType>("taxNumber", null, o => o.TaxNumber);
        Private<StringGraphType>("registerNumber", null, o => o.RegisterNumber);
        Private<IbanType>("iban", null, o => o.Iban);

        Ownerships("owns", "What it owns a share or is a member of, oldest first.", owns: true);
        Ownerships("ownedBy", "Who owns a share of it or is its member, oldest first.", owns: false);

        Field<ListGraphType<NonNullGraphType<AccreditationType>>>("accreditations").Description("Of the organisation with sellers; one for each seller.").SeenBy(FieldAccess.Parties)
            .Resolve(context => IfDealtWith(context.Request(), context.Source.Id, request => request.Get<AccreditationsOfOrganisationLoader>().Load(context.Source.Id).Then(a => (object?)(a ?? []))));
        Field<ListGraphType<NonNullGraphType<ContactType>>>("contacts").SeenBy(FieldAccess.Parties)
            .Resolve(context => IfDealtWith(context.Request(), context.Source.Id, request => request.Get<ContactsOfOrganisationLoader>().Load(context.Source.Id).Then(c => (object?)(c ?? []))));
        Field<ListGraphType<NonNullGraphType<ApprovalRuleType>>>("approvalRules").Description("Which of its orders others have to approve; told to the organisation itself.").SeenBy(FieldAccess.Parties)
            .Resolve(context => IsOf(context.Request(), context.Source.Id) ? context.Source.ApprovalRules : null);
        Field<OrganisationConnectionType>("clients").Description("As an aggregator.").SeenBy(FieldAccess.Parties).PageArgumentsForward()
            .Resolve(context =>
            {
                var page = new NestedPage(context.Source.Id, context.PageOf(OrganisationVisibility.ClientsByName.Name));
                return IsOf(context.Request(), context.Source.Id)
                    ? context.Request().Get<ClientsLoader>().Load(page).Then(clients => (object?)new Connection<Organisation>(clients!.Select(c => c.Client)))
                    : new Known<object?>(null);
            });
        Field<ListGraphType<NonNullGraphType<OrganisationType>>>("aggregators").Description("As a client.").SeenBy(FieldAccess.Parties)
            .Resolve(context => IsOf(context.Request(), context.Source.Id)
                ? context.Request().Get<AggregatorsLoader>().Load(context.Source.Id).ThenLoad(ids => context.Request().Get<OrganisationLoader>().LoadAll(ids ?? []))
                : null);
    }

    private void Private<TGraphType>(string name, string? description, Func<Organisation, object?> value)
        where TGraphType : IGraphType =>
        Field<TGraphType>(name).Description(description).SeenBy(FieldAccess.Parties)
            .Resolve(context => IfDealtWith(context.Request(), context.Source.Id, _ => new Known<object?>(value(context.Source))));

    private void Ownerships(string name, string description, bool owns) =>
        Field<NonNullGraphType<OwnershipConnectionType>>(name).Description(description).PageArgumentsForward().Resolve(context =>
        {
            RequestContext request = context.Request();
            Guid id = context.Source.Id;
            var page = new NestedPage(id, context.PageOf(OrganisationVisibility.OwnershipsByDay.Name));
            return (owns ? request.Get<OwnsLoader>().Load(page) : request.Get<OwnedByLoader>().Load(page))
                .Then(ownerships => new Connection<Ownership>(ownerships!, () => request.Get<OwnershipCounts>().Load((id, owns))));
        });

    /// <summary>What is told to those who deal with the organisation only; null for others, and an error for callers without a token.</summary>
    private static IDataLoaderResult<IDataLoaderResult<object?>> IfDealtWith(RequestContext request, Guid id, Func<RequestContext, IDataLoaderResult<object?>> value) =>
        request.Get<DealtWithLoader>().Load(id).ThenLoad(dealsWith => dealsWith ? value(request) : new Known<object?>(null));

    private static bool IsOf(RequestContext request, Guid id) => request.Caller.SeesEverything || request.Caller.ActsFor(id);
}

public sealed class OrganisationConnectionType : ConnectionType<OrganisationType, Organisation>;

public sealed class OwnershipConnectionType : ConnectionType<OwnershipType, Ownership>;

public sealed class AccreditationConnectionType : ConnectionType<AccreditationType, Accreditation>;
