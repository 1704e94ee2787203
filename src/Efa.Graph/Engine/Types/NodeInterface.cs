using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>What has a global id.</summary>
public sealed class NodeInterface : InterfaceGraphType
{
    public NodeInterface()
    {
        Name = "Node";
        Description = "Something with an id of its own, unique among all things of the marketplace and never reused. Ids are opaque.";
        Field<NonNullGraphType<IdGraphType>>("id");
    }
}
