using Efa.Graph.Tests.Catalog.Mirrors;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Search;

/// <summary>What suppliers and sellers do is what is found, from their commit on.</summary>
public sealed class OfferIndexLifeTests
{
    private const int Writers = 8;

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task An_offer_is_found_by_what_it_shows_in_each_part_of_its_life(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        Guid id = (await story.UploadedAsync([story.Row("A-1", "Hundesteuer")]))[0].Subject!.Value;
        await AssertFoundAsync(story, "hundesteuer", byParties: true, byAnyone: false);

        await story.UploadedAsync([story.Row("A-1", "Katzensteuer")], submit: true);
        await AssertFoundAsync(story, "hundesteuer", byParties: false, byAnyone: false);
        await AssertFoundAsync(story, "katzensteuer", byParties: true, byAnyone: false);

        await story.PublishAsync(await story.OfferAsync(id));
        await AssertFoundAsync(story, "katzensteuer", byParties: true, byAnyone: true);

        // Readers see the published version, and so do the parties in a list.
        await story.UploadedAsync([story.Row("A-1", "Pferdesteuer")], submit: true);
        await AssertFoundAsync(story, "katzensteuer", byParties: true, byAnyone: true);
        await AssertFoundAsync(story, "pferdesteuer", byParties: false, byAnyone: false);

        Offer published = await story.PublishAsync(await story.OfferAsync(id));
        await AssertFoundAsync(story, "katzensteuer", byParties: false, byAnyone: false);
        await AssertFoundAsync(story, "pferdesteuer", byParties: true, byAnyone: true);

        await story.DoAsync(new SuspendOffer(), new SuspendOffer.Input(id, published.Version, "Wartung."), story.Seller);
        await AssertFoundAsync(story, "pferdesteuer", byParties: true, byAnyone: false);
        await AssertOneEntryEachAsync(story);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_service_that_is_renamed_by_an_upload_is_found_by_its_new_name_in_all_its_offers(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);
        await story.PublishedAsync("A-1", "Eins");
        ServiceRow service = story.Row("A-1").Service;
        await story.UploadedAsync([story.Row("A-2", "Zwei") with { Service = service }]);

        await story.UploadedAsync([story.Row("A-2", "Drei") with { Service = new ServiceRow(Own: service.Own! with { Name = "Quartiersgarage", LeikaKeys = ["99108001001001"] }) }]);

        Assert.Equal(["A-1", "A-2"], await FindAsync(story, "quartiersgarage 99108001001001", story.Supplier));
        Assert.Equal(["A-1"], await FindAsync(story, "quartiersgarage", Caller.Anonymous));
        Assert.Empty(await FindAsync(story, "parkausweis eins", story.Supplier));
        await AssertOneEntryEachAsync(story);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task What_is_only_checked_is_not_found(StoreKind kind)
    {
        await using OfferStory story = await OfferStory.BeginAsync(kind);

        Assert.Empty((await story.UploadAsync(UploadMode.Validate, [story.Row("A-1", "Hundesteuer")])).Refusals);

        Assert.Empty(await FindAsync(story, "hundesteuer", story.Supplier));
        await AssertOneEntryEachAsync(story);
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Whatever_eight_writers_do_the_index_says_what_is_shown(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var writers = new CatalogWriters(trade);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(seed => Task.Run(() => writers.WriteAsync(seed, steps: 15, offers: 30))));

        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        var shown = await context.OffersVisibleTo(Caller.System).Join(context.VersionsVisibleTo(Caller.System), o => o.ShownVersionId, v => v.Id, (o, v) => new { o.ServiceId, Version = v })
            .ToListAsync();
        Dictionary<Guid, Service> services = await context.Services().Include(s => s.LeikaKeys.OrderBy(k => k.LeikaKey)).Include(s => s.OzgIds.OrderBy(k => k.OzgId)).AsSplitQuery()
            .ToDictionaryAsync(s => s.Id);
        Dictionary<Guid, OfferWords> kept = await context.Set<OfferWords>().AsNoTracking().ToDictionaryAsync(w => w.VersionId);

        Assert.True(shown.Count > 20, "The writers have made offers.");
        Assert.Equal(shown.Count, kept.Count);
        Assert.All(shown, s => Assert.Equivalent(OfferWords.Of(s.Version, services[s.ServiceId], stems: !context.MakesStems), kept[s.Version.Id], strict: true));
        // No service has such a number in its name.
        foreach (string title in new[] { "Angebot 3", "Angebot 4" })
            Assert.Equal(shown.Count(s => s.Version.Title == title), await context.Offers(Caller.System, new OfferFilter { Search = title }).CountAsync());
    }

    private static async Task AssertFoundAsync(OfferStory story, string search, bool byParties, bool byAnyone)
    {
        string[] found = ["A-1"], nothing = [];
        Assert.Equal(byParties ? found : nothing, await FindAsync(story, search, story.Supplier));
        Assert.Equal(byParties ? found : nothing, await FindAsync(story, search, story.Seller));
        Assert.Equal(byAnyone ? found : nothing, await FindAsync(story, search, Caller.Anonymous));
        Assert.Equal(byAnyone ? found : nothing, await FindAsync(story, search, story.Market.As(SmallMarket.Aachen)));
    }

    private static Task<List<string?>> FindAsync(OfferStory story, string search, Caller caller) => story.Market.Store.ReadAsync(context =>
        context.Offers(caller, new OfferFilter { Search = search }).OrderBy(o => o.ExternalId).Select(o => o.ExternalId).ToListAsync());

    private static async Task AssertOneEntryEachAsync(OfferStory story)
    {
        List<Guid> shown = await story.Market.Store.ReadAsync(context => context.OffersVisibleTo(Caller.System).OrderBy(o => o.ShownVersionId).Select(o => o.ShownVersionId).ToListAsync());
        Assert.Equal(shown, await story.Market.Store.ReadAsync(context => context.Set<OfferWords>().OrderBy(w => w.VersionId).Select(w => w.VersionId).ToListAsync()));
    }
}
