using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Ordering.Contracts;

/// <summary>A party puts a document into the folder of a contract, from which none is taken out again.</summary>
public sealed class AddContractDocument : Operation<AddContractDocument.Input>
{
    public sealed record Input(Guid ContractId, int ExpectedVersion, NamedDocument Document);

    public override string Name => "addContractDocument";

    public override string Scope => OrderTransitions.Scope;

    public override IEnumerable<Refusal> Check(Input input) => InputCheck.Name(input.Document.Title, OfferContent.TitleLength, "input", "document", "title");

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.ContractToChangeAsync(input.ContractId, cancellationToken) is not { } contract) return new NotFound(["input", "contractId"]);
        if (!work.Caller.ActsFor(contract.GrantedById) && !work.Caller.ActsFor(contract.GrantedToId)) return new PermissionDenied(OperationsRefusals.PermissionDenied, ["input", "contractId"], []);
        if (await work.StaleAsync(contract, input.ExpectedVersion, cancellationToken) is { } stale) return stale;
        if ((await work.Context.DocumentsToNameAsync(work.Caller, [input.Document.Sha256], cancellationToken)).Count == 0)
            return new Invalid(CatalogRefusals.DocumentUnknown, ["input", "document", "sha256"]);

        await work.Context.Entry(contract).Collection(c => c.Documents).LoadAsync(cancellationToken);
        if (contract.Documents.Count >= Contract.MostDocuments) return new Invalid(OperationsRefusals.TooMany, ["input", "document"]) { Values = [Contract.MostDocuments] };
        contract.AddDocument(input.Document);
        return Outcome.Done(contract.Id);
    }
}
