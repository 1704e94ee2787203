using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>The file of an import has arrived whole: from now on it is planned.</summary>
public sealed class TakeOfferImportFile : Operation<TakeOfferImportFile.Input>
{
    public sealed record Input(Guid ImportId, ReceivedFile File);

    public override string Name => OfferImportTransitions.Upload;

    public override string Scope => Scopes.OffersWrite;

    public override async Task<Outcome> RunAsync(Input input, Work work, CancellationToken cancellationToken)
    {
        if (await work.OfferImportToChangeAsync(input.ImportId, cancellationToken) is not { } import || !work.Caller.ActsFor(import.SupplierId)) return new NotFound([]);
        if (OfferImportTransitions.Against(Name, import.State) is { } refusal) return refusal;
        import.Take(input.File);
        await work.Context.Set<FileArrival>().Where(a => a.ContentId == input.File.ContentId).ExecuteDeleteAsync(cancellationToken);
        work.Context.Add(OfferImportJob.For(import, work.Now));
        return Outcome.Done(import.Id);
    }
}
