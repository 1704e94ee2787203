using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Catalog;

/// <summary>A part of the filter that a facet leaves out, because a facet ignores its own selection.</summary>
public enum OfferFacet { None, Kinds, SubjectAreas, Sellers, Suppliers, AvailableIn, ConnectionTypes, SpecialistApplications, FimTypes, OrderingModes, EfaFinanced }

/// <summary>An offer that a search has found.</summary>
public sealed class FoundOffer
{
    public required Offer Offer { get; init; }

    public int Rank { get; init; }

    /// <summary>Best rank first, then by title.</summary>
    public required string Key { get; init; }
}

/// <summary>Finds offers and services by filter.</summary>
public static class OfferSearch
{
    /// <summary>A search that finds more is not counted.</summary>
    public const int MostCounted = 10_000;

    private const int MostTerms = 10;

    private static readonly PageOrder<Offer> ByTitle = PageOrder<Offer>.Ascending("offers by title", o => o.TitleKey, o => o.Id);
    private static readonly PageOrder<Offer> ByPublication = PageOrder<Offer>.Descending("offers by publication", o => o.SortAt, o => o.Id);
    private static readonly PageOrder<Offer> ByUpdate = PageOrder<Offer>.Descending("offers by update", o => o.UpdatedAt, o => o.Id);

    /// <summary>By rank, which depends on the offer alone, so that what others publish meanwhile moves no page.</summary>
    public static readonly PageOrder<FoundOffer> ByRelevance = PageOrder<FoundOffer>.Ascending("offers by relevance", f => f.Key, f => f.Offer.Id);

    public static readonly PageOrder<Service> ServicesByName = PageOrder<Service>.Ascending("services by name", s => s.NameKey, s => s.Id);

    public static readonly PageOrder<Offer> OffersOfService = PageOrder<Offer>.Ascending("offers of a service", o => o.TitleKey, o => o.Id);

    /// <summary>Newest first.</summary>
    public static readonly PageOrder<OfferVersion> VersionsOfOffer = PageOrder<OfferVersion>.Descending("versions of an offer", v => v.Number, v => v.Id);

    public static PageOrder<Offer> Order(OfferSort sort) => sort switch
    {
        OfferSort.Title => ByTitle,
        OfferSort.PublishedAtDesc => ByPublication,
        OfferSort.UpdatedAtDesc => ByUpdate,
        OfferSort.Relevance => throw new ArgumentOutOfRangeException(nameof(sort), sort, "Sorts what a search has found."),
    };

    /// <summary>The offers that the caller sees and the filter lets through, but for one facet's own part of it.</summary>
    public static IQueryable<Offer> Offers(this MarketContext context, Caller caller, OfferFilter filter, OfferFacet without = OfferFacet.None)
    {
        IQueryable<Offer> offers = context.OffersVisibleTo(caller);
        if (SearchWords.Terms(filter.Search) is { } terms)
            offers = terms.Count == 0 ? offers.Where(_ => false) : offers.Where(o => context.Hits(terms).Select(h => h.VersionId).Contains(o.ShownVersionId));
        if (filter.LeikaKeys is { } leika) offers = offers.Where(o => context.Set<ServiceLeikaKey>().Any(k => k.ServiceId == o.ServiceId && leika.Contains(k.LeikaKey)));
        if (filter.OzgIds is { } ozg) offers = offers.Where(o => context.Set<ServiceOzgId>().Any(k => k.ServiceId == o.ServiceId && ozg.Contains(k.OzgId)));
        if (filter.States is { } states) offers = offers.Where(o => states.Contains(o.State));
        if (filter.UpdatedSince is { } since) offers = offers.Where(o => o.UpdatedAt >= since);
        if (filter.DraftStates is { } drafts) offers = offers.InReview(context, caller, drafts);
        if (filter.Kinds is { } kinds && without != OfferFacet.Kinds) offers = offers.Where(o => kinds.Contains(o.ServiceKind));
        if (filter.SubjectAreas is { } areas && without != OfferFacet.SubjectAreas) offers = offers.Where(o => o.SubjectArea != null && areas.Contains(o.SubjectArea));
        if (filter.FimTypes is { } types && without != OfferFacet.FimTypes) offers = offers.Where(o => o.FimType != null && types.Contains(o.FimType));
        if (filter.SellerIds is { } sellers && without != OfferFacet.Sellers) offers = offers.Where(o => sellers.Contains(o.SellerId));
        if (filter.SupplierIds is { } suppliers && without != OfferFacet.Suppliers) offers = offers.Where(o => suppliers.Contains(o.SupplierId));
        if (filter.OrderingModes is { } modes && without != OfferFacet.OrderingModes) offers = offers.Where(o => modes.Contains(o.OrderingMode));
        if (filter.EfaFinanced is { } financed && without != OfferFacet.EfaFinanced) offers = offers.Where(o => o.EfaFinanced == financed);
        if (filter.AvailableIn is { } availableIn && without != OfferFacet.AvailableIn)
            offers = availableIn.Count == 0 ? offers.Where(_ => false) : offers.Where(o => !context.Set<VersionState>().Any(s => s.VersionId == o.ShownVersionId)
                || context.Set<VersionState>().Any(s => s.VersionId == o.ShownVersionId && availableIn.Contains(s.State)));
        if (filter.ConnectionTypes is { } connections && without != OfferFacet.ConnectionTypes)
            offers = offers.Where(o => context.Set<VersionConnectionType>().Any(c => c.VersionId == o.ShownVersionId && connections.Contains(c.ConnectionType)));
        if (filter.SpecialistApplications is { } applications && without != OfferFacet.SpecialistApplications)
            offers = offers.Where(o => context.Set<VersionApplication>().Any(a => a.VersionId == o.ShownVersionId && applications.Contains(a.Application)));
        return offers;
    }

    /// <summary>The same offers with their rank; nothing where the filter has no search.</summary>
    public static IQueryable<FoundOffer> FoundOffers(this MarketContext context, Caller caller, OfferFilter filter)
    {
        IQueryable<Offer> offers = context.Offers(caller, filter with { Search = null });
        return SearchWords.Terms(filter.Search) is [_, ..] terms
            ? offers.Join(context.Hits(terms), o => o.ShownVersionId, h => h.VersionId, (o, h) => new FoundOffer
            {
                Offer = o,
                Rank = h.Rank,
                Key = (h.Rank == 3 ? "0" : h.Rank == 2 ? "1" : h.Rank == 1 ? "2" : h.Rank == 0 ? "3" : "4") + o.TitleKey,
            })
            : offers.Where(_ => false).Select(o => new FoundOffer { Offer = o, Rank = 0, Key = o.TitleKey });
    }

    public static IQueryable<Service> Services(this MarketContext context, ServiceFilter filter)
    {
        IQueryable<Service> services = context.Services();
        foreach (string term in NameTerms(filter.Search)) services = services.Where(s => (" " + s.NameKey).Contains(term));
        if (filter.Kinds is { } kinds) services = services.Where(s => kinds.Contains(s.ServiceKind));
        if (filter.SubjectAreas is { } areas) services = services.Where(s => s.SubjectArea != null && areas.Contains(s.SubjectArea));
        if (filter.LeikaKeys is { } leika) services = services.Where(s => s.LeikaKeys.Any(k => leika.Contains(k.LeikaKey)));
        if (filter.OzgIds is { } ozg) services = services.Where(s => s.OzgIds.Any(k => ozg.Contains(k.OzgId)));
        if (filter.AvailableIn is { } availableIn)
            services = availableIn.Count == 0 ? services.Where(_ => false) : services.Where(s => context.Set<Offer>().Any(o => o.ServiceId == s.Id && o.State == OfferState.Published
                && (!context.Set<VersionState>().Any(v => v.VersionId == o.ShownVersionId)
                    || context.Set<VersionState>().Any(v => v.VersionId == o.ShownVersionId && availableIn.Contains(v.State)))));
        return services;
    }

    private static IQueryable<Offer> InReview(this IQueryable<Offer> offers, MarketContext context, Caller caller, IReadOnlyList<OfferVersionState> states)
    {
        IReadOnlyList<Guid> own = caller.Organisations;
        bool everything = caller.SeesEverything;
        return offers.Where(o => (everything || own.Contains(o.SellerId) || own.Contains(o.SupplierId))
            && context.Set<OfferVersion>().Any(v => v.Id == o.DraftVersionId && states.Contains(v.State)));
    }

    // Every word of the search must begin a word of the name.
    private static IEnumerable<string> NameTerms(string? search) =>
        search is null ? [] : NameKey.Of(search).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MostTerms).Select(term => " " + term);
}
