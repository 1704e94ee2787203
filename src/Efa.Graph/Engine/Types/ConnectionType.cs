using Efa.Graph.Engine.Cost;
using Efa.Marketplace.Storage.Paging;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>A page as a field resolves it.</summary>
/// <param name="TotalCount">Counts the whole list; asked only when selected, and for nested lists together with those of their neighbours. Null, or loaded as null, where the list is not counted.</param>
public record Connection<T>(Page<T> Page, Func<IDataLoaderResult>? TotalCount = null)
{
    public virtual PageInfo PageInfo => PageInfo.Of(Page);
}

/// <summary>A row of a page with its cursor.</summary>
public sealed record Edge<T>(string Cursor, T Node);

/// <summary>Connection over a node type, named after it.</summary>
public class ConnectionType<TNode, T> : ObjectGraphType<Connection<T>>
    where TNode : IGraphType
{
    public ConnectionType()
        : this(counted: true)
    {
    }

    protected ConnectionType(bool counted, string? totalCount = null)
    {
        Name = NodeName + "Connection";
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EdgeType<TNode, T>>>>>("edges")
            .Resolve(context => context.Source.Page.Items.Zip(context.Source.Page.Cursors, (node, cursor) => new Edge<T>(cursor, node)));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TNode>>>>("nodes").Resolve(context => context.Source.Page.Items);
        Field<NonNullGraphType<PageInfoType>>("pageInfo").Resolve(context => context.Source.PageInfo);
        if (counted)
            Field<IntGraphType>("totalCount").Description(totalCount ?? "Of the whole list; counted only when selected.").Costs(10)
                .Resolve(context => context.Source.TotalCount?.Invoke());
    }

    internal static string NodeName { get; } = NameOf(typeof(TNode));

    /// <summary>OfferType names Offer.</summary>
    internal static string NameOf(Type graphType) =>
        graphType.Name.EndsWith("Type", StringComparison.Ordinal) ? graphType.Name[..^"Type".Length] : throw new ArgumentException($"{graphType} is not named …Type.", nameof(graphType));
}

/// <summary>A connection that is never counted, because it is a log.</summary>
public class UncountedConnectionType<TNode, T>() : ConnectionType<TNode, T>(counted: false)
    where TNode : IGraphType;

/// <summary>An edge of a connection.</summary>
public sealed class EdgeType<TNode, T> : ObjectGraphType<Edge<T>>
    where TNode : IGraphType
{
    public EdgeType()
    {
        Name = ConnectionType<TNode, T>.NodeName + "Edge";
        Field<NonNullGraphType<CursorType>>("cursor").Resolve(context => context.Source.Cursor);
        Field<NonNullGraphType<TNode>>("node").Resolve(context => context.Source.Node);
    }
}

/// <summary>Where a page stands in its list.</summary>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor)
{
    public static PageInfo Of<T>(Page<T> page) => new(page.HasNext, page.HasPrevious, page.Cursors.FirstOrDefault(), page.Cursors.LastOrDefault());
}

public sealed class PageInfoType : ObjectGraphType<PageInfo>
{
    public PageInfoType()
    {
        Name = "PageInfo";
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Resolve(context => context.Source.HasNextPage);
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage").Description("Going forward: whether a cursor was given.").Resolve(context => context.Source.HasPreviousPage);
        Field<CursorType>("startCursor").Resolve(context => context.Source.StartCursor);
        Field<CursorType>("endCursor").Resolve(context => context.Source.EndCursor);
    }
}
