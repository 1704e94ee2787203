using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Says of each row of a file what it comes to, 500 at a time, by the same checks as an upload of few rows.</summary>
public sealed class OfferImportPlanning(IDbContextFactory<MarketContext> contexts, StoreDialect dialect, OfferFile file, OperationRunner runner, ImportOptions options, TimeProvider clock)
{
    internal const int BatchSize = 500;

    public async Task RunAsync(OfferImport import, CancellationToken cancellationToken)
    {
        EndOfferImport.Input end;
        try
        {
            if (!await PlanAsync(import, cancellationToken)) return;
            end = new(import.Id, ImportState.Planning, PlanHash: await HashAsync(import, cancellationToken));
        }
        catch (FileUnreadableException unreadable)
        {
            end = new(import.Id, ImportState.Planning, Failure: unreadable.Reason);
        }
        await runner.RunAsync(new EndOfferImport(options.PlanDays), end, Caller.System, $"{import.Id:N}/planned", cancellationToken);
    }

    /// <summary>Who gave the file in, with what it takes to name documents.</summary>
    internal static Caller CallerOf(OfferImport import) => new(import.StartedBy, null, [import.SupplierId], new HashSet<string> { Scopes.OffersWrite });

    /// <summary>False where the import was ended meanwhile.</summary>
    private async Task<bool> PlanAsync(OfferImport import, CancellationToken cancellationToken)
    {
        var plan = new OfferPlan();
        int done = 0;
        await using Stream content = (await contexts.CreateDbContextAsync(cancellationToken)).OpenContent(import.ContentId!.Value);
        await foreach (FileRow[] rows in file.ReadAsync(content, import.Format, import.SellerId, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            done = rows[^1].Row;
            if (done > options.MaxRows) throw new FileUnreadableException(ImportRefusals.FileTooManyRows, done, rows[^1].Line, options.MaxRows);
            if (done <= import.RowsDone) await PassAsync(plan, import, rows, cancellationToken);
            else if (!await PlanAsync(plan, import, rows, cancellationToken)) return false;
        }
        return done > 0 ? true : throw new FileUnreadableException(ImportRefusals.FileEmpty, 0, 1);
    }

    private async Task<bool> PlanAsync(OfferPlan plan, OfferImport import, FileRow[] rows, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        OfferRow[] read = [.. rows.Select(r => r.Offer).OfType<OfferRow>()];
        OfferReferences references = await OfferReferences.ReadAsync(context, CallerOf(import), import.SupplierId, read, cancellationToken);
        var planned = new Queue<PlannedRow>(plan.Of(read, references));
        OfferImportRow[] told = [.. rows.Select(row => Told(import, row, row.Offer is null ? null : planned.Dequeue()))];

        (int before, int last) = (rows[0].Row - 1, rows[^1].Row);
        int created = told.Count(r => r.Outcome == RowOutcome.Create), updated = told.Count(r => r.Outcome == RowOutcome.Update);
        int unchanged = told.Count(r => r.Outcome == RowOutcome.Unchanged), rejected = told.Length - created - updated - unchanged;
        await using StoreTransaction transaction = await dialect.BeginAsync(context, cancellationToken);
        int taken = await context.Set<OfferImport>().Where(i => i.Id == import.Id && i.State == ImportState.Planning && i.RowsDone == before)
            .ExecuteUpdateAsync(i => i
                .SetProperty(x => x.RowsDone, last)
                .SetProperty(x => x.Created, x => x.Created + created)
                .SetProperty(x => x.Updated, x => x.Updated + updated)
                .SetProperty(x => x.Unchanged, x => x.Unchanged + unchanged)
                .SetProperty(x => x.Rejected, x => x.Rejected + rejected), cancellationToken);
        if (taken == 0) return false;
        await dialect.InsertAsync(context, told, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private OfferImportRow Told(OfferImport import, FileRow row, PlannedRow? planned)
    {
        if (planned is null) return OfferImportRow.Of(import.Id, PlannedRow.Unread(row), seenVersion: null);
        Guid? offer = planned.Outcome == RowOutcome.Create ? Guid.CreateVersion7(clock.GetUtcNow()) : planned.Standing?.Offer.Id;
        return OfferImportRow.Of(import.Id, planned.Told(row, offer), planned.Standing?.Offer.Version);
    }

    // What was planned before a crash stays, and later rows are judged by it.
    private async Task PassAsync(OfferPlan plan, OfferImport import, FileRow[] rows, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        (int first, int last) = (rows[0].Row, rows[^1].Row);
        HashSet<int> rejected = [.. await context.Set<OfferImportRow>()
            .Where(r => r.ImportId == import.Id && r.Outcome == RowOutcome.Reject && r.Row >= first && r.Row <= last).Select(r => r.Row).ToListAsync(cancellationToken)];
        foreach (FileRow row in rows)
            if (row.Offer is { } offer)
                plan.Pass(offer, accepted: !rejected.Contains(row.Row));
    }

    private async Task<string> HashAsync(OfferImport import, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add($"{import.FileSha256} {import.SupplierId:N} {import.SellerId:N}\n");
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<OfferImportRow>().Where(r => r.ImportId == import.Id).OrderBy(r => r.Row).Select(r => new { r.Row, r.Outcome, r.OfferId, r.SeenVersion });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
            Add(string.Create(CultureInfo.InvariantCulture, $"{row.Row} {row.Outcome} {row.OfferId:N} {row.SeenVersion}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string line) => hash.AppendData(Encoding.UTF8.GetBytes(line));
    }
}
