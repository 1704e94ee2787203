using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Operations;

public sealed partial class OperationRunnerTests
{
    private static readonly Caller Seller = new("seller", null, [], new HashSet<string> { "billing:write" });

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task The_same_call_is_done_once_and_answered_alike(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);

        OperationResult first = await RunAsync(store, new Enrol(), input, "key");
        OperationResult second = await RunAsync(store, new Enrol(), input with { }, "key");

        Assert.Empty(first.Refusals);
        Assert.Empty(second.Refusals);
        Assert.Equal(first.Subject, second.Subject);
        Assert.Equal(["1"], await NumbersAsync(store));
        Assert.Equal([1, 2], await PositionsAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Another_call_under_the_same_key_is_refused_and_changes_nothing(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        await RunAsync(store, new Enrol(), input, "key");

        OperationResult otherInput = await RunAsync(store, new Enrol(), input with { Name = "Anderer" }, "key");
        OperationResult otherOperation = await RunAsync(store, new EnrolAgain(), input, "key");

        foreach (OperationResult result in new[] { otherInput, otherOperation })
        {
            IdempotencyConflict conflict = Assert.IsType<IdempotencyConflict>(Assert.Single(result.Refusals));
            Assert.Null(result.Subject);
            Assert.Equal("IDEMPOTENCY_CONFLICT", conflict.Code.Name);
            Assert.Equal(["input", "idempotencyKey"], conflict.Path);
            await using MarketContext context = store.Context();
            Assert.Equal((await context.Set<Call>().SingleAsync()).At, conflict.FirstSeenAt);
        }
        Assert.Equal(["1"], await NumbersAsync(store));
        Assert.Equal([1, 2], await PositionsAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Keys_belong_to_their_caller(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);

        OperationResult first = await RunAsync(store, new Enrol(), input, "key");
        OperationResult second = await store.Runner.RunAsync(new Enrol(), input, Seller with { Id = "another" }, "key", CancellationToken.None);

        Assert.NotEqual(first.Subject, second.Subject);
        Assert.Equal(["1", "2"], await NumbersAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_refused_call_leaves_its_key_free(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        Guid seller = Guid.CreateVersion7();
        var input = new EnrolInput(seller, "Kreis");

        OperationResult refused = await RunAsync(store, new Enrol(), input, "key");

        Assert.Equal(["input", "sellerId"], Assert.IsType<NotFound>(Assert.Single(refused.Refusals)).Path);
        Assert.Null(refused.Subject);
        await NothingHappenedAsync(store);

        await store.AddAsync(Make.Organisation("Anbieter", seller));
        OperationResult done = await RunAsync(store, new Enrol(), input, "key");
        Assert.Empty(done.Refusals);
        Assert.Equal(["1"], await NumbersAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_failing_call_leaves_nothing_and_does_not_hold_up_the_next(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        var failing = new Enrol { Meanwhile = (_, _) => throw new InvalidOperationException("broken") };

        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(store, failing, input, "key"));
        using var left = new CancellationTokenSource();
        var leaving = new Enrol { Meanwhile = async (_, work) => { await left.CancelAsync(); left.Token.ThrowIfCancellationRequested(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Runner.RunAsync(leaving, input, Seller, "key", left.Token));

        Assert.Equal(1, failing.Runs);
        await NothingHappenedAsync(store);
        Assert.Empty((await RunAsync(store, new Enrol(), input, "key")).Refusals);
        Assert.Equal(["1"], await NumbersAsync(store));
    }

    [Fact]
    public async Task Scope_key_and_input_are_checked_before_the_store_is_asked()
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(StoreKind.Sqlite);
        var operation = new Enrol();
        EnrolInput input = await InputAsync(store);

        OperationResult noScope = await store.Runner.RunAsync(operation, input, Seller with { Scopes = new HashSet<string> { "billing:read" } }, "key", CancellationToken.None);
        PermissionDenied denied = Assert.IsType<PermissionDenied>(Assert.Single(noScope.Refusals));
        Assert.Equal(("SCOPE_MISSING", "billing:write"), (denied.Code.Name, denied.RequiredScope));

        foreach (string key in new[] { "", "a b", "ä", "a\n", new string('k', 129) })
            Assert.Equal("IDEMPOTENCY_KEY_INVALID", Assert.Single((await RunAsync(store, operation, input, key)).Refusals).Code.Name);

        OperationResult both = await RunAsync(store, operation, input with { Name = " " }, "");
        Assert.Equal(["IDEMPOTENCY_KEY_INVALID", "REQUIRED"], both.Refusals.Select(r => r.Code.Name));
        Assert.Equal("TOO_LONG", Assert.Single((await RunAsync(store, operation, input with { Name = new string('x', 21) }, "key")).Refusals).Code.Name);

        Assert.Equal(0, operation.Runs);
        await NothingHappenedAsync(store);
        Assert.Empty((await RunAsync(store, operation, input, new string('~', 128))).Refusals);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Fifty_at_once_with_one_key_are_done_once_and_answered_alike(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);

        OperationResult[] results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => RunAsync(store, new Enrol(), input, "key"))));

        Assert.All(results, result => Assert.Empty(result.Refusals));
        Assert.NotNull(Assert.Single(results.Select(r => r.Subject).Distinct()));
        Assert.Equal(["1"], await NumbersAsync(store));
        Assert.Equal([1, 2], await PositionsAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Thirty_two_at_once_get_consecutive_numbers_and_positions(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);

        OperationResult[] results = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => RunAsync(store, new Enrol(), input with { Facts = i % 4 }, $"key-{i}"))));

        Assert.All(results, result => Assert.Empty(result.Refusals));
        Assert.Equal(Enumerable.Range(1, 32), (await NumbersAsync(store)).Select(int.Parse).Order());
        Assert.Equal(Enumerable.Range(1, 48).Select(i => (long)i), await PositionsAsync(store));
        await using MarketContext context = store.Context();
        Assert.Equal(48, (await context.Set<LogHead>().AsNoTracking().SingleAsync()).Position);
        // What one call did stands together in the log, with the versions in order.
        List<LoggedEvent> log = await context.Set<LoggedEvent>().AsNoTracking().OrderBy(e => e.Position).ToListAsync();
        foreach (LoggedEvent[] one in log.GroupBy(e => e.SubjectId).Select(g => g.ToArray()))
        {
            Assert.Equal(Enumerable.Range(1, one.Length), one.Select(e => e.SubjectVersion));
            Assert.Equal(one.Length - 1, one[^1].Position - one[0].Position);
        }
    }

    // Nobody gets a number that a failed attempt had taken, and none is lost.
    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    [Trait("attack", "B12")]
    public async Task Refused_and_failed_calls_leave_no_gap_in_the_numbers(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        var failing = new Enrol { Meanwhile = (_, _) => throw new InvalidOperationException("broken") };

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => Task.Run(async () =>
        {
            if (i % 3 == 0) await RunAsync(store, new Enrol(), input, $"key-{i}");
            else if (i % 3 == 1) await RunAsync(store, new Enrol(), input with { SellerId = Guid.NewGuid() }, $"key-{i}");
            else await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(store, failing, input, $"key-{i}"));
        })));

        Assert.Equal(Enumerable.Range(1, 10), (await NumbersAsync(store)).Select(int.Parse).Order());
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), await PositionsAsync(store));
    }

    // On SQLite nobody can write between: there is one writer.
    private static Enrol With(Func<int, Work, Task> meanwhile) => new() { Meanwhile = meanwhile };

    private static Task<OperationResult> RunAsync<TInput>(StoreUnderTest store, Operation<TInput> operation, TInput input, string key)
        where TInput : notnull =>
        store.Runner.RunAsync(operation, input, Seller, key, CancellationToken.None);

    private static async Task<EnrolInput> InputAsync(StoreUnderTest store)
    {
        Organisation seller = Make.Organisation("Anbieter");
        await store.AddAsync(seller);
        return new EnrolInput(seller.Id, "Kreis");
    }

    private static async Task<BillingRun> AddRunAsync(StoreUnderTest store, Guid seller)
    {
        var run = new BillingRun { Id = Guid.CreateVersion7(), SellerId = seller, Year = 2026 };
        await store.AddAsync(run);
        return run;
    }

    private static async Task CountOrdersAsync(StoreUnderTest store, Guid id, int orders)
    {
        await using MarketContext context = store.Context();
        (await context.Set<BillingRun>().SingleAsync(r => r.Id == id)).Count(orders);
        await context.SaveChangesAsync();
    }

    private static async Task<IReadOnlyList<string>> NumbersAsync(StoreUnderTest store)
    {
        await using MarketContext context = store.Context();
        string[] numbers = await context.Set<Organisation>().Where(o => o.RegisterNumber != null).OrderBy(o => o.RegisterNumber).Select(o => o.RegisterNumber!).ToArrayAsync();
        Assert.Equal(numbers.Length, (await context.Set<Counter>().AsNoTracking().SingleOrDefaultAsync(c => c.Key == Enrol.Series))?.Value ?? 0);
        return numbers;
    }

    private static async Task<IReadOnlyList<long>> PositionsAsync(StoreUnderTest store)
    {
        await using MarketContext context = store.Context();
        return await context.Set<LoggedEvent>().OrderBy(e => e.Position).Select(e => e.Position).ToListAsync();
    }

    private static async Task NothingHappenedAsync(StoreUnderTest store)
    {
        await using MarketContext context = store.Context();
        Assert.Equal(0, await context.Set<Call>().CountAsync());
        Assert.Equal(0, await context.Set<LoggedEvent>().CountAsync());
        Assert.Equal(0, await context.Set<EventParty>().CountAsync());
        Assert.Equal(0, await context.Set<Counter>().CountAsync());
        Assert.Equal(0, (await context.Set<LogHead>().AsNoTracking().SingleAsync()).Position);
        Assert.Equal(0, await context.Set<Organisation>().CountAsync(o => o.RegisterNumber != null));
    }
}
