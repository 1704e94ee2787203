using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>Plans imports, applies them, and takes away what is left of those that have ended. It goes on wherever it was broken off.</summary>
public sealed class OfferImportJob(
    OperationRunner runner, IDbContextFactory<MarketContext> contexts, OfferImportPlanning planning, OfferImportApplying applying, FileIntake files) : JobHandler
{
    public const string JobKind = "offer-import";

    public override string Kind => JobKind;

    public override string Lane => "imports";

    /// <summary>The work that a state of an import asks for.</summary>
    internal static Job For(OfferImport import, DateTimeOffset now) =>
        Job.Of(JobKind, import.Id, now, key: string.Create(CultureInfo.InvariantCulture, $"{import.Id:N}/{import.Version}"));

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        OfferImport import = await ReadAsync(subjectId, cancellationToken);
        if (import.State == ImportState.Planning) await planning.RunAsync(import, cancellationToken);
        else if (import.State == ImportState.Applying) await applying.RunAsync(import, cancellationToken);
        // Ended, or cancelled meanwhile.
        import = await ReadAsync(subjectId, cancellationToken);
        if (!import.IsFinished) return;
        await applying.ClearAsync(import, cancellationToken);
        if (import.ContentId is { } content) await files.ForgetAsync(content, cancellationToken);
    }

    public override async Task GiveUpAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        OfferImport import = await ReadAsync(subjectId, cancellationToken);
        if (import.State is not (ImportState.Planning or ImportState.Applying)) return;
        var failure = new Invalid(ImportRefusals.ImportGivenUp, []);
        await runner.RunAsync(new EndOfferImport(), new EndOfferImport.Input(import.Id, import.State, Failure: failure), Caller.System, $"{import.Id:N}/given-up", cancellationToken);
    }

    private async Task<OfferImport> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.OfferImportsVisibleTo(Caller.System).SingleAsync(i => i.Id == id, cancellationToken);
    }
}
