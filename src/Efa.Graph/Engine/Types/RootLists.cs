using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Types;

/// <summary>Lists at the root: one command for a page, one more for its count where that is selected.</summary>
public static class RootLists
{
    /// <param name="mostCounted">A longer list has no count.</param>
    public static async Task<Connection<T>> PageAsync<T>(this IResolveFieldContext context, PageOrder<T> order, Func<MarketContext, IQueryable<T>> rows, int? mostCounted = null)
    {
        IDbContextFactory<MarketContext> contexts = context.Request().Services.GetRequiredService<IDbContextFactory<MarketContext>>();
        PageRequest request = context.PageOf(order.Name);
        await using MarketContext market = await contexts.CreateDbContextAsync(context.CancellationToken);
        Page<T> page = await rows(market).PageAsync(order, request, context.CancellationToken);
        return new Connection<T>(page, () => new Deferred<int?>(async cancellationToken =>
        {
            await using MarketContext counting = await contexts.CreateDbContextAsync(cancellationToken);
            if (mostCounted is not { } most) return await rows(counting).CountAsync(cancellationToken);
            int count = await rows(counting).PageBy(order, new PageRequest(most)).CountAsync(cancellationToken);
            return count > most ? null : count;
        }));
    }

    /// <summary>A list of enum values or scalars as it was given; null where it was not.</summary>
    public static IReadOnlyList<T>? Values<T>(this IResolveFieldContext context, string name) =>
        context.Given(name) is System.Collections.IEnumerable values ? [.. values.Cast<T>()] : null;
}
