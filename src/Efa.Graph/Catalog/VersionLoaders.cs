using System.Linq.Expressions;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Loading;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Catalog;

/// <summary>Versions by id, as the caller sees them, without their lists.</summary>
internal sealed class OfferVersionLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, OfferVersion>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, OfferVersion>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.VersionsVisibleTo(request.Caller).Where(v => keys.Contains(v.Id)).ToDictionaryAsync(v => v.Id, cancellationToken);
}

/// <summary>Pages of the versions of offers.</summary>
internal sealed class VersionsOfOfferLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : PageLoader<OfferVersion>(contexts)
{
    protected override PageOrder<OfferVersion> Order => OfferSearch.VersionsOfOffer;

    protected override Expression<Func<OfferVersion, Guid>> Parent => v => v.OfferId;

    protected override IQueryable<OfferVersion> Rows(MarketContext context, IReadOnlyList<Guid> parents) =>
        context.VersionsVisibleTo(request.Caller).Where(v => parents.Contains(v.OfferId));
}

/// <summary>How many versions of each offer the caller sees.</summary>
internal sealed class VersionCounts(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, int>(contexts)
{
    protected override async Task<IReadOnlyDictionary<Guid, int>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        await context.VersionsVisibleTo(request.Caller).Where(v => keys.Contains(v.OfferId)).GroupBy(v => v.OfferId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
}

/// <summary>The ids of the versions that were published at an instant.</summary>
internal sealed class VersionAtLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<(Guid OfferId, DateTimeOffset At), Guid>(contexts)
{
    protected override async Task<IReadOnlyDictionary<(Guid OfferId, DateTimeOffset At), Guid>> FetchAsync(
        MarketContext context, IReadOnlyList<(Guid OfferId, DateTimeOffset At)> keys, CancellationToken cancellationToken)
    {
        Guid[] offers = [.. keys.Select(k => k.OfferId).Distinct()];
        var published = await context.VersionsVisibleTo(request.Caller)
            .Where(v => offers.Contains(v.OfferId) && (v.State == OfferVersionState.Published || v.State == OfferVersionState.Superseded) && v.PublishedAt != null)
            .Select(v => new { v.Id, v.OfferId, v.Number, At = v.PublishedAt!.Value }).ToListAsync(cancellationToken);
        return keys.Join(published, k => k.OfferId, v => v.OfferId, (k, v) => (Key: k, Version: v)).Where(p => p.Version.At <= p.Key.At)
            .GroupBy(p => p.Key).ToDictionary(g => g.Key, g => g.MaxBy(p => p.Version.Number).Version.Id);
    }
}

internal sealed class ChangedFieldsLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, string>(contexts)
{
    protected override Task<ILookup<Guid, string>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.ChangedFieldsAsync(keys, cancellationToken);
}

internal sealed class AvailableInLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, string>(contexts)
{
    protected override async Task<ILookup<Guid, string>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<VersionState>().AsNoTracking().Where(s => keys.Contains(s.VersionId)).OrderBy(s => s.State).ToListAsync(cancellationToken)).ToLookup(s => s.VersionId, s => s.State);
}

internal sealed class ConnectionTypesLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, string>(contexts)
{
    protected override async Task<ILookup<Guid, string>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<VersionConnectionType>().AsNoTracking().Where(c => keys.Contains(c.VersionId)).OrderBy(c => c.ConnectionType).ToListAsync(cancellationToken))
        .ToLookup(c => c.VersionId, c => c.ConnectionType);
}

internal sealed class SpecialistApplicationsLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, string>(contexts)
{
    protected override async Task<ILookup<Guid, string>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<VersionApplication>().AsNoTracking().Where(a => keys.Contains(a.VersionId)).OrderBy(a => a.Application).ToListAsync(cancellationToken))
        .ToLookup(a => a.VersionId, a => a.Application);
}

internal sealed class DocumentsOfVersionLoader(IDbContextFactory<MarketContext> contexts) : ListLoader<Guid, Document>(contexts)
{
    protected override async Task<ILookup<Guid, Document>> FetchListsAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        (await context.Set<VersionDocument>().Where(d => keys.Contains(d.VersionId)).OrderBy(d => d.VersionId).ThenBy(d => d.Position)
            .Join(context.Set<StoredFile>(), d => d.Sha256, f => f.Sha256, (d, f) => new { d.VersionId, d.Position, Document = new Document(d.DocumentKind, d.Title, f.MediaType, d.Sha256) })
            .ToListAsync(cancellationToken)).OrderBy(d => d.Position).ToLookup(d => d.VersionId, d => d.Document);
}

/// <summary>The contacts of those versions of which the caller is a party.</summary>
internal sealed class ContactsOfVersionLoader(IDbContextFactory<MarketContext> contexts, RequestContext request) : Loader<Guid, IReadOnlyList<Contact>>(contexts)
{
    protected override Task<IReadOnlyDictionary<Guid, IReadOnlyList<Contact>>> FetchAsync(MarketContext context, IReadOnlyList<Guid> keys, CancellationToken cancellationToken) =>
        context.ContactsVisibleToAsync(request.Caller, keys, cancellationToken);
}
