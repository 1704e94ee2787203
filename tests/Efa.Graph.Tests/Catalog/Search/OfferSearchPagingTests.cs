using CsCheck;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Catalog.Search;

public sealed class OfferSearchPagingTests
{
    private static readonly string[] Words = ["Antrag", "Wohngeld", "Behörde", "Straße"];

    private static readonly string?[] Searches = [null, "", "antrag", "wohngeld antrag", "bau", "behoerden", "nirgends", "a", "..."];

    private static readonly bool?[] Choices = [null, true, false];

    private static readonly Gen<string> Text = Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 3].Select(words => string.Join(' ', words));

    // Few different titles, so that the id decides often.
    private static readonly Gen<OfferSeed[]> Offers = Gen.Select(Text, Text, Text, Gen.Bool, Gen.Bool).Array[60].Select(texts =>
        texts.Select((t, i) => SearchMarket.Offer($"o{i}", $"{t.Item1} {i % 5}", t.Item2, t.Item3, t.Item4 ? "building" : "plain", i % 10 == 0 ? OfferState.Suspended : OfferState.Published) with
        {
            EfaFinanced = t.Item5,
            AvailableIn = i % 3 == 0 ? ["05"] : [],
        }).ToArray());

    private static readonly Gen<OfferFilter> Filters = Gen.Select(Gen.Int[0, Searches.Length - 1], Gen.Int[0, Choices.Length - 1], Gen.Bool)
        .Select((search, financed, somewhere) => new OfferFilter { Search = Searches[search], EfaFinanced = Choices[financed], AvailableIn = somewhere ? ["05"] : null });

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Pages_of_any_filter_and_sort_are_the_list_forward_and_backward(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, Offers.Single(_ => true, "0000wbdgOvH5"));
        await Gen.Select(Filters, Gen.Enum<OfferSort>(), Gen.Int[1, 12]).SampleAsync((filter, sort, size) => market.Store.ReadAsync(async context =>
        {
            if (sort == OfferSort.Relevance) await WalkAsync(context.FoundOffers(Caller.Anonymous, filter), OfferSearch.ByRelevance, size, f => f.Offer.Id);
            else await WalkAsync(context.Offers(Caller.Anonymous, filter), OfferSearch.Order(sort), size, o => o.Id);
            return true;
        }), iter: 60, threads: 1);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Relevance_finds_what_the_filter_finds(StoreKind kind)
    {
        await using SearchMarket market = await SearchMarket.OpenAsync(kind, Offers.Single(_ => true, "0000wbdgOvH5"));
        foreach (string search in new[] { "antrag", "wohngeld antrag", "bau", "behoerden", "nirgends", "..." })
        {
            var filter = new OfferFilter { Search = search, AvailableIn = ["05"] };
            Guid[] filtered = await market.Store.ReadAsync(context => context.Offers(Caller.Anonymous, filter).OrderBy(o => o.Id).Select(o => o.Id).ToArrayAsync());
            Guid[] found = await market.Store.ReadAsync(context => context.FoundOffers(Caller.Anonymous, filter).OrderBy(f => f.Offer.Id).Select(f => f.Offer.Id).ToArrayAsync());

            Assert.Equal(filtered, found);
            Assert.Equal(search is "nirgends" or "...", found.Length == 0);
        }
    }

    private static async Task WalkAsync<T>(IQueryable<T> rows, PageOrder<T> order, int size, Func<T, Guid> id)
    {
        Page<T> whole = await rows.PageAsync(order, new PageRequest(1000), CancellationToken.None);
        Guid[] list = [.. whole.Items.Select(id)];
        Assert.Equal(await rows.CountAsync(), list.Length);
        foreach (bool backward in new[] { false, true })
        {
            var seen = new List<Guid>();
            PageCursor? from = null;
            while (true)
            {
                Page<T> page = await rows.PageAsync(order, new PageRequest(size, from, backward), CancellationToken.None);
                seen.InsertRange(backward ? 0 : seen.Count, page.Items.Select(id));
                Assert.True(seen.Count <= list.Length);
                if (!(backward ? page.HasPrevious : page.HasNext)) break;
                from = PageCursor.Parse(backward ? page.Cursors[0] : page.Cursors[^1]);
            }
            Assert.Equal(list, seen);
        }
    }
}
