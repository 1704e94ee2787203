using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Errors;
using GraphQL.Validation;

namespace Efa.Graph.Engine.Cost;

/// <summary>What a request costs, and what one request may cost.</summary>
public sealed record RequestCost(long Requested, int Limit);

/// <summary>Prices each request before it is executed, refuses what one request may not cost, and lets the caller pay. Asked at each execution, because variables make the price.</summary>
public sealed class CostRule(Limits limits) : ValidationRuleBase
{
    private const string Extension = "cost";
    private const string DryRun = "dryRun";

    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        // A page of -1,000,000 entries would pay for others.
        if (context.HasErrors) return default;
        RequestContext request = RequestContext.Of(context.UserContext);
        long cost = new DocumentCost(context).Of(context.Operation);
        request.Cost = new RequestCost(cost, limits.Cost);
        if (cost > limits.Cost)
            throw new RequestError(RequestErrors.LimitExceeded, $"The request costs {cost} points; one request may cost {limits.Cost}.");
        if (!IsDryRun(context.Extensions)) request.Allowance?.Pay(cost, paid: Allowance.Least);
        return default;
    }

    /// <summary>Whether a request only asks for its price: <c>{"cost": {"dryRun": true}}</c>.</summary>
    /// <remarks>Anything else under that name is refused: who meant a dry run must not be surprised by an order.</remarks>
    internal static bool IsDryRun(IReadOnlyDictionary<string, object?> extensions)
    {
        if (!extensions.TryGetValue(Extension, out object? asked)) return false;
        return asked is IDictionary<string, object?> { Count: 1 } options && options.TryGetValue(DryRun, out object? dryRun) && dryRun is bool only
            ? only
            : throw new RequestError(RequestErrors.MalformedRequest, "The extension 'cost' is an object with the boolean 'dryRun'.");
    }
}
