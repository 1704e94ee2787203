using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>A supplier gives whole offers: new ones are made, those that say something else get a draft, all others stay as they are.</summary>
public sealed class UploadOffers : Operation<UploadOffers.Input>
{
    public const int MostRows = 100;

    public sealed record Input(Guid SupplierId, UploadMode Mode, IReadOnlyList<OfferRow> Offers, bool Submit);

    public override string Name => OfferTransitions.Upload;

    public override string Scope => Scopes.OffersWrite;

    public override IEnumerable<Refusal> Check(Input input)
    {
        if (input.Offers.Count > MostRows) yield return new Invalid(OperationsRefusals.TooMany, ["input", "offers"]) { Values = [MostRows] };
        if (input.Offers.Count == 0) yield return new Invalid(OperationsRefusals.Required, ["input", "offers"]);
    }

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        string[] path = ["input", "supplierId"];
        if (await work.Context.Organisations().SingleOrDefaultAsync(o => o.Id == input.SupplierId, cancellationToken) is not { } supplier) return new NotFound(path);
        if (!work.Caller.ActsFor(supplier.Id) || !supplier.Is(OrganisationRole.Supplier))
            return new PermissionDenied(OperationsRefusals.PermissionDenied, path, [OrganisationRole.Supplier]);
        if (await work.Context.IsImportAppliedForAsync(supplier.Id, cancellationToken)) return new Invalid(ImportRefusals.ImportRunning, path);

        OfferReferences references = await OfferReferences.ReadAsync(work.Context, work.Caller, supplier.Id, input.Offers, cancellationToken);
        IReadOnlyList<PlannedRow> plan = new OfferPlan().Of(input.Offers, references);
        PlannedRow[] good = [.. plan.Where(r => r.Outcome != RowOutcome.Reject)];
        bool applies = input.Mode == UploadMode.Partial || (input.Mode == UploadMode.Atomic && good.Length == plan.Count);
        if (!applies) return Outcome.Batch([.. plan.Select((row, i) => row.Told(i, subject: null, "input", "offers"))], BatchMode.Partial);

        var offers = new Queue<Guid>(await new OfferWriting(work, references, input.Submit).WriteAsync(good, cancellationToken));
        return Outcome.Batch([.. plan.Select((row, i) => row.Told(i, row.Outcome == RowOutcome.Reject ? null : offers.Dequeue(), "input", "offers"))], BatchMode.Partial);
    }
}
