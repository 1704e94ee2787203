using Efa.Graph.Engine;
using Efa.Graph.Engine.Access;
using Efa.Graph.Engine.Types;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using GraphQL;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Evidence;

/// <summary>What evidence adds to the schema.</summary>
internal static class AuditSchema
{
    public const string Log = "audit";

    private const int Size = 100;

    public static void AddTo(QueryType query)
    {
        query.Field<AuditEntryConnectionType>("audit")
            .Description("What was done, oldest first: for the caller's organisations, and to things of which they are parties. Entries are the leaves of a hash tree (RFC 9162) and are never changed.")
            .SeenBy(FieldAccess.PartiesWith(Scopes.AuditRead))
            .Argument<IdGraphType>("subjectId", argument => (argument.Parser, argument.Description) = (value => value is null ? null! : GlobalIds.ParseAny(value).Id, "Only what was done to this thing."))
            .OptionalIdArgument("organisationId", IdPrefix.Organisation, "Only what was done for this organisation, or to things of which it is a party.")
            .LogPageArguments(Size)
            .ResolveAsync(async context => await PageAsync(context));

        query.Field<AuditTreeHeadType>("auditTreeHead").Description("The newest signed head, made each minute in which the log has grown; null before the first one.").SeenBy(FieldAccess.Public)
            .ResolveAsync(async context =>
            {
                await using MarketContext market = await ContextAsync(context);
                return await AuditHeads.NewestAsync(market, context.CancellationToken);
            });
    }

    private static async Task<LogConnection<ShownAuditEntry>> PageAsync(IResolveFieldContext context)
    {
        CancellationToken cancellationToken = context.CancellationToken;
        await using MarketContext market = await ContextAsync(context);
        LogRange range = await market.AuditRangeAsync(cancellationToken);
        LogCursor? cursor = context.LogCursor("after");
        long after = cursor is null ? 0 : range.PositionOf(cursor, Log);
        int count = context.First();

        IQueryable<AuditEntry> log = market.AuditVisibleTo(context.Request().Caller).Where(e => e.Index >= after && e.Index < range.Head);
        if (context.OptionalId("subjectId") is { } subject) log = log.Where(e => e.SubjectId == subject);
        if (context.OptionalId("organisationId") is { } organisation) log = log.Of(market, [organisation]);
        List<AuditEntry> entries = await log.OrderBy(e => e.Index).Take(count + 1).ToListAsync(cancellationToken);

        bool more = entries.Count > count;
        ShownAuditEntry[] shown = [.. entries.Take(count).Select(e => new ShownAuditEntry(e, range.Cursor(Log, e.Index + 1).ToString(), range.Head))];
        var page = new Page<ShownAuditEntry>(shown, [.. shown.Select(e => e.Cursor)], more, cursor is not null);
        string readUpTo = more ? shown[^1].Cursor : range.Cursor(Log, range.Head).ToString();
        return new LogConnection<ShownAuditEntry>(page, readUpTo, range.Cursor(Log, range.Head).ToString());
    }

    private static Task<MarketContext> ContextAsync(IResolveFieldContext context) =>
        context.Request().Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync(context.CancellationToken);
}
