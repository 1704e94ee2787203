using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Makes what an import has stored current, up to a row, by a few commands whatever their number: drafts take their place, new offers are seen, the log tells it.</summary>
/// <remarks>An offer that somebody has changed since it was planned stays as it is. ATOMIC then fails as a whole, PARTIAL rejects the row.</remarks>
internal sealed class SwitchOfferImport : Operation<SwitchOfferImport.Input>
{
    // One command may concern all rows of a file.
    private static readonly TimeSpan LongestCommand = TimeSpan.FromMinutes(1);

    public sealed record Input(Guid ImportId, int Row);

    public override string Name => "switchOfferImport";

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        MarketContext context = work.Context;
        OfferImport import = await context.Set<OfferImport>().SingleAsync(i => i.Id == input.ImportId, cancellationToken);
        if (import.State != ImportState.Applying) return Outcome.Done(import.Id);
        context.Database.SetCommandTimeout(LongestCommand);
        await work.Dialect.ExpectManyRowsAsync(context, cancellationToken);
        int from = import.RowsCurrent;
        IQueryable<UpcomingDraft> drafts = context.Set<UpcomingDraft>().Where(d => d.ImportId == import.Id && d.Row > from && d.Row <= input.Row);

        List<UpcomingDraft> stale = await drafts
            .Join(context.Set<Offer>(), d => d.OfferId, o => o.Id, (d, o) => new { d, o })
            .Where(p => p.o.Version != p.d.SeenVersion).Select(p => p.d).AsNoTracking().ToListAsync(cancellationToken);
        if (stale.Count > 0 && import.Mode == BatchMode.Atomic)
        {
            import.Fail(new ImportPlanOutdated([], stale.Count), work.Now);
            return Outcome.Done(import.Id);
        }
        await RejectAsync(context, import, stale, cancellationToken);

        int replaced = await drafts
            .Join(context.Set<Offer>(), d => d.OfferId, o => o.Id, (d, o) => new { d, o }).Where(p => p.o.Version == p.d.SeenVersion)
            .ExecuteUpdateAsync(p => p
                .SetProperty(x => x.o.Version, x => x.d.Version)
                .SetProperty(x => x.o.DraftVersionId, x => x.d.VersionId)
                .SetProperty(x => x.o.ShownVersionId, x => x.d.ShownVersionId)
                .SetProperty(x => x.o.UpdatedAt, x => x.d.UpdatedAt)
                .SetProperty(x => x.o.TitleKey, x => x.d.TitleKey)
                .SetProperty(x => x.o.OrderingMode, x => x.d.OrderingMode)
                .SetProperty(x => x.o.EfaFinanced, x => x.d.EfaFinanced), cancellationToken);
        // Somebody was quicker, between the look and the change.
        if (replaced != await drafts.CountAsync(cancellationToken)) throw new DbUpdateConcurrencyException("An offer has changed.");
        await context.Set<UpcomingThing>().Where(t => t.ImportId == import.Id && t.Row > from && t.Row <= input.Row).ExecuteDeleteAsync(cancellationToken);

        int events = await context.Set<UpcomingEvent>().CountAsync(e => e.ImportId == import.Id && e.Row > from && e.Row <= input.Row, cancellationToken);
        work.Events(events, first => work.Dialect.LogUpcomingAsync(context, import.Id, from, input.Row, first, work.Now, import.AppliedBy!, cancellationToken));
        import.Switch(input.Row, stale.Count);
        return Outcome.Done(import.Id);
    }

    private static async Task RejectAsync(MarketContext context, OfferImport import, IReadOnlyList<UpcomingDraft> stale, CancellationToken cancellationToken)
    {
        if (stale.Count == 0) return;
        int[] rows = [.. stale.Select(d => d.Row)];
        Guid[] versions = [.. stale.Select(d => d.VersionId)];
        await RejectedRows.RejectAsync(context, import.Id, rows.ToDictionary(row => row, IReadOnlyList<RowRefused> (_) => []), cancellationToken);
        await context.Set<UpcomingEvent>().Where(e => e.ImportId == import.Id && rows.Contains(e.Row)).ExecuteDeleteAsync(cancellationToken);
        await context.Set<UpcomingDraft>().Where(d => d.ImportId == import.Id && rows.Contains(d.Row)).ExecuteDeleteAsync(cancellationToken);
        await context.Set<OfferVersion>().Where(v => versions.Contains(v.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
