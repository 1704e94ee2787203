using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Engine.Types;

/// <summary>Lists at the root: one command for a page, one more for its count where that is selected.</summary>
public static class RootLists
{
    public static async Task<Connection<T>> PageAsync<T>(this IResolveFieldContext context, PageOrder<T> order, Func<MarketContext, IQueryable<T>> rows)
    {
        IDbContextFactory<MarketContext> contexts = context.Request().Services.GetRequiredService<IDbContextFactory<MarketContext>>();
        PageRequest request = context.PageOf(order.Name);
        await using MarketContext market = await contexts.CreateDbContextAsync(context.CancellationToken);
        Page<T> page = await rows(market).PageAsync(order, request, context.CancellationToken);
        return new Connection<T>(page, () => new Deferred<int>(async cancellationToken =>
        {
            await using MarketContext counting = await contexts.CreateDbContextAsync(cancellationToken);
            return await rows(counting).CountAsync(cancellationToken);
        }));
    }

    /// <summary>A list of enum values or scalars as it was given; null where it was not.</summary>
    public static IReadOnlyList<T>? Values<T>(this IResolveFieldContext context, string name) =>
        context.Given(name) is System.Collections.IEnumerable values ? [.. values.Cast<T>()] : null;
}
