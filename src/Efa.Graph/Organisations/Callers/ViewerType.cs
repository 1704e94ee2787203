using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using GraphQL.Types;

namespace Efa.Graph.Organisations.Callers;

/// <summary>Who is asking, as the server sees it.</summary>
public sealed class ViewerType : ObjectGraphType<Caller>
{
    public ViewerType()
    {
        Name = "Viewer";
        Description = "Who is asking. subject is null without a token, apiClient also for a person.";
        Field<StringGraphType>("subject").Description("What idempotency keys belong to: the client_id, or issuer and subject of a person.")
            .Resolve(context => context.Source.IsAnonymous ? null : context.Source.Id);
        Field<ApiClientType>("apiClient")
            .Resolve(context => context.Source.ApiClientId is { } id ? context.Request().Get<ApiClientLoader>().Load(id) : new Known<ApiClient?>(null));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ActingOrganisationType>>>>("actsFor").Description("The organisations whose rights the caller has.")
            .Resolve(context => context.Request().Get<OrganisationLoader>().LoadAll(context.Source.Organisations));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("scopes").Description("Granted by the token; a :write scope reads too.")
            .Resolve(context => context.Source.Scopes.Order(StringComparer.Ordinal));
    }
}

/// <summary>An organisation that the caller acts for.</summary>
public sealed class ActingOrganisationType : ObjectGraphType<Organisation>
{
    public ActingOrganisationType()
    {
        Name = "ActingOrganisation";
        Field<NonNullGraphType<OrganisationType>>("organisation").Resolve(context => context.Source);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumType<OrganisationRole>>>>>("roles").Resolve(context => context.Source.Roles);
    }
}
