using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Own services that were there say what the rows of an import say of them; their offers follow.</summary>
internal sealed class ChangeImportedServices : Operation<ChangeImportedServices.Input>
{
    /// <param name="Rows">Of which each changes its service.</param>
    public sealed record Input(Guid ImportId, Guid SupplierId, IReadOnlyList<OfferRow> Rows);

    public override string Name => "changeImportedServices";

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (!await work.Context.Set<OfferImport>().AnyAsync(i => i.Id == input.ImportId && i.State == ImportState.Applying, cancellationToken)) return Outcome.Done(input.ImportId);
        OfferReferences references = await OfferReferences.ReadAsync(work.Context, work.Caller, input.SupplierId, input.Rows, cancellationToken);
        var services = new ServiceWriting(work, references);
        IReadOnlyList<Service> changed = services.Write(input.Rows.Select(r => r.Beside(references).Service.Own).OfType<OwnServiceRow>());
        await work.Context.ReindexAsync(await services.FollowAsync(changed, cancellationToken), cancellationToken);
        return Outcome.Done(input.ImportId);
    }
}
