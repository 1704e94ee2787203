using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>What a step of an import is asked with.</summary>
public abstract record OfferImportInput(Guid ImportId);

/// <summary>A step of an import that its supplier takes, in a state that allows it.</summary>
public abstract class OfferImportOperation<TInput> : Operation<TInput>
    where TInput : OfferImportInput
{
    protected static readonly string[] ImportPath = ["input", "importId"];

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(TInput input, Work work, CancellationToken cancellationToken)
    {
        if (await work.OfferImportToChangeAsync(input.ImportId, cancellationToken) is not { } import) return new NotFound(ImportPath);
        if (!work.Caller.ActsFor(import.SupplierId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ImportPath, [OrganisationRole.Supplier]);
        if (OfferImportTransitions.Against(Name, import.State, ImportPath) is { } state) return state;
        if (await TakeAsync(import, input, work, cancellationToken) is { } refusal) return refusal;
        work.Acts(import.SupplierId, OrganisationRole.Supplier);
        work.Context.Add(OfferImportJob.For(import, work.Now));
        return Outcome.Done(import.Id);
    }

    /// <summary>Changes the import, or says what stands against it.</summary>
    protected abstract Task<Refusal?> TakeAsync(OfferImport import, TInput input, Work work, CancellationToken cancellationToken);
}
