using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>The supplier ends an import early. What an ATOMIC one has stored goes; what a PARTIAL one has made current stays.</summary>
public sealed class CancelOfferImport : OfferImportOperation<CancelOfferImport.Input>
{
    public sealed record Input(Guid ImportId) : OfferImportInput(ImportId);

    public override string Name => OfferImportTransitions.Cancel;

    protected override Task<Refusal?> TakeAsync(OfferImport import, Input input, Work work, CancellationToken cancellationToken)
    {
        // Switched as a whole, it is as good as done.
        if (import.Mode == BatchMode.Atomic && import.RowsCurrent > 0) return Task.FromResult<Refusal?>(OfferImportTransitions.Against(Name, ImportState.Succeeded, ImportPath));
        import.Cancel(work.Now);
        return Task.FromResult<Refusal?>(null);
    }
}
