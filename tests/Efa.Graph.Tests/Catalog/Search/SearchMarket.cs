using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog.Search;

/// <summary>A store with offers whose texts a test chooses, and searches in it.</summary>
internal sealed class SearchMarket : IAsyncDisposable
{
    private SearchMarket(MarketStore store, LoadedMarket loaded) => (Store, Loaded) = (store, loaded);

    public MarketStore Store { get; }

    public LoadedMarket Loaded { get; }

    public static async Task<SearchMarket> OpenAsync(StoreKind kind, params IEnumerable<OfferSeed> offers)
    {
        MarketStore store = await MarketStore.OpenAsync(kind);
        return new SearchMarket(store, await store.LoadAsync(new MarketSeed
        {
            Organisations =
            [
                new OrganisationSeed("seller", "Vertrieb", OrganisationKind.Cooperative, [OrganisationRole.Seller]),
                new OrganisationSeed("supplier", "Rechenzentrum", OrganisationKind.ItProvider, [OrganisationRole.Supplier]),
            ],
            Services =
            [
                new ServiceSeed("plain", "Leistung", ServiceKind.EfaOnlineService),
                new ServiceSeed("building", "Baugenehmigung", ServiceKind.EfaOnlineService) { LeikaKeys = ["99012001001000"], OzgIds = ["10555"] },
            ],
            Offers = [.. offers],
        }));
    }

    public static OfferSeed Offer(string key, string title, string summary = "", string? description = null, string service = "plain", OfferState state = OfferState.Published) =>
        new(key, key, key, service, "seller", "supplier", title, summary, OrderingMode.Direct)
        {
            Description = description,
            Prices = [new FlatPrice { Code = "flat", Label = "Pauschale", Period = BillingPeriod.Year, Taxes = [new TaxRegime(TaxTreatment.Standard)], Amount = 100 }],
            State = state,
        };

    /// <summary>The slugs found, best first; told by anyone.</summary>
    public Task<List<string>> FindAsync(string search, Caller? caller = null) => Store.ReadAsync(context =>
        context.FoundOffers(caller ?? Caller.Anonymous, new OfferFilter { Search = search }).OrderBy(f => f.Key).ThenBy(f => f.Offer.Id).Select(f => f.Offer.Slug).ToListAsync());

    public Task<Dictionary<string, int>> RanksAsync(string search) => Store.ReadAsync(context =>
        context.FoundOffers(Caller.Anonymous, new OfferFilter { Search = search }).ToDictionaryAsync(f => f.Offer.Slug, f => f.Rank));

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
