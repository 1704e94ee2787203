using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Organisations.Callers;

/// <summary>A program that calls for an organisation.</summary>
public sealed class ApiClientType : ObjectGraphType<ApiClient>
{
    public ApiClientType()
    {
        Name = "ApiClient";
        Description = "A program that calls for an organisation; not a client in the sense of an aggregator. Seen by callers of the organisation with scope clients:write, and by itself.";
        Interface<NodeInterface>();
        this.IdField(IdPrefix.ApiClient, c => c.Id);
        Field<NonNullGraphType<StringGraphType>>("clientId").Description("What OAuth 2 calls client_id.").Resolve(context => context.Source.ClientId);
        Field<NonNullGraphType<StringGraphType>>("name").Resolve(context => context.Source.Name);
        Field<NonNullGraphType<OrganisationType>>("organisation").Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Source.OrganisationId));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("scopes").Description("The most that its tokens can be granted.").Resolve(context => context.Source.Scopes);
        Field<NonNullGraphType<InstantType>>("createdAt").Resolve(context => context.Source.CreatedAt);
        Field<InstantType>("lastUsedAt").Description("When it was last given a token, to the hour; null before the first one.").Resolve(context => context.Source.LastUsedAt);
        Field<InstantType>("revokedAt").Resolve(context => context.Source.RevokedAt);
    }
}

/// <summary>Clients by id, as far as the caller sees them.</summary>
internal sealed class ApiClientLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, ApiClient>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, ApiClient>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.ApiClientsVisibleTo(request.Caller).Where(c => keys.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
}
