using CsCheck;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Paging;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Storage;

public sealed class PagingTests
{
    private static readonly PageOrder<Organisation> ByName = PageOrder<Organisation>.Ascending("by name", o => o.NameKey, o => o.Id);

    private static readonly PageOrder<Organisation>[] Orders =
    [
        ByName,
        PageOrder<Organisation>.Descending("by name down", o => o.NameKey, o => o.Id),
        PageOrder<Organisation>.Ascending("by population", o => o.Population!.Value, o => o.Id),
        PageOrder<Organisation>.Descending("by population down", o => o.Population!.Value, o => o.Id),
        PageOrder<Organisation>.Descending("by day", o => o.PopulationOn!.Value, o => o.Id),
    ];

    // Few different keys, so that the id decides often.
    private static readonly Gen<Organisation> AnyOrganisation = Gen.Select(Gen.Guid, Gen.String[Gen.Char["aäz ß京"], 0, 2], Gen.Int[-3, 3], Gen.Int[0, 4]).Select((id, name, population, day) =>
    {
        Organisation organisation = Make.Organisation(name, id);
        organisation.NameKey = name;
        organisation.Population = population;
        organisation.PopulationOn = new DateOnly(2026, 12, 30).AddDays(day);
        return organisation;
    });

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task All_pages_together_are_the_list_forward_and_backward(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        await Gen.Select(AnyOrganisation.List[0, 30], Gen.Int[0, Orders.Length - 1], Gen.Int[1, 12]).SampleAsync(async (rows, order, size) =>
        {
            await using MarketContext context = store.Context();
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.AddRange(rows);
            await context.SaveChangesAsync();
            Guid[] list = [.. (await context.Set<Organisation>().PageBy(Orders[order], new PageRequest(1000)).AsNoTracking().ToListAsync()).Select(o => o.Id)];
            Assert.Equal(rows.Count, list.Length);

            Assert.Equal(list, await WalkAsync(context, Orders[order], size, backward: false));
            Assert.Equal(list, await WalkAsync(context, Orders[order], size, backward: true));
            await transaction.RollbackAsync();
        }, iter: 40, threads: 1);
    }

    // The order of the database is the order of C#: otherwise a cursor made in C# would skip rows.
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task The_order_is_by_characters_and_then_by_id(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Organisation[] rows = AnyOrganisation.Array[60].Single(_ => true, "0000wbdgOvH5");
        await store.AddAsync(rows);
        await using MarketContext context = store.Context();

        Page<Organisation> page = await context.Set<Organisation>().AsNoTracking().PageAsync(ByName, new PageRequest(100), CancellationToken.None);

        Assert.Equal(rows.OrderBy(o => o.NameKey, StringComparer.Ordinal).ThenBy(o => o.Id).Select(o => o.Id), page.Items.Select(o => o.Id));
        Assert.False(page.HasNext);
        Assert.False(page.HasPrevious);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Rows_that_come_in_while_paging_shift_nothing(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Organisation[] rows = [.. Enumerable.Range(0, 20).Select(i => Make.Organisation($"k{i:00}"))];
        await store.AddAsync(rows);
        await using MarketContext context = store.Context();
        IQueryable<Organisation> list = context.Set<Organisation>().AsNoTracking();
        Page<Organisation> first = await list.PageAsync(ByName, new PageRequest(7), CancellationToken.None);

        await store.AddAsync(Make.Organisation("k03a"), Make.Organisation("k00"), Make.Organisation("k06a"), Make.Organisation("k99"));
        Page<Organisation> second = await list.PageAsync(ByName, new PageRequest(7, PageCursor.Parse(first.Cursors[^1])), CancellationToken.None);
        Page<Organisation> back = await list.PageAsync(ByName, new PageRequest(7, PageCursor.Parse(second.Cursors[0]), Backward: true), CancellationToken.None);

        Assert.Equal(["k00", "k01", "k02", "k03", "k04", "k05", "k06"], first.Items.Select(o => o.Name));
        Assert.Equal(["k06a", "k07", "k08", "k09", "k10", "k11", "k12"], second.Items.Select(o => o.Name));
        Assert.Equal(["k01", "k02", "k03", "k03a", "k04", "k05", "k06"], back.Items.Select(o => o.Name));
    }

    // A cursor holds the key and not the row: it goes on where the row was.
    [Fact]
    public async Task The_row_of_a_cursor_may_be_gone()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        Organisation[] rows = [.. Enumerable.Range(0, 4).Select(i => Make.Organisation($"k{i}"))];
        await store.AddAsync(rows);
        await using MarketContext context = store.Context();
        Page<Organisation> first = await context.Set<Organisation>().AsNoTracking().PageAsync(ByName, new PageRequest(2), CancellationToken.None);
        await context.Set<Organisation>().Where(o => o.Name == "k1").ExecuteDeleteAsync();

        Page<Organisation> second = await context.Set<Organisation>().AsNoTracking().PageAsync(ByName, new PageRequest(2, PageCursor.Parse(first.Cursors[^1])), CancellationToken.None);

        Assert.Equal(["k2", "k3"], second.Items.Select(o => o.Name));
        Assert.True(second.HasPrevious);
        Assert.False(second.HasNext);
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_a_broken_key_is_refused()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        await using MarketContext context = store.Context();
        Guid id = Guid.CreateVersion7();

        foreach (PageCursor cursor in new PageCursor[] { new("by name down", "a", id), new("", "a", id) })
        {
            InvalidCursorException refusal = await Assert.ThrowsAsync<InvalidCursorException>(() =>
                context.Set<Organisation>().PageAsync(ByName, new PageRequest(2, cursor), CancellationToken.None));
            Assert.Equal("a cursor of by name", refusal.Expected);
        }
        foreach (string key in new[] { "", "1.5", "x", "99999999999999999999" })
            await Assert.ThrowsAsync<InvalidCursorException>(() =>
                context.Set<Organisation>().PageAsync(Orders[2], new PageRequest(2, new PageCursor(Orders[2].Name, key, id)), CancellationToken.None));
        await Assert.ThrowsAsync<InvalidCursorException>(() =>
            context.Set<Organisation>().PageAsync(Orders[4], new PageRequest(2, new PageCursor(Orders[4].Name, "2026-02-30", id)), CancellationToken.None));
    }

    [Fact]
    public void A_cursor_comes_back_from_its_text()
    {
        Gen.Select(Gen.String, Gen.String[Gen.Char.AlphaNumeric, 0, 40], Gen.Guid).Sample((key, order, id) =>
        {
            var cursor = new PageCursor(order, key, id);
            // Lone surrogates are no text; JSON has none, and neither has a database.
            return key.Any(char.IsSurrogate) || PageCursor.Parse(cursor.ToString()) == cursor;
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("AQ")]
    [InlineData("AVsiYSJd")]
    [InlineData("not a cursor")]
    [InlineData("äöü")]
    [InlineData("AVtudWxsLG51bGwsbnVsbF0")]
    [InlineData("AXsiYSI6MX0")]
    [InlineData("Af8")]
    public void Other_texts_are_no_cursors(string text) => Assert.Null(PageCursor.Parse(text));

    [Fact]
    public void Random_bytes_are_no_cursors() =>
        Gen.Byte.Array[0, 60].Sample(bytes => PageCursor.Parse(System.Buffers.Text.Base64Url.EncodeToString(bytes)) is null);

    private static async Task<IReadOnlyList<Guid>> WalkAsync(MarketContext context, PageOrder<Organisation> order, int size, bool backward)
    {
        var seen = new List<Guid>();
        PageCursor? from = null;
        for (int pages = 0; pages < 100; pages++)
        {
            Page<Organisation> page = await context.Set<Organisation>().AsNoTracking().PageAsync(order, new PageRequest(size, from, backward), CancellationToken.None);
            Assert.Equal(page.Items.Count, page.Cursors.Count);
            Assert.Equal(from is not null, backward ? page.HasNext : page.HasPrevious);
            if (backward) seen.InsertRange(0, page.Items.Select(o => o.Id));
            else seen.AddRange(page.Items.Select(o => o.Id));
            if (!(backward ? page.HasPrevious : page.HasNext)) return seen;
            Assert.Equal(size, page.Items.Count);
            from = PageCursor.Parse(backward ? page.Cursors[0] : page.Cursors[^1]);
        }
        throw new InvalidOperationException("The pages have no end.");
    }
}
