using Efa.Graph.Billing;
using Efa.Graph.Catalog;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Types;
using Efa.Graph.Ordering;
using Efa.Graph.Organisations;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using GraphQL.Validation;

namespace Efa.Graph;

/// <summary>The schema that is served: what each room adds.</summary>
public sealed class MarketSchema : Schema
{
    public MarketSchema(IServiceProvider services)
        : base(services)
    {
        Directives.Register(new AccessDirective(), new CostDirective());
        RegisterVisitor(new AccessRule());
        RegisterVisitor(new CostMarking());

        var nodes = new Nodes();
        var query = new QueryType();
        var mutation = new MutationType();
        var subscription = new SubscriptionType();

        nodes.AddTo(query);
        OrganisationsSchema.AddTo(this, query, mutation, nodes);
        CatalogSchema.AddTo(this, query, nodes);
        OrderingSchema.AddTo(this, query, mutation, subscription, nodes);
        BillingSchema.AddTo(this, query, mutation, nodes);

        Query = query;
        Mutation = mutation;
        Subscription = subscription;
    }
}

/// <summary>Makes the schema known.</summary>
internal static class MarketSchemaSetup
{
    public static void AddMarketSchema(this IServiceCollection services)
    {
        services.AddSingleton<ISchema>(provider => new MarketSchema(new SelfActivatingServiceProvider(provider)));
        services.AddSingleton<IValidationRule, CostRule>();
    }
}
