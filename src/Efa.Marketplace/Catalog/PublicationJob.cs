using System.Globalization;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>Publishes scheduled versions at their time, each once whatever the number of nodes.</summary>
public sealed class PublicationJob(OperationRunner runner, IDbContextFactory<MarketContext> contexts) : JobHandler
{
    public const string JobKind = "offer-publication";

    public override string Kind => JobKind;

    public override async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        if (await OfferVersionOfAsync(subjectId, cancellationToken) is not { } version) return;
        string key = string.Create(CultureInfo.InvariantCulture, $"{subjectId:N}/{version}");
        OperationResult done = await runner.RunAsync(new PublishScheduledOffer(), new PublishScheduledOffer.Input(subjectId), Caller.System, key, cancellationToken);
        if (done.Refusals is [var refusal, ..]) throw new InvalidOperationException($"Version {subjectId} cannot be published: {refusal.Code}.");
    }

    /// <summary>Row version of the offer, so that what was done in this state is not done again; null where nothing is scheduled any more.</summary>
    private async Task<int?> OfferVersionOfAsync(Guid versionId, CancellationToken cancellationToken)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.OffersVisibleTo(Caller.System).Where(o => o.DraftVersionId == versionId).Select(o => (int?)o.Version).SingleOrDefaultAsync(cancellationToken);
    }
}
