using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog.Search;

/// <summary>The index says what offers show, from the commit on that makes them show it.</summary>
public sealed class OfferIndexTests
{
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_new_version_is_found_once_it_is_shown_and_the_old_one_no_more(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, SearchMarket.Offer("a", "Hundesteuer"), SearchMarket.Offer("b", "Jagdschein"));
        Guid second = Guid.CreateVersion7();
        await market.Store.ChangeAsync(async context =>
        {
            OfferVersion next = Next(await VersionOfAsync(context, "a"), second);
            context.Add(next);
            context.Enter(next, await context.Set<Service>().SingleAsync(s => s.Name == "Leistung"));
        });
        Assert.Equal(["a"], await market.FindAsync("hundesteuer"));
        Assert.Empty(await market.FindAsync("pferdesteuer"));

        await market.Store.ChangeAsync(async context =>
        {
            Offer offer = await context.Set<Offer>().SingleAsync(o => o.Slug == "a");
            offer.ShownVersionId = second;
            OfferVersion shown = await context.Set<OfferVersion>().SingleAsync(v => v.Id == second);
            await context.ReindexAsync([(shown, await context.Set<Service>().SingleAsync(s => s.Id == offer.ServiceId))], CancellationToken.None);
        });

        Assert.Empty(await market.FindAsync("hundesteuer"));
        Assert.Equal(["a"], await market.FindAsync("pferdesteuer"));
        Assert.Equal(["b"], await market.FindAsync("jagdschein"));
        Assert.Equal(2, await market.Store.ReadAsync(context => context.Set<OfferWords>().CountAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_renamed_service_is_found_by_its_new_name(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, SearchMarket.Offer("a", "Antrag", service: "building"));
        await market.Store.ChangeAsync(async context =>
        {
            Service service = await context.Set<Service>().Include(s => s.LeikaKeys).Include(s => s.OzgIds).SingleAsync(s => s.Name == "Baugenehmigung");
            service.Name = "Abbruchgenehmigung";
            await context.ReindexAsync([(await VersionOfAsync(context, "a"), service)], CancellationToken.None);
        });

        Assert.Empty(await market.FindAsync("baugenehmigung"));
        Assert.Equal(["a"], await market.FindAsync("abbruch 99012001001000"));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task What_is_rolled_back_is_not_found(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, SearchMarket.Offer("a", "Hundesteuer"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => market.Store.ChangeAsync(async context =>
        {
            await context.Set<OfferWords>().ExecuteUpdateAsync(w => w.SetProperty(x => x.Title, " pferdesteuer"));
            throw new InvalidOperationException();
        }));

        Assert.Equal(["a"], await market.FindAsync("hundesteuer"));
        Assert.Empty(await market.FindAsync("pferdesteuer"));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task An_index_that_was_lost_can_be_written_anew(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, Enumerable.Range(0, 3).Select(i => SearchMarket.Offer($"o{i}", "Hundesteuer", service: "building")));
        await market.Store.ChangeAsync(context => context.Set<OfferWords>().ExecuteDeleteAsync());
        Assert.Empty(await market.FindAsync("hundesteuer"));
        var reindex = new OfferReindex(market.Store.Contexts, market.Store.Get<StoreDialect>());

        Assert.Equal(3, await reindex.RunAsync(CancellationToken.None));
        Assert.Equal(3, await reindex.RunAsync(CancellationToken.None));

        Assert.Equal(["o0", "o1", "o2"], (await market.FindAsync("hundesteuer 10555")).Order(StringComparer.Ordinal));
        Assert.Equal(3, await market.Store.ReadAsync(context => context.Set<OfferWords>().CountAsync()));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Words_of_versions_that_nobody_shows_go_when_the_index_is_written_anew(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, SearchMarket.Offer("a", "Hundesteuer"), SearchMarket.Offer("b", "Jagdschein"));
        await market.Store.ChangeAsync(async context =>
        {
            OfferVersion next = Next(await VersionOfAsync(context, "a"), Guid.CreateVersion7());
            context.Add(next);
            context.Enter(next, await context.Set<Service>().SingleAsync(s => s.Name == "Leistung"));
        });
        Assert.Equal(3, await market.Store.ReadAsync(context => context.Set<OfferWords>().CountAsync()));

        Assert.Equal(2, await new OfferReindex(market.Store.Contexts, market.Store.Get<StoreDialect>()).RunAsync(CancellationToken.None));

        Assert.Equal(2, await market.Store.ReadAsync(context => context.Set<OfferWords>().CountAsync()));
        Assert.Equal(["a"], await market.FindAsync("hundesteuer"));
        Assert.Empty(await market.FindAsync("pferdesteuer"));
    }

    private static Task<OfferVersion> VersionOfAsync(MarketContext context, string slug) =>
        context.Set<OfferVersion>().SingleAsync(v => context.Set<Offer>().Any(o => o.Slug == slug && o.ShownVersionId == v.Id));

    private static OfferVersion Next(OfferVersion before, Guid id) => new()
    {
        Id = id,
        OfferId = before.OfferId,
        Number = before.Number + 1,
        State = OfferVersionState.Draft,
        ContentHash = new string('0', 64),
        Title = "Pferdesteuer",
        Summary = "",
        Prices = before.Prices,
    };
}
