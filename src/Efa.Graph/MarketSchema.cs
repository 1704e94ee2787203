using Efa.Graph.Billing;
using Efa.Graph.Catalog;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Types;
using Efa.Graph.Evidence;
using Efa.Graph.Ordering;
using Efa.Graph.Ordering.Contracts;
using Efa.Graph.Organisations;
using Efa.Graph.Organisations.Callers;
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

        var query = new QueryType();
        var mutation = new MutationType();
        var subscription = new SubscriptionType();

        Nodes.AddTo(query);
        OrganisationsSchema.AddTo(this, query, mutation, Nodes);
        CallersSchema.AddTo(query, mutation, Nodes);
        CatalogSchema.AddTo(this, query, mutation, subscription, Nodes);
        OrderingSchema.AddTo(this, query, mutation, subscription, Nodes);
        ContractsSchema.AddTo(query, mutation, Nodes);
        BillingSchema.AddTo(this, query, mutation, Nodes);
        AuditSchema.AddTo(query);

        Query = query;
        Mutation = mutation;
        Subscription = subscription;
    }

    /// <summary>How the things of each kind are found by their id.</summary>
    internal Nodes Nodes { get; } = new();
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
