using System.Runtime.CompilerServices;
using Efa.Graph.Tests.Operations;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Events;

public sealed class LogTailTests
{
    private static readonly Caller Seller = new("seller", null, [], new HashSet<string> { "billing:write" });
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Each_reader_gets_each_position_once_and_in_order_while_others_write(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Organisation seller = await SellerAsync(store);
        await WriteAsync(store, seller, "before", calls: 5, facts: 2);
        await store.Tail.StartAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(Limit);

        // From the beginning, from the middle of what was there, and from the head.
        Task<List<long>>[] readers = [ReadAsync(store, 0, 74, limit.Token), ReadAsync(store, 4, 74, limit.Token), ReadAsync(store, 10, 74, limit.Token)];
        await WriteAsync(store, seller, "while", calls: 32, facts: 2);
        Task<List<long>> late = ReadAsync(store, 0, 74, limit.Token);

        Assert.Equal(Positions(1, 74), await readers[0]);
        Assert.Equal(Positions(5, 74), await readers[1]);
        Assert.Equal(Positions(11, 74), await readers[2]);
        Assert.Equal(Positions(1, 74), await late);
        await store.Tail.StopAsync(CancellationToken.None);
    }

    // No hint comes from another node: the poll finds what it wrote.
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task What_another_node_writes_is_found_too(StoreKind kind)
    {
        Skip.If(kind == StoreKind.Sqlite, "One process owns an SQLite store.");
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Organisation seller = await SellerAsync(store);
        await store.Tail.StartAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(Limit);
        Task<List<long>> reader = ReadAsync(store, 0, 6, limit.Token);

        await WriteAsync(store.Again(), seller, "elsewhere", calls: 3, facts: 2);

        Assert.Equal(Positions(1, 6), await reader);
        await store.Tail.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Events_come_with_their_parties_and_say_nothing_of_those_before_the_start()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        Organisation seller = await SellerAsync(store);
        await WriteAsync(store, seller, "before", calls: 1, facts: 3);
        await store.Tail.StartAsync(CancellationToken.None);
        using var limit = new CancellationTokenSource(Limit);
        await store.Tail.BeyondAsync(2, limit.Token);
        await WriteAsync(store, seller, "after", calls: 1, facts: 1);
        await store.Tail.BeyondAsync(3, limit.Token);

        Assert.Null(store.Tail.After(2));
        TailedEvent entry = Assert.Single(store.Tail.After(3)!);
        Assert.Equal(4, entry.Event.Position);
        Assert.Equal("billing-run.counted", entry.Event.Type);
        Assert.Equal([seller.Id], entry.Parties);
        Assert.Equal("seller", entry.Event.Actor);
        Assert.Empty(store.Tail.After(4)!);
        Assert.Empty(store.Tail.After(99)!);
        await store.Tail.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void A_log_cursor_comes_back_from_its_text()
    {
        var cursor = new LogCursor("orders", int.MaxValue, long.MaxValue);

        Assert.Equal(cursor, LogCursor.Parse(cursor.ToString()));
        Assert.NotEqual(cursor.ToString(), (cursor with { Epoch = 1 }).ToString());
        foreach (string text in new[] { "", "Ag", "not a cursor", "äöü", new Marketplace.Storage.Paging.PageCursor("orders", "a", Guid.NewGuid()).ToString() })
            Assert.Null(LogCursor.Parse(text));
    }

    /// <summary>As subscriptions read: from memory where it reaches back far enough, otherwise from the log.</summary>
    private static async Task<List<long>> ReadAsync(StoreUnderTest store, long after, long until, CancellationToken cancellationToken)
    {
        var seen = new List<long>();
        await foreach (long position in FollowAsync(store, after, cancellationToken))
        {
            seen.Add(position);
            if (position >= until) return seen;
        }
        return seen;
    }

    private static async IAsyncEnumerable<long> FollowAsync(StoreUnderTest store, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long position = after;
        while (true)
        {
            IReadOnlyList<long> next;
            if (store.Tail.After(position) is { } recent) next = [.. recent.Select(e => e.Event.Position)];
            else
            {
                await using MarketContext context = store.Context();
                next = await context.Set<LoggedEvent>().Where(e => e.Position > position).OrderBy(e => e.Position).Take(3).Select(e => e.Position).ToListAsync(cancellationToken);
            }
            foreach (long one in next) yield return one;
            if (next.Count > 0) position = next[^1];
            else await store.Tail.BeyondAsync(position, cancellationToken);
        }
    }

    private static IEnumerable<long> Positions(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => (long)i);

    private static async Task<Organisation> SellerAsync(StoreUnderTest store)
    {
        Organisation seller = Make.Organisation("Anbieter");
        await store.AddAsync(seller);
        return seller;
    }

    private static Task WriteAsync(StoreUnderTest store, Organisation seller, string keys, int calls, int facts) =>
        Task.WhenAll(Enumerable.Range(0, calls).Select(i => Task.Run(() =>
            store.Runner.RunAsync(new Enrol(), new EnrolInput(seller.Id, "Kreis", facts), Seller, $"{keys}-{i}", CancellationToken.None))));
}
