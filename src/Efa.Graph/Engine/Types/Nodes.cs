using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Cost;
using Efa.Graph.Engine.Errors;
using Efa.Graph.Engine.Loading;
using GraphQL.DataLoader;
using GraphQL.Types;

namespace Efa.Graph.Engine.Types;

/// <summary>Finds things by their global ids; each room says how its kinds are loaded.</summary>
public sealed class Nodes
{
    private const int Most = 100;

    private readonly Dictionary<string, Func<RequestContext, Guid, IDataLoaderResult<object?>>> loads = new(StringComparer.Ordinal);

    /// <summary>How things of a kind are loaded, as the caller sees them.</summary>
    public void Add(string prefix, Func<RequestContext, Guid, IDataLoaderResult<object?>> load) => loads.Add(prefix, load);

    public void AddTo(QueryType query)
    {
        query.Field<NodeInterface>("node").Description("Null where there is no such thing or the caller may not see it.").SeenBy(FieldAccess.Public)
            .Argument<NonNullGraphType<IdGraphType>>("id", argument => argument.Parser = value => Loadable(value))
            .Resolve(context => Load(context.Request(), context.Given("id")!));

        query.Field<NonNullGraphType<ListGraphType<NodeInterface>>>("nodes").Description("At most 100, in the same order.").SeenBy(FieldAccess.Public).Costs(1, sizedBy: "ids")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("ids", argument => argument.Parser = ReadAll)
            .Resolve(context => ((IReadOnlyList<object>)context.Given("ids")!).Select(id => Load(context.Request(), id)));
    }

    /// <summary>A thing of a kind as the caller sees it; null also where things of that kind are not nodes.</summary>
    public IDataLoaderResult<object?> Find(RequestContext request, string prefix, Guid id) => loads.TryGetValue(prefix, out var load) ? load(request, id) : new Known<object?>(null);

    private IDataLoaderResult<object?> Load(RequestContext request, object id)
    {
        (string prefix, Guid key) = ((string, Guid))id;
        return loads[prefix](request, key);
    }

    private IReadOnlyList<object> ReadAll(object value)
    {
        object?[] ids = [.. ((System.Collections.IEnumerable)value).Cast<object?>()];
        if (ids.Length > Most) throw new InvalidValueException($"at most {Most} ids");
        return [.. ids.Select(Loadable)];
    }

    private object Loadable(object? value)
    {
        (string Prefix, Guid Id) id = GlobalIds.ParseAny(value);
        return loads.ContainsKey(id.Prefix) ? id : throw new InvalidValueException("an id of a kind that is a Node", RequestErrors.InvalidId);
    }
}

/// <summary>Loads widened to what a payload or a node field takes.</summary>
public static class NodeResults
{
    public static IDataLoaderResult<object?> AsObject<T>(this IDataLoaderResult<T> result) => result.Then(value => (object?)value);
}
