using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

internal sealed class TermsDocumentLoader(IDbContextFactory<MarketContext> contexts) : Loader<Guid, TermsDocument>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, TermsDocument>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.Terms().Where(t => keys.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
}

/// <summary>The terms of versions as they were, or are, in force on a day.</summary>
internal sealed class TermsOfVersionLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<(Guid VersionId, DateOnly Day), TermsDocument>(contexts)
{
    protected override Task<ILookup<(Guid VersionId, DateOnly Day), TermsDocument>> FetchListsAsync(
        MarketContext context, IReadOnlyList<(Guid VersionId, DateOnly Day)> keys, CancellationToken cancellationToken) =>
        context.TermsOfVersionsAsync(keys, cancellationToken);
}
