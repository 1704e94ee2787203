using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Mirrors;

/// <summary>Suppliers and sellers who change the catalogue of a host, several at a time.</summary>
internal sealed class CatalogWriters(TradeHost trade)
{
    private readonly OperationRunner runner = trade.Host.Services.GetRequiredService<OperationRunner>();
    private readonly IDbContextFactory<MarketContext> contexts = trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>();

    /// <summary>Does so many random steps; what others have made impossible meanwhile is refused, and is fine.</summary>
    public async Task WriteAsync(int seed, int steps, int offers)
    {
        var random = new Random(seed);
        for (int i = 0; i < steps; i++)
        {
            string externalId = $"M-{random.Next(offers)}";
            Offer? offer = await FindAsync(externalId);
            if (offer is null || random.Next(4) == 0) await UploadAsync(Row(externalId, $"Angebot {random.Next(5)}", $"Leistung {random.Next(3)}"));
            else if (random.Next(3) > 0) await PublishAsync(offer.Id);
            else await StepAsync(offer, random.Next(7));
        }
    }

    public Task<OperationResult> UploadAsync(params IReadOnlyList<OfferRow> rows) =>
        DoAsync(new UploadOffers(), new UploadOffers.Input(Id(SmallMarket.Supplier), UploadMode.Partial, rows, Submit: true), SmallMarket.Supplier);

    /// <summary>Publishes what is submitted.</summary>
    public async Task PublishAsync(Guid offerId)
    {
        if (await ReadAsync(offerId) is { } offer) await DoAsync(new PublishOffer(), new PublishOffer.Input(offer.Id, offer.Version, null), SmallMarket.Govdigital);
    }

    public async Task<Offer?> FindAsync(string externalId)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync();
        return await context.OffersVisibleTo(Caller.System).SingleOrDefaultAsync(o => o.ExternalId == externalId);
    }

    public OfferRow Row(string externalId, string title, string service = "Leistung") => new()
    {
        ExternalId = externalId,
        Service = new ServiceRow(Own: new OwnServiceRow("own-" + externalId, service, ServiceKind.CloudService)),
        SellerId = Id(SmallMarket.Govdigital),
        Title = title,
        Summary = "Zum Spiegeln.",
        Prices = [OfferStory.Year(externalId.Length)],
    };

    public Task StepAsync(Offer offer, int step) => step switch
    {
        0 => DoAsync(new RetireOffer(), new RetireOffer.Input(offer.Id, offer.Version, "Vorbei."), SmallMarket.Govdigital),
        1 or 2 or 3 => DoAsync(new SuspendOffer(), new SuspendOffer.Input(offer.Id, offer.Version, "Wartung."), SmallMarket.Govdigital),
        _ => DoAsync(new ResumeOffer(), new ResumeOffer.Input(offer.Id, offer.Version), SmallMarket.Govdigital),
    };

    private Task<OperationResult> DoAsync<TInput>(Operation<TInput> operation, TInput input, string party)
        where TInput : notnull =>
        runner.RunAsync(operation, input, new Caller("writer-" + party, null, [Id(party)], new HashSet<string> { operation.Scope }), Guid.NewGuid().ToString(), CancellationToken.None);

    private async Task<Offer?> ReadAsync(Guid id)
    {
        await using MarketContext context = await contexts.CreateDbContextAsync();
        return await context.OffersVisibleTo(Caller.System).SingleOrDefaultAsync(o => o.Id == id);
    }

    private Guid Id(string organisation) => TypeId.TryDecode(trade.Organisation(organisation), IdPrefix.Organisation, out Guid id) ? id : throw new InvalidOperationException();
}
