using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Publishes scheduled versions at their time, each once whatever the number of nodes.</summary>
public sealed class PublicationJob(OperationRunner runner, IDbContextFactory<MarketContext> contexts, TimeProvider clock) : JobHandler
{
    public const string JobKind = "offer-publication";

    public override string Kind => JobKind;

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        if (await DueAsync(subjectId, cancellationToken) is not { } version) return;
        string key = string.Create(CultureInfo.InvariantCulture, $"{subjectId:N}/{version}");
        OperationResult done = await runner.RunAsync(new PublishScheduledOffer(), new PublishScheduledOffer.Input(subjectId), Caller.System, key, cancellationToken);
        if (done.Refusals is [var refusal, ..]) throw new InvalidOperationException($"Version {subjectId} cannot be published: {refusal.Code}.");
    }

    /// <summary>Row version of the offer, so that what was done in this state is not done again; null where nothing is due, because it was given back, thrown away or put off.</summary>
    private async Task<int?> DueAsync(Guid versionId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        return await context.VersionsVisibleTo(Caller.System).Where(v => v.Id == versionId && v.State == OfferVersionState.Scheduled && v.PublishAt <= now)
            .Join(context.OffersVisibleTo(Caller.System), v => v.OfferId, o => o.Id, (v, o) => (int?)o.Version).SingleOrDefaultAsync(cancellationToken);
    }
}
