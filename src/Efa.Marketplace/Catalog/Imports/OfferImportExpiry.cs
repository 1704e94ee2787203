using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What is told of the rows of imports goes after a time; the imports stay with their counts.</summary>
public sealed class OfferImportReportExpiry(ImportOptions options) : Expiry
{
    public override async Task<int> DeleteAsync(MarketContext context, DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        if (options.ReportDays == 0) return 0;
        DateTimeOffset before = now.AddDays(-options.ReportDays);
        // Ids go by time, so that rows of later imports are not looked at.
        Guid later = Guid.CreateVersion7(before.AddMilliseconds(1));
        int deleted = 0;
        while (deleted < most)
        {
            Guid import = await context.Set<OfferImportRow>().Where(r => r.ImportId < later)
                .Join(context.Set<OfferImport>().Where(i => i.FinishedAt < before), r => r.ImportId, i => i.Id, (r, i) => r.ImportId).OrderBy(id => id).FirstOrDefaultAsync(cancellationToken);
            if (import == Guid.Empty) break;
            IQueryable<OfferImportRow> over = context.Set<OfferImportRow>().Where(r => r.ImportId == import);
            int last = await over.OrderBy(r => r.Row).Skip(most - deleted - 1).Select(r => r.Row).FirstOrDefaultAsync(cancellationToken);
            deleted += await (last == 0 ? over : over.Where(r => r.Row <= last)).ExecuteDeleteAsync(cancellationToken);
        }
        return deleted;
    }
}

/// <summary>Ends an import whose plan nobody has applied in time, so that its file is not kept for ever.</summary>
public sealed class OfferImportExpiryJob(OperationRunner runner) : JobHandler
{
    public const string JobKind = "offer-import-expiry";

    public override string Kind => JobKind;

    public override Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        var expired = new Invalid(ImportRefusals.PlanExpired, []);
        return runner.RunAsync(new EndOfferImport(), new EndOfferImport.Input(subjectId, ImportState.Planned, Failure: expired), Caller.System, $"{subjectId:N}/expired", cancellationToken);
    }
}
