using Efa.Marketplace.Storage.Paging;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>A part of a log. Where it ends is always known, also where nothing in it was for the caller.</summary>
/// <param name="ReadUpTo">Log cursor up to which everything visible is in it.</param>
/// <param name="Head">Log cursor of the newest position when it was read.</param>
public sealed record LogConnection<T>(Page<T> Page, string ReadUpTo, string Head) : Connection<T>(Page)
{
    public override PageInfo PageInfo => base.PageInfo with { EndCursor = ReadUpTo };
}

/// <summary>Connection over a log: it is never counted, and tells where the log ends.</summary>
public abstract class LogConnectionType<TNode, T> : UncountedConnectionType<TNode, T>
    where TNode : IGraphType
{
    protected LogConnectionType() =>
        Field<NonNullGraphType<CursorType>>("head")
            .Description("Newest position of the log when this was read; begin a subscription there. pageInfo.endCursor is never null: it is the position read up to, also where nothing was visible.")
            .Resolve(context => ((LogConnection<T>)context.Source).Head);
}
