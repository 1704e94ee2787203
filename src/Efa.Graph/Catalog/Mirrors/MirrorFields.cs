using System.Runtime.CompilerServices;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Documents;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Catalog.Mirrors;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog.Mirrors;

/// <summary>The feed by which others keep a mirror of the public catalogue, read and pushed.</summary>
internal static class MirrorFields
{
    private const int PageSize = 100;

    public static void AddTo(QueryType query, SubscriptionType subscription)
    {
        query.Field<NonNullGraphType<CatalogChangeConnectionType>>("catalogChanges")
            .Description("Delta feed for portals that mirror the catalogue, oldest first; removed offers appear as tombstones. Begin with the cursor of /catalog.ndjson.").SeenBy(FieldAccess.Public)
            .LogPageArguments(PageSize)
            .ResolveAsync(async context => await ReadAsync(context));

        subscription.Field<NonNullGraphType<CatalogChangeType>>("catalogChanged")
            .Description("What catalogChanges reads, pushed. With after: first everything since that position, then live. No gap, in order, none twice. Without: from now on.").SeenBy(FieldAccess.Public)
            .LogCursorArgument("after", "Begin at the cursor of /catalog.ndjson or the head of catalogChanges; resume after the last change. Where an event stream names its Last-Event-ID, that holds instead.")
            .ResolveEvents(Follow, change => change.Cursor);
    }

    private static async Task<LogConnection<ShownCatalogChange>> ReadAsync(IResolveFieldContext context)
    {
        LogRange range = await RangeAsync(context.Request(), context.CancellationToken);
        LogCursor? cursor = context.LogCursor("after");
        long after = cursor is null ? range.First - 1 : range.PositionOf(cursor, CatalogChanges.Log);
        CatalogChangePage page = await context.Request().Services.GetRequiredService<CatalogChanges>().ReadAsync(after, context.First(), context.CancellationToken);
        ShownCatalogChange[] shown = [.. page.Changes.Select(change => new ShownCatalogChange(change, Cursor(range, change.Position)))];
        return new LogConnection<ShownCatalogChange>(
            new Page<ShownCatalogChange>(shown, [.. shown.Select(s => s.Cursor)], page.HasMore, cursor is not null), Cursor(range, page.ReadUpTo), Cursor(range, page.Head));
    }

    private static async IAsyncEnumerable<ShownCatalogChange> Follow(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequestContext request = context.Request();
        LogRange range = await RangeAsync(request, cancellationToken);
        LogCursor? start = request.ResumeAfter is { } last ? LogArguments.ParseLogCursor(last) : context.LogCursor("after");
        long after = start is null ? range.Head : range.PositionOf(start, CatalogChanges.Log);
        request.Position = Cursor(range, after);

        IAsyncEnumerable<CatalogChange> changes = request.Services.GetRequiredService<CatalogChanges>()
            .FollowAsync(() => request.CallerNow() is not null, after, position => request.Position = Cursor(range, position), cancellationToken);
        await foreach (CatalogChange change in changes) yield return new ShownCatalogChange(change, Cursor(range, change.Position));
    }

    private static string Cursor(LogRange range, long position) => range.Cursor(CatalogChanges.Log, position).ToString();

    private static async Task<LogRange> RangeAsync(RequestContext request, CancellationToken cancellationToken)
    {
        await using MarketContext market = await request.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(cancellationToken);
        return await LogRange.ReadAsync(market, cancellationToken);
    }
}
