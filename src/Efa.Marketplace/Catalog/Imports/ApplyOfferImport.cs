using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>The supplier has a plan applied as it is. What the plan saw must still be so; the work goes on as a job.</summary>
public sealed class ApplyOfferImport : OfferImportOperation<ApplyOfferImport.Input>
{
    public sealed record Input(Guid ImportId, string PlanHash, BatchMode Mode, bool Submit) : OfferImportInput(ImportId);

    public override string Name => OfferImportTransitions.Apply;

    protected override async Task<Refusal?> TakeAsync(OfferImport import, Input input, Work work, CancellationToken cancellationToken)
    {
        if (input.PlanHash != import.PlanHash) return new Invalid(ImportRefusals.PlanHashOther, ["input", "planHash"]);
        if (input.Mode == BatchMode.Atomic && import.Rejected > 0) return new Invalid(ImportRefusals.RowsRejected, ["input", "mode"]) { Values = [import.Rejected] };
        if (await work.Context.IsImportAppliedForAsync(import.SupplierId, cancellationToken)) return new Invalid(ImportRefusals.ImportRunning, ImportPath);
        if (await OutdatedRowsAsync(import, work, cancellationToken) is > 0 and int changed) return new ImportPlanOutdated(ImportPath, changed);
        import.Apply(input.Mode, input.Submit, work.Caller.Id);
        return null;
    }

    private static async Task<int> OutdatedRowsAsync(OfferImport import, Work work, CancellationToken cancellationToken)
    {
        await work.Dialect.ExpectManyRowsAsync(work.Context, cancellationToken);
        IQueryable<OfferImportRow> rows = work.Context.Set<OfferImportRow>().Where(r => r.ImportId == import.Id);
        IQueryable<Offer> offers = work.Context.Set<Offer>().Where(o => o.SupplierId == import.SupplierId);
        int moved = await rows.Where(r => r.Outcome == RowOutcome.Update || r.Outcome == RowOutcome.Unchanged)
            .Join(offers, r => r.OfferId, o => o.Id, (r, o) => new { r.SeenVersion, o.Version }).CountAsync(p => p.Version != p.SeenVersion, cancellationToken);
        int taken = await rows.Where(r => r.Outcome == RowOutcome.Create)
            .Join(offers, r => r.ExternalId, o => o.ExternalId, (r, o) => r.Row).CountAsync(cancellationToken);
        return moved + taken;
    }
}
