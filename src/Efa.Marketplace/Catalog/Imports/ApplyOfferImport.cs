using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>The supplier has a plan applied as it is. What the plan saw must still be so; the work goes on as a job.</summary>
public sealed class ApplyOfferImport : Operation<ApplyOfferImport.Input>
{
    public sealed record Input(Guid ImportId, string PlanHash, BatchMode Mode, bool Submit);

    public override string Name => OfferImportTransitions.Apply;

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        string[] path = ["input", "importId"];
        if (await work.OfferImportToChangeAsync(input.ImportId, cancellationToken) is not { } import) return new NotFound(path);
        if (!work.Caller.ActsFor(import.SupplierId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, path, [OrganisationRole.Supplier]);
        if (OfferImportTransitions.Against(Name, import.State, path) is { } state) return state;
        if (input.PlanHash != import.PlanHash) return new Invalid(ImportRefusals.PlanHashOther, ["input", "planHash"]);
        if (input.Mode == BatchMode.Atomic && import.Rejected > 0) return new Invalid(ImportRefusals.RowsRejected, ["input", "mode"]) { Values = [import.Rejected] };
        if (await work.Context.IsImportAppliedForAsync(import.SupplierId, cancellationToken)) return new Invalid(ImportRefusals.ImportRunning, path);
        if (await OutdatedRowsAsync(import, work, cancellationToken) is > 0 and int changed) return new ImportPlanOutdated(path, changed);

        work.Acts(import.SupplierId, OrganisationRole.Supplier);
        import.Apply(input.Mode, input.Submit, work.Caller.Id);
        work.Context.Add(OfferImportJob.For(import, work.Now));
        return Outcome.Done(import.Id);
    }

    private static async Task<int> OutdatedRowsAsync(OfferImport import, Work work, CancellationToken cancellationToken)
    {
        IQueryable<OfferImportRow> rows = work.Context.Set<OfferImportRow>().Where(r => r.ImportId == import.Id);
        IQueryable<Offer> offers = work.Context.Set<Offer>().Where(o => o.SupplierId == import.SupplierId);
        int moved = await rows.Where(r => r.Outcome == RowOutcome.Update || r.Outcome == RowOutcome.Unchanged)
            .Join(offers, r => r.OfferId, o => o.Id, (r, o) => new { r.SeenVersion, o.Version }).CountAsync(p => p.Version != p.SeenVersion, cancellationToken);
        int taken = await rows.Where(r => r.Outcome == RowOutcome.Create)
            .Join(offers, r => r.ExternalId, o => o.ExternalId, (r, o) => r.Row).CountAsync(cancellationToken);
        return moved + taken;
    }
}
