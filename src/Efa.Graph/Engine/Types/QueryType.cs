using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>The root of queries; each room adds its own fields.</summary>
public sealed class QueryType : ObjectGraphType
{
    public QueryType()
    {
        Name = "Query";
        Description = "Root fields that need a token are nullable: one that is refused leaves the others in place.";
    }
}

/// <summary>The root of subscriptions; each room adds its own fields.</summary>
public sealed class SubscriptionType : ObjectGraphType
{
    public SubscriptionType() => Name = "Subscription";
}
