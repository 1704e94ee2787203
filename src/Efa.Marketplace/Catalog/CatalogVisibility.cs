using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>What of the catalogue a caller sees: published offers are public, all others are seen by their seller and supplier.</summary>
public static class CatalogVisibility
{
    public static IQueryable<Offer> OffersVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Offer> offers = context.Set<Offer>().AsNoTracking();
        if (caller.SeesEverything) return offers;
        IReadOnlyList<Guid> own = caller.Organisations;
        return own.Count == 0
            ? offers.Where(o => o.State == OfferState.Published)
            : offers.Where(o => o.State == OfferState.Published || own.Contains(o.SellerId) || own.Contains(o.SupplierId));
    }

    /// <summary>Versions that were published once are public; drafts are seen by seller and supplier.</summary>
    public static IQueryable<OfferVersion> VersionsVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<OfferVersion> versions = context.Set<OfferVersion>().AsNoTracking();
        if (caller.SeesEverything) return versions;
        IReadOnlyList<Guid> own = caller.Organisations;
        return versions.Where(v => v.State == OfferVersionState.Published || v.State == OfferVersionState.Superseded
            || context.Set<Offer>().Any(o => o.Id == v.OfferId && (own.Contains(o.SellerId) || own.Contains(o.SupplierId))));
    }

    public static IQueryable<Service> Services(this MarketContext context) => context.Set<Service>().AsNoTracking();

    public static IQueryable<TermsDocument> Terms(this MarketContext context) => context.Set<TermsDocument>().AsNoTracking();

    /// <summary>Terms are public; other documents are seen by whoever sees a version that names them.</summary>
    public static async Task<bool> IsDocumentVisibleToAsync(this MarketContext context, Caller caller, string sha256, CancellationToken cancellationToken) =>
        await context.Terms().AnyAsync(t => t.Sha256 == sha256, cancellationToken)
        || await context.VersionsVisibleTo(caller).AnyAsync(v => v.Documents.Any(d => d.Sha256 == sha256), cancellationToken);

    /// <summary>Whether a caller is a party of an offer and so sees its drafts.</summary>
    public static bool SeesDraftsOf(this Caller caller, Offer offer) =>
        caller.SeesEverything || caller.ActsFor(offer.SellerId) || caller.ActsFor(offer.SupplierId);
}
