using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Loading;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Organisations.Callers;
using Efa.Marketplace.Storage;
using GraphQL.DataLoader;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Organisations.Callers;

/// <summary>What callers and their clients add to the schema.</summary>
internal static class CallersSchema
{
    public static void AddTo(QueryType query, MutationType mutation, Nodes nodes)
    {
        nodes.Add(IdPrefix.ApiClient, Load);

        query.Field<NonNullGraphType<ViewerType>>("viewer").Description("Who is asking, as the server sees it.").SeenBy(FieldAccess.Public)
            .Resolve(context => context.Request().Caller);

        query.Field<ListGraphType<NonNullGraphType<ApiClientType>>>("apiClients")
            .Description($"Programs that call for an organisation, newest first, revoked ones too; at most {ApiClientVisibility.MostListed}.")
            .SeenBy(FieldAccess.PartiesWith(Scopes.ClientsWrite)).Costs(1, size: 20)
            .IdArgument("organisationId", IdPrefix.Organisation)
            .ResolveAsync(async context =>
            {
                RequestContext request = context.Request();
                await using MarketContext market = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(context.CancellationToken);
                return await market.ApiClientsOfAsync(request.Caller, context.Id("organisationId"), context.CancellationToken);
            });

        mutation.Add<CreateApiClient, CreateApiClient.Input, CreateApiClientInputType, ApiClientType>("apiClient", Load,
            $"Gives a program access for an organisation that the caller acts for; the operator may for any. Nobody hands on more scopes than the token has. What the operator makes for its own organisation sees what the operator sees. At most {ApiClient.Most} clients that are not revoked.",
            KnowRightsAsync, secret: "clientSecret");
        mutation.Add<RotateApiClientSecret, RotateApiClientSecret.Input, RotateApiClientSecretInputType, ApiClientType>("apiClient", Load,
            "Gives a client another secret; the one before stays good for a day, and an older one ends now. Only callers who have all of its scopes may, because the secret makes them its equal. A client with keys of its own gets the keys of jwks instead.",
            secret: "clientSecret",
            more: payload => payload.Field<InstantType>("oldSecretUntil").Description("Until then both secrets are good; null where keys were replaced.")
                .Resolve(context => context.Source.Subject is { } id
                    ? context.Request().Get<ApiClientLoader>().Load(id).Then(client => (object?)client?.OldSecretUntil)
                    : new Known<object?>(null)));
        mutation.Add<RevokeApiClient, RevokeApiClient.Input, RevokeApiClientInputType, ApiClientType>("apiClient", Load,
            "Withdraws a client's access for good, with all tokens it holds: at once on the node that answers, within a second on others. Open streams of the client are closed.",
            KnowRightsAsync);
    }

    /// <summary>This node knows before the answer; the others are told by the log.</summary>
    private static Task KnowRightsAsync(RequestContext request, Guid id, CancellationToken cancellationToken) =>
        request.Services.GetRequiredService<CallerTable>().RefreshAsync(cancellationToken);

    private static IDataLoaderResult<object?> Load(RequestContext request, Guid id) => request.Get<ApiClientLoader>().Load(id).AsObject();
}
