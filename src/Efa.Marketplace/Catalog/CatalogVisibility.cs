using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>What of the catalogue a caller sees: published offers are public, all others are seen by their seller and supplier.</summary>
/// <remarks>What an import has stored is not there for anybody before it is current.</remarks>
public static class CatalogVisibility
{
    public static IQueryable<Offer> OffersVisibleTo(this MarketContext context, Caller caller)
    {
        IQueryable<Offer> offers = context.Set<Offer>().AsNoTracking().Where(o => o.State != OfferState.Unpublished || !context.Set<UpcomingThing>().Any(u => u.Id == o.Id));
        if (caller.SeesEverything) return offers;
        IReadOnlyList<Guid> own = caller.Organisations;
        return own.Count == 0
            ? offers.Where(o => o.State == OfferState.Published)
            : offers.Where(o => o.State == OfferState.Published || own.Contains(o.SellerId) || own.Contains(o.SupplierId));
    }

    /// <summary>Versions that were published once are public; the draft of an offer is seen by seller and supplier.</summary>
    public static IQueryable<OfferVersion> VersionsVisibleTo(this MarketContext context, Caller caller)
    {
        bool everything = caller.SeesEverything;
        IReadOnlyList<Guid> own = caller.Organisations;
        return context.Set<OfferVersion>().AsNoTracking().Where(v => v.State == OfferVersionState.Published || v.State == OfferVersionState.Superseded
            || context.Set<Offer>().Any(o => o.Id == v.OfferId && o.DraftVersionId == v.Id && (everything || own.Contains(o.SellerId) || own.Contains(o.SupplierId))
                && !context.Set<UpcomingThing>().Any(u => u.Id == o.Id)));
    }

    /// <summary>The contacts of versions, for seller and supplier; versions of which the caller is no party are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Contact>>> ContactsVisibleToAsync(
        this MarketContext context, Caller caller, IReadOnlyList<Guid> versionIds, CancellationToken cancellationToken)
    {
        bool everything = caller.SeesEverything;
        IReadOnlyList<Guid> own = caller.Organisations;
        var versions = await context.Set<OfferVersion>().Where(v => versionIds.Contains(v.Id))
            .Join(context.Set<Offer>(), v => v.OfferId, o => o.Id, (v, o) => new { v.Id, o.SupplierId, o.SellerId })
            .Where(v => everything || own.Contains(v.SellerId) || own.Contains(v.SupplierId)).Select(v => new { v.Id, v.SupplierId }).ToListAsync(cancellationToken);
        Guid[] ids = [.. versions.Select(v => v.Id)];
        ILookup<Guid, VersionContact> contacts = (await context.Set<VersionContact>().AsNoTracking().Where(c => ids.Contains(c.VersionId))
            .OrderBy(c => c.Position).ToListAsync(cancellationToken)).ToLookup(c => c.VersionId);
        return versions.ToDictionary(v => v.Id, IReadOnlyList<Contact> (v) =>
            [.. contacts[v.Id].Select(c => Shown(c, v.SupplierId))]);
    }

    /// <summary>Contacts of versions by their ids, for seller and supplier; one SQL command.</summary>
    public static async Task<IReadOnlyList<Contact>> VersionContactsAsync(this MarketContext context, Caller caller, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        bool everything = caller.SeesEverything;
        IReadOnlyList<Guid> own = caller.Organisations;
        var contacts = await context.Set<VersionContact>().AsNoTracking().Where(c => ids.Contains(c.Id))
            .Join(context.Set<OfferVersion>(), c => c.VersionId, v => v.Id, (c, v) => new { c, v.OfferId }).Join(context.Set<Offer>(), x => x.OfferId, o => o.Id, (x, o) => new { x.c, o.SupplierId, o.SellerId })
            .Where(x => everything || own.Contains(x.SellerId) || own.Contains(x.SupplierId)).Select(x => new { x.c, x.SupplierId }).ToListAsync(cancellationToken);
        return [.. contacts.Select(x => Shown(x.c, x.SupplierId))];
    }

    /// <summary>The offer to change, if the caller sees it.</summary>
    public static Task<Offer?> OfferToChangeAsync(this Work work, Guid offerId, CancellationToken cancellationToken) =>
        work.Context.OffersVisibleTo(work.Caller).AsTracking().SingleOrDefaultAsync(o => o.Id == offerId, cancellationToken);

    public static IQueryable<Service> Services(this MarketContext context) =>
        context.Set<Service>().AsNoTracking().Where(s => !context.Set<UpcomingThing>().Any(u => u.Id == s.Id));

    public static IQueryable<TermsDocument> Terms(this MarketContext context) => context.Set<TermsDocument>().AsNoTracking();

    /// <summary>Terms are public; other documents are seen by whoever sees a version that names them.</summary>
    public static async Task<bool> IsDocumentVisibleToAsync(this MarketContext context, Caller caller, string sha256, CancellationToken cancellationToken) =>
        await context.Terms().AnyAsync(t => t.Sha256 == sha256, cancellationToken)
        || await context.VersionsVisibleTo(caller).AnyAsync(v => v.Documents.Any(d => d.Sha256 == sha256), cancellationToken);

    /// <summary>Of these hashes those of documents that the caller may name: what its organisations gave in, and what it can read.</summary>
    public static Task<List<string>> DocumentsToNameAsync(this MarketContext context, Caller caller, IReadOnlyList<string> hashes, CancellationToken cancellationToken)
    {
        bool everything = caller.SeesEverything;
        IReadOnlyList<Guid> own = caller.Organisations;
        IQueryable<Guid> versions = context.VersionsVisibleTo(caller).Select(v => v.Id);
        return context.Set<StoredFile>().Where(f => hashes.Contains(f.Sha256) && (everything
                || context.Set<FileDeposit>().Any(d => d.Sha256 == f.Sha256 && own.Contains(d.OrganisationId))
                || context.Set<TermsDocument>().Any(t => t.Sha256 == f.Sha256)
                || context.Set<VersionDocument>().Any(d => d.Sha256 == f.Sha256 && versions.Contains(d.VersionId))))
            .Select(f => f.Sha256).ToListAsync(cancellationToken);
    }

    /// <summary>Whether a caller is a party of an offer and so sees its drafts.</summary>
    public static bool SeesDraftsOf(this Caller caller, Offer offer) =>
        caller.SeesEverything || caller.ActsFor(offer.SellerId) || caller.ActsFor(offer.SupplierId);

    private static Contact Shown(VersionContact contact, Guid supplierId) =>
        new() { Id = contact.Id, OrganisationId = supplierId, Name = contact.Name, Email = contact.Email, Phone = contact.Phone, Purpose = contact.Purpose };
}
