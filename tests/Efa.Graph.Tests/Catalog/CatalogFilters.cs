using CsCheck;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Tests.Catalog;

/// <summary>Random filters over the seed, and what they let through told by the seed alone.</summary>
internal sealed class CatalogFilters(LoadedMarket market)
{
    private static readonly IReadOnlyDictionary<string, Func<OfferSeed, bool>> Searches = new Dictionary<string, Func<OfferSeed, bool>>
    {
        ["antrag"] = o => o.Title.StartsWith("antrag", StringComparison.Ordinal),
        ["Änderungen"] = o => o.Title.StartsWith("Änderung", StringComparison.Ordinal),
        ["uebertr beschreib"] = o => o.Title.StartsWith("Übertrag", StringComparison.Ordinal) && o.Description is not null,
        ["Beschreibung"] = o => o.Description is not null,
        ["leistung"] = _ => true,
        ["10001"] = o => CatalogSeed.ServiceOf(o).OzgIds.Contains("10001"),
        ["nirgends"] = _ => false,
        ["..."] = _ => false,
    };

    private static readonly string[] States = ["05", "09", "01", "02"];
    private static readonly string[] ConnectionTypes = ["FIT-Connect", "XTA", "API", "FAX"];
    private static readonly string[] Applications = ["Alpha", "Beta", "Gamma"];

    /// <summary>One in twelve parts is there, so that few filters let nothing through.</summary>
    public Gen<OfferFilter> All => Gen.Int.Select(seed => Make(new Random(seed)));

    public static IEnumerable<OfferSeed> Published => CatalogSeed.Offers.Where(o => o.State == OfferState.Published);

    public bool LetsThrough(OfferFilter filter, OfferSeed offer, OfferFacet without = OfferFacet.None)
    {
        ServiceSeed service = CatalogSeed.ServiceOf(offer);
        return (filter.Search is not { } search || Searches[search](offer))
            && Takes(OfferFacet.None, filter.LeikaKeys, service.LeikaKeys)
            && Takes(OfferFacet.None, filter.OzgIds, service.OzgIds)
            && Takes(OfferFacet.None, filter.States, [offer.State])
            && Takes(OfferFacet.Kinds, filter.Kinds, [service.Kind])
            && Takes(OfferFacet.SubjectAreas, filter.SubjectAreas, [service.SubjectArea])
            && Takes(OfferFacet.FimTypes, filter.FimTypes, [service.FimType])
            && Takes(OfferFacet.Sellers, filter.SellerIds, [market.Organisations[offer.Seller]])
            && Takes(OfferFacet.Suppliers, filter.SupplierIds, [market.Organisations[offer.Supplier]])
            && Takes(OfferFacet.OrderingModes, filter.OrderingModes, [offer.OrderingMode])
            && Takes(OfferFacet.ConnectionTypes, filter.ConnectionTypes, offer.ConnectionTypes)
            && Takes(OfferFacet.SpecialistApplications, filter.SpecialistApplications, offer.SpecialistApplications)
            && Takes(OfferFacet.AvailableIn, filter.AvailableIn, offer.AvailableIn.Count == 0 ? filter.AvailableIn ?? [] : offer.AvailableIn)
            && (without == OfferFacet.EfaFinanced || filter.EfaFinanced is null || filter.EfaFinanced == offer.EfaFinanced);

        bool Takes<T>(OfferFacet facet, IReadOnlyList<T>? wanted, IReadOnlyList<T?> values) =>
            (facet != OfferFacet.None && facet == without) || wanted is null || wanted.Any(value => values.Contains(value));
    }

    private OfferFilter Make(Random random)
    {
        string[] searches = [.. Searches.Keys];
        ServiceSeed some = CatalogSeed.Services[random.Next(CatalogSeed.Services.Count)];
        return new OfferFilter
        {
            Search = random.Next(2) == 0 ? searches[random.Next(searches.Length)] : null,
            Kinds = Some(Enum.GetValues<ServiceKind>()),
            SubjectAreas = Some("BUILDING_AND_HOUSING", "IMMIGRATION_AND_EMIGRATION", "TAXES_AND_CUSTOMS"),
            LeikaKeys = Some([.. some.LeikaKeys]),
            OzgIds = Some("10001", "10002", "10003"),
            FimTypes = Some("2", "2/3a", "4"),
            SellerIds = Some([.. CatalogSeed.Sellers.Select(key => market.Organisations[key])]),
            SupplierIds = Some([.. CatalogSeed.Suppliers.Select(key => market.Organisations[key])]),
            AvailableIn = Some(States),
            ConnectionTypes = Some(ConnectionTypes),
            SpecialistApplications = Some(Applications),
            EfaFinanced = random.Next(12) == 0 ? random.Next(2) == 0 : null,
            OrderingModes = Some(Enum.GetValues<OrderingMode>()),
            States = Some(Enum.GetValues<OfferState>()),
        };

        // Now and then none, which lets nothing through.
        IReadOnlyList<T>? Some<T>(params T[] values) => random.Next(12) > 0 ? null : [.. values.Where(_ => random.Next(2) == 0)];
    }
}
