using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>The supplier ends an import early. What an ATOMIC one has stored goes; what a PARTIAL one has made current stays.</summary>
public sealed class CancelOfferImport : Operation<CancelOfferImport.Input>
{
    public sealed record Input(Guid ImportId);

    public override string Name => OfferImportTransitions.Cancel;

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        string[] path = ["input", "importId"];
        if (await work.OfferImportToChangeAsync(input.ImportId, cancellationToken) is not { } import) return new NotFound(path);
        if (!work.Caller.ActsFor(import.SupplierId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, path, [OrganisationRole.Supplier]);
        if (OfferImportTransitions.Against(Name, import.State, path) is { } state) return state;
        if (import.Mode == BatchMode.Atomic && import.RowsCurrent > 0) return OfferImportTransitions.Against(Name, ImportState.Succeeded, path)!;
        work.Acts(import.SupplierId, OrganisationRole.Supplier);
        import.Cancel(work.Now);
        work.Context.Add(OfferImportJob.For(import, work.Now));
        return Outcome.Done(import.Id);
    }
}
