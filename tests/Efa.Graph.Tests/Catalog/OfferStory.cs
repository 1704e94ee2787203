using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog;

/// <summary>The small market in a store, and what the supplier and the sellers of its offers do there.</summary>
internal sealed class OfferStory : IAsyncDisposable
{
    private OfferStory(MarketStory story) => Market = story;

    public MarketStory Market { get; }

    public Caller Supplier => Market.As(SmallMarket.Supplier);

    public Caller Seller => Market.As(SmallMarket.Govdigital);

    public static async Task<OfferStory> BeginAsync(StoreKind kind) => new(await MarketStory.BeginAsync(kind));

    /// <summary>A good row with a service of its own, sold by govdigital.</summary>
    public OfferRow Row(string externalId, string title = "Bewohnerparken") => new()
    {
        ExternalId = externalId,
        Service = new ServiceRow(Own: new OwnServiceRow("own-" + externalId, "Parkausweis", ServiceKind.EfaOnlineService) { LeikaKeys = ["99108001001000"], OzgIds = ["10255"], SubjectArea = "MOBILITY_AND_TRAVEL", FimType = "2/3a" }),
        SellerId = Market.Organisation(SmallMarket.Govdigital),
        Title = title,
        Summary = "Ausweise für Anwohner.",
        AvailableIn = ["09", "05"],
        ConnectionTypes = ["XTA", "FIT-Connect"],
        Prices = [Year(950m)],
        TermsDocumentIds = [Market.Market.Terms["general"]],
        Contacts = [new Marketplace.Organisations.ContactData("Erika Beispiel", "erika@supplier.example", null, Marketplace.Organisations.ContactPurpose.Technical)],
        MinimumTermMonths = 12,
    };

    public static FlatPrice Year(decimal amount, string code = "year") =>
        new() { Code = code, Label = "Jahresentgelt", Period = BillingPeriod.Year, Taxes = [new(TaxTreatment.Standard)], Amount = amount };

    public Task<OperationResult> UploadAsync(UploadMode mode, IReadOnlyList<OfferRow> rows, bool submit = false, Caller? caller = null, string? key = null) =>
        Market.Store.Runner.RunAsync(new UploadOffers(), new UploadOffers.Input(Market.Organisation(SmallMarket.Supplier), mode, rows, submit), caller ?? Supplier, key ?? NewKey(), CancellationToken.None);

    /// <summary>Uploads rows that must be good and answers with their results.</summary>
    public async Task<IReadOnlyList<OfferRowResult>> UploadedAsync(IReadOnlyList<OfferRow> rows, bool submit = false)
    {
        OperationResult result = await UploadAsync(UploadMode.Atomic, rows, submit);
        Assert.Empty(result.Refusals);
        Assert.All(result.Rows!, row => Assert.Empty(row.Refusals));
        return [.. result.Rows!.Cast<OfferRowResult>()];
    }

    /// <summary>Takes a new offer through to its publication.</summary>
    public async Task<Offer> PublishedAsync(string externalId, string title = "Bewohnerparken")
    {
        Guid id = (await UploadedAsync([Row(externalId, title)], submit: true))[0].Subject!.Value;
        return await PublishAsync(await OfferAsync(id));
    }

    public async Task<Offer> PublishAsync(Offer offer)
    {
        await DoAsync(new PublishOffer(), new PublishOffer.Input(offer.Id, offer.Version, null), Seller);
        return await OfferAsync(offer.Id);
    }

    public Task<OperationResult> TryAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller)
        where TInput : notnull => Market.Store.Runner.RunAsync(operation, input, caller, NewKey(), CancellationToken.None);

    public async Task DoAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller)
        where TInput : notnull => Assert.Empty((await TryAsync(operation, input, caller)).Refusals);

    public Task<Offer> OfferAsync(Guid id) => Market.Store.ReadAsync(context => context.OffersVisibleTo(Caller.System).SingleAsync(o => o.Id == id));

    /// <summary>By number.</summary>
    public Task<List<OfferVersion>> VersionsAsync(Guid offerId) =>
        Market.Store.ReadAsync(context => context.VersionsVisibleTo(Caller.System).WithParts().Where(v => v.OfferId == offerId).OrderBy(v => v.Number).ToListAsync());

    /// <summary>What the log tells of an offer: types with states.</summary>
    public Task<List<string>> EventsAsync(Guid offerId) => Market.Store.ReadAsync(async context =>
        (await context.Set<LoggedEvent>().AsNoTracking().Where(e => e.SubjectId == offerId).OrderBy(e => e.Position).ToListAsync())
            .ConvertAll(e => $"{e.Type}: {e.FromState} > {e.ToState}"));

    public ValueTask DisposeAsync() => Market.DisposeAsync();

    private static string NewKey() => Guid.NewGuid().ToString();
}
