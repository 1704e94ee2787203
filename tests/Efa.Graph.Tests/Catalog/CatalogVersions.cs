using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog;

/// <summary>Gives one offer of the seed a life: a second version that is published, and a third in review.</summary>
internal static class CatalogVersions
{
    /// <summary>Key of the offer.</summary>
    public const string Offer = "offer-0";

    public static readonly DateTimeOffset SecondPublishedAt = new(2025, 7, 1, 8, 0, 0, TimeSpan.Zero);

    public static async Task AddAsync(MarketContext context, Guid offerId)
    {
        OfferVersion first = await context.Set<OfferVersion>().Include(v => v.Terms).Include(v => v.ConnectionTypes).SingleAsync(v => v.OfferId == offerId);
        Offer offer = await context.Set<Offer>().SingleAsync(o => o.Id == offerId);
        string sheet = await context.AddFileAsync("Leistung"u8.ToArray(), "text/plain", SecondPublishedAt, CancellationToken.None);

        OfferVersion second = Next(first, 2, OfferVersionState.Draft, first.Title, ["FIT-Connect"], SecondPublishedAt, sheet);
        OfferVersion third = Next(first, 3, OfferVersionState.Submitted, "Neuer Titel", ["FIT-Connect", "XTA"], null, sheet);
        first.State = OfferVersionState.Superseded;
        offer.PublishedVersionId = offer.ShownVersionId = second.Id;
        offer.DraftVersionId = third.Id;
        context.AddRange(second, third);
        Service service = await context.Set<Service>().Include(s => s.LeikaKeys).Include(s => s.OzgIds).SingleAsync(s => s.Id == offer.ServiceId);
        await context.ReindexAsync([(second, service)], CancellationToken.None);
        await context.SaveChangesAsync();
        // What is published takes no more parts.
        second.State = OfferVersionState.Published;
        await context.SaveChangesAsync();
    }

    private static OfferVersion Next(OfferVersion first, int number, OfferVersionState state, string title, IReadOnlyList<string> connections, DateTimeOffset? publishedAt, string sheet)
    {
        Guid id = Guid.CreateVersion7(SecondPublishedAt);
        return new OfferVersion
        {
            Id = id,
            OfferId = first.OfferId,
            Number = number,
            State = state,
            ContentHash = new string((char)('0' + number), 64),
            Title = title,
            Summary = "Kurztext, zweite Fassung",
            Description = first.Description,
            ImplementingState = first.ImplementingState,
            OrderingMode = first.OrderingMode,
            Maturity = first.Maturity,
            EfaFinanced = first.EfaFinanced,
            Prices = first.Prices,
            MinimumTermMonths = first.MinimumTermMonths,
            NoticePeriodMonths = first.NoticePeriodMonths,
            NoticeTo = first.NoticeTo,
            PublishedAt = publishedAt,
            ConnectionTypes = [.. connections.Select(c => new VersionConnectionType { VersionId = id, ConnectionType = c })],
            SpecialistApplications = [new VersionApplication { VersionId = id, Application = "Alpha" }],
            Terms = [.. first.Terms.Select(t => new VersionTerms { VersionId = id, Position = t.Position, TermsId = t.TermsId })],
            Documents = [new VersionDocument { VersionId = id, Position = 0, DocumentKind = DocumentKind.ServiceDescription, Title = "Leistungsbeschreibung", Sha256 = sheet }],
        };
    }
}
