using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>An offer of the supplier as it stands.</summary>
public sealed record StandingOffer(Offer Offer, OfferVersion? Draft, OfferVersion? Published)
{
    /// <summary>What the supplier gave last.</summary>
    public OfferVersion Latest => Draft ?? Published!;
}

/// <summary>Everything that rows may refer to, read at once for all of them.</summary>
public sealed class OfferReferences
{
    private const int LongestList = 500;

    public required Guid SupplierId { get; init; }

    public required IReadOnlySet<Guid> Sellers { get; init; }

    public required IReadOnlyDictionary<Guid, Service> Services { get; init; }

    public required ILookup<string, Guid> ServicesByLeikaKey { get; init; }

    /// <summary>By the supplier's own key.</summary>
    public required IReadOnlyDictionary<string, Service> OwnServices { get; init; }

    public required IReadOnlyDictionary<Guid, TermsDocument> Terms { get; init; }

    /// <summary>Hashes of documents that the caller may name.</summary>
    public required IReadOnlySet<string> Documents { get; init; }

    /// <summary>By external id.</summary>
    public required IReadOnlyDictionary<string, StandingOffer> Offers { get; init; }

    /// <summary>Hash of a content whose terms are among these.</summary>
    public string HashOf(OfferContent content) => content.Hash(content.TermsIds.Select(id => Terms[id].Sha256));

    /// <summary>The same SQL commands for any number of rows up to 500 keys of a kind, and for each further 500.</summary>
    public static async Task<OfferReferences> ReadAsync(MarketContext context, Caller caller, Guid supplierId, IReadOnlyList<OfferRow> rows, CancellationToken cancellationToken)
    {
        string[] leikaKeys = [.. rows.Select(r => r.Service.LeikaKey).OfType<string>().Distinct()];
        ILookup<string, Guid> byLeikaKey = (await InParts(leikaKeys, keys => context.Set<ServiceLeikaKey>().AsNoTracking().Where(k => keys.Contains(k.LeikaKey) && !context.Set<UpcomingThing>().Any(u => u.Id == k.ServiceId)).ToListAsync(cancellationToken)))
            .ToLookup(k => k.LeikaKey, k => k.ServiceId, StringComparer.Ordinal);
        List<StandingOffer> offers = await OffersAsync(context, supplierId, [.. rows.Select(r => r.ExternalId).Distinct()], cancellationToken);
        Guid[] serviceIds = [.. rows.Select(r => r.Service.Id).OfType<Guid>().Concat(byLeikaKey.SelectMany(g => g)).Concat(offers.Select(o => o.Offer.ServiceId)).Distinct()];
        string[] ownIds = [.. rows.Select(r => r.Service.Own?.ExternalId).OfType<string>().Distinct()];
        IQueryable<Service> services = context.Set<Service>().Include(s => s.LeikaKeys).Include(s => s.OzgIds).AsSplitQuery();
        List<Service> named = await InParts(serviceIds, ids => services.Where(s => ids.Contains(s.Id) && !context.Set<UpcomingThing>().Any(u => u.Id == s.Id)).ToListAsync(cancellationToken));
        // Also those that the same import has just made.
        List<Service> own = await InParts(ownIds, ids => services.Where(s => s.SupplierId == supplierId && ids.Contains(s.ExternalId)).ToListAsync(cancellationToken));

        Guid[] sellerIds = [.. rows.Select(r => r.SellerId).Distinct()];
        List<Organisation> sellers = await InParts(sellerIds, ids => context.Organisations().Where(o => ids.Contains(o.Id)).ToListAsync(cancellationToken));
        HashSet<string> filled = [.. rows.Where(r => r.SaysTextsOnly).Select(r => r.ExternalId)];
        IEnumerable<Guid> staying = offers.Where(o => filled.Contains(o.Offer.ExternalId!)).SelectMany(o => o.Latest.Terms).Select(t => t.TermsId);
        Guid[] termsIds = [.. rows.SelectMany(r => r.TermsDocumentIds).Concat(staying).Distinct()];
        List<TermsDocument> terms = await InParts(termsIds, ids => context.Terms().Where(t => ids.Contains(t.Id)).ToListAsync(cancellationToken));
        string[] hashes = [.. rows.SelectMany(r => r.Documents).Select(d => d.Sha256).Distinct()];
        List<string> documents = await InParts(hashes, keys => context.DocumentsToNameAsync(caller, keys, cancellationToken));

        return new OfferReferences
        {
            SupplierId = supplierId,
            Sellers = sellers.Where(o => o.Is(OrganisationRole.Seller)).Select(o => o.Id).ToHashSet(),
            Services = named.ToDictionary(s => s.Id),
            ServicesByLeikaKey = byLeikaKey,
            OwnServices = own.ToDictionary(s => s.ExternalId!, StringComparer.Ordinal),
            Terms = terms.ToDictionary(t => t.Id),
            Documents = documents.ToHashSet(StringComparer.Ordinal),
            Offers = offers.ToDictionary(o => o.Offer.ExternalId!, StringComparer.Ordinal),
        };
    }

    private static async Task<List<StandingOffer>> OffersAsync(MarketContext context, Guid supplierId, string[] externalIds, CancellationToken cancellationToken)
    {
        List<Offer> offers = await InParts(externalIds, ids => context.Set<Offer>().Where(o => o.SupplierId == supplierId && ids.Contains(o.ExternalId)).ToListAsync(cancellationToken));
        Guid[] versionIds = [.. offers.SelectMany(o => new[] { o.DraftVersionId, o.PublishedVersionId }).OfType<Guid>()];
        Dictionary<Guid, OfferVersion> versions = (await InParts(versionIds, ids => context.Set<OfferVersion>().WithParts().Where(v => ids.Contains(v.Id)).ToListAsync(cancellationToken)))
            .ToDictionary(v => v.Id);
        return [.. offers.Select(o => new StandingOffer(o, Version(o.DraftVersionId), Version(o.PublishedVersionId)))];

        // A draft can go between the two looks; then its offer has changed, and everything is decided anew.
        OfferVersion? Version(Guid? id) => id is not { } known ? null
            : versions.TryGetValue(known, out OfferVersion? version) ? version
            : throw new DbUpdateConcurrencyException($"Version {known} has gone meanwhile.");
    }

    private static async Task<List<T>> InParts<T, TKey>(TKey[] keys, Func<TKey[], Task<List<T>>> read)
    {
        var all = new List<T>();
        // A text with such a character is nobody's key, and PostgreSQL does not even look for it.
        foreach (TKey[] part in keys.Where(key => key is not string text || !text.Contains('\0', StringComparison.Ordinal)).Chunk(LongestList)) all.AddRange(await read(part));
        return all;
    }
}
