using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Does what was planned: stores new versions 500 at a time where nobody sees them, and makes them current: PARTIAL each 500, ATOMIC all at once.</summary>
public sealed class OfferImportApplying(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, OfferFile file, OperationRunner runner, TimeProvider clock)
{
    private const int BatchSize = OfferImportPlanning.BatchSize;

    public async Task RunAsync(OfferImport import, CancellationToken cancellationToken)
    {
        if (!await StageAsync(import, cancellationToken)) return;
        if (import.Mode == BatchMode.Atomic && !await SwitchAsync(import, import.RowsTotal!.Value, cancellationToken)) return;
        await ChangeServicesAsync(import, cancellationToken);
        await EndAsync(import, failure: null, cancellationToken);
    }

    /// <summary>Takes away what an ended import leaves: drafts whose place was taken, and what never became current.</summary>
    public async Task ClearAsync(OfferImport import, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
            await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
            bool more = await UpcomingRemains.ClearAsync(context, import, BatchSize, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            if (!more) return;
        }
    }

    /// <summary>False where the import has ended.</summary>
    private async Task<bool> StageAsync(OfferImport import, CancellationToken cancellationToken)
    {
        if (import.RowsCurrent == import.RowsTotal) return true;
        var plan = new OfferPlan();
        await using Stream content = (await contexts.CreateDbContextAsync(cancellationToken)).OpenContent(import.ContentId!.Value);
        await foreach (FileRow[] rows in file.ReadAsync(content, import.Format, import.SellerId, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            int last = rows[^1].Row;
            if (last <= import.RowsStaged) await PassAsync(plan, import, rows, cancellationToken);
            else if (!await StageAsync(plan, import, rows, cancellationToken)) return false;
            if (import.Mode == BatchMode.Partial && last > import.RowsCurrent && !await SwitchAsync(import, last, cancellationToken)) return false;
        }
        return true;
    }

    private async Task<bool> StageAsync(OfferPlan plan, OfferImport import, FileRow[] rows, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        Dictionary<int, KeptRow> kept = await KeptAsync(context, import, rows, cancellationToken);
        OfferRow[] read = [.. rows.Select(r => r.Offer).OfType<OfferRow>()];
        OfferReferences references = await OfferReferences.ReadAsync(context, OfferImportPlanning.CallerOf(import), import.SupplierId, read, cancellationToken);
        PlannedRow[] planned = [.. plan.Of(read, references)];

        var staging = new OfferStaging(import, references, clock.GetUtcNow());
        var moved = new List<(FileRow Row, PlannedRow Planned)>();
        foreach ((FileRow row, PlannedRow now) in rows.Where(r => r.Offer is not null).Zip(planned))
        {
            KeptRow was = kept[row.Row];
            if (was.Outcome is not (RowOutcome.Create or RowOutcome.Update)) continue;
            if (now.Outcome == was.Outcome && now.Standing?.Offer.Version == was.SeenVersion) staging.Add(row.Row, now, was.OfferId!.Value);
            else moved.Add((row, now));
        }
        if (moved.Count > 0 && import.Mode == BatchMode.Atomic)
        {
            await EndAsync(import, new ImportPlanOutdated([], moved.Count), cancellationToken);
            return false;
        }

        (int before, int last) = (rows[0].Row - 1, rows[^1].Row);
        int noCreation = moved.Count(m => kept[m.Row.Row].Outcome == RowOutcome.Create), noUpdate = moved.Count - noCreation;
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        int taken = await context.Set<OfferImport>().Where(i => i.Id == import.Id && i.State == ImportState.Applying && i.RowsStaged == before)
            .ExecuteUpdateAsync(i => i
                .SetProperty(x => x.RowsStaged, last)
                .SetProperty(x => x.RowsDone, x => x.Mode == BatchMode.Atomic ? last : x.RowsDone)
                .SetProperty(x => x.Created, x => x.Created - noCreation)
                .SetProperty(x => x.Updated, x => x.Updated - noUpdate)
                .SetProperty(x => x.Rejected, x => x.Rejected + noCreation + noUpdate), cancellationToken);
        if (taken == 0) return false;
        await staging.StoreAsync(context, dialect, cancellationToken);
        await RejectedRows.RejectAsync(context, import.Id, moved.ToDictionary(m => m.Row.Row, IReadOnlyList<RowRefused> (m) => [.. m.Planned.Faults.Select(m.Row.Told)]), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task PassAsync(OfferPlan plan, OfferImport import, FileRow[] rows, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        Dictionary<int, KeptRow> kept = await KeptAsync(context, import, rows, cancellationToken);
        foreach (FileRow row in rows)
            if (row.Offer is { } offer)
                plan.Pass(offer, accepted: kept[row.Row].Outcome != RowOutcome.Reject);
    }

    private async Task<bool> SwitchAsync(OfferImport import, int row, CancellationToken cancellationToken)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{import.Id:N}/current/{row}");
        await runner.RunAsync(new SwitchOfferImport(), new SwitchOfferImport.Input(import.Id, row), Caller.System, key, cancellationToken);
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<OfferImport>().AnyAsync(i => i.Id == import.Id && i.State == ImportState.Applying, cancellationToken);
    }

    private async Task ChangeServicesAsync(OfferImport import, CancellationToken cancellationToken)
    {
        HashSet<int> changing;
        await using (MarketContext context = await contexts.CreateDbContextAsync(cancellationToken))
            changing = [.. await context.Set<OfferImportRow>().Where(r => r.ImportId == import.Id && r.Outcome == RowOutcome.Update && r.ChangesService).Select(r => r.Row).ToListAsync(cancellationToken)];
        if (changing.Count == 0) return;
        await using Stream content = (await contexts.CreateDbContextAsync(cancellationToken)).OpenContent(import.ContentId!.Value);
        await foreach (FileRow[] rows in file.ReadAsync(content, import.Format, import.SellerId, cancellationToken).Where(r => changing.Contains(r.Row)).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            var input = new ChangeImportedServices.Input(import.Id, import.SupplierId, [.. rows.Select(r => r.Offer!)]);
            string key = string.Create(CultureInfo.InvariantCulture, $"{import.Id:N}/services/{rows[0].Row}");
            await runner.RunAsync(new ChangeImportedServices(), input, Caller.System, key, cancellationToken);
        }
    }

    private Task EndAsync(OfferImport import, Refusal? failure, CancellationToken cancellationToken) =>
        runner.RunAsync(new EndOfferImport(), new EndOfferImport.Input(import.Id, ImportState.Applying, Failure: failure), Caller.System, $"{import.Id:N}/applied", cancellationToken);

    private static Task<Dictionary<int, KeptRow>> KeptAsync(MarketContext context, OfferImport import, FileRow[] rows, CancellationToken cancellationToken)
    {
        (int first, int last) = (rows[0].Row, rows[^1].Row);
        return context.Set<OfferImportRow>().Where(r => r.ImportId == import.Id && r.Row >= first && r.Row <= last)
            .Select(r => new KeptRow(r.Row, r.Outcome, r.OfferId, r.SeenVersion)).ToDictionaryAsync(r => r.Row, cancellationToken);
    }

    private sealed record KeptRow(int Row, RowOutcome Outcome, Guid? OfferId, int? SeenVersion);
}
