using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Events;

namespace Efa.Graph.Organisations;

/// <summary>What the organisations add to the schema.</summary>
internal static class OrganisationsSchema
{
    public static void AddTo(MarketSchema schema, QueryType query, Nodes nodes)
    {
        nodes.Add(IdPrefix.Organisation, (request, id) => request.Get<OrganisationLoader>().Load(id).AsObject());

        query.Field<OrganisationType>("organisation").SeenBy(FieldAccess.Callers)
            .IdArgument("id", IdPrefix.Organisation)
            .Resolve(context => context.Request().Get<OrganisationLoader>().Load(context.Id("id")));
    }
}
