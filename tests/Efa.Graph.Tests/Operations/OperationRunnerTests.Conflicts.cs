using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Operations;

// Calls that meet others on the same rows.
public sealed partial class OperationRunnerTests
{
    [SkippableTheory]
    [InlineData(StoreKind.PostgreSql)]
    [InlineData(StoreKind.SqlServer)]
    public async Task A_row_that_changed_meanwhile_is_decided_anew(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        BillingRun run = await AddRunAsync(store, input.SellerId);
        Enrol operation = With(async (attempt, work) =>
        {
            BillingRun mine = await work.Context.Set<BillingRun>().SingleAsync(r => r.Id == run.Id);
            if (attempt == 1) await CountOrdersAsync(store, run.Id, orders: 10);
            mine.Count((mine.OrdersTotal ?? 0) + 1);
        });

        OperationResult result = await RunAsync(store, operation, input, "key");

        Assert.Empty(result.Refusals);
        Assert.Equal(2, operation.Runs);
        await using MarketContext context = store.Context();
        Assert.Equal(11, (await context.Set<BillingRun>().SingleAsync(r => r.Id == run.Id)).OrdersTotal);
        Assert.Equal(["1"], await NumbersAsync(store));
    }

    [SkippableTheory]
    [InlineData(StoreKind.PostgreSql)]
    [InlineData(StoreKind.SqlServer)]
    public async Task Who_never_wins_gives_up_after_four_attempts_and_leaves_nothing(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        BillingRun run = await AddRunAsync(store, input.SellerId);
        Enrol operation = With(async (_, work) =>
        {
            BillingRun mine = await work.Context.Set<BillingRun>().SingleAsync(r => r.Id == run.Id);
            await CountOrdersAsync(store, run.Id, orders: 10);
            mine.Count((mine.OrdersTotal ?? 0) + 1);
        });

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => RunAsync(store, operation, input, "key"));

        Assert.Equal(4, operation.Runs);
        await NothingHappenedAsync(store);
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    [Trait("attack", "B06")]
    public async Task Of_several_who_want_the_same_unique_thing_one_gets_it_and_the_others_a_reason(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        Organisation customer = Make.Organisation("Kunde");
        await store.AddAsync(customer);

        OperationResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            store.Runner.RunAsync(new RequestOnce(), new RequestOnceInput(customer.Id, input.SellerId), Seller, $"key-{i}", CancellationToken.None))));

        Assert.Single(results, r => r.Refusals.Count == 0);
        Assert.All(results.Where(r => r.Refusals.Count > 0), r => Assert.Equal("DUPLICATE", Assert.Single(r.Refusals).Code.Name));
        await using MarketContext context = store.Context();
        Assert.Equal(1, await context.Set<Accreditation>().CountAsync());
        Assert.Equal(1, await context.Set<Call>().CountAsync());
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_stale_version_is_told_with_what_changed_since(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        EnrolInput input = await InputAsync(store);
        Guid run = Guid.Empty;
        await RunAsync(store, new Enrol(), input with { Facts = 1 }, "first");
        await using (MarketContext context = store.Context()) run = (await context.Set<BillingRun>().SingleAsync()).Id;
        var finish = new Enrol { Meanwhile = async (_, work) => (await work.Context.Set<BillingRun>().SingleAsync(r => r.Id == run)).Finish(work.Now) };
        await RunAsync(store, finish, input with { Facts = 0 }, "second");

        StaleVersion? stale = null, older = null, current = null;
        Enrol look = With(async (_, work) =>
        {
            BillingRun seen = await work.Context.Set<BillingRun>().SingleAsync(r => r.Id == run);
            stale = await work.StaleAsync(seen, 1, CancellationToken.None);
            older = await work.StaleAsync(seen, 0, CancellationToken.None);
            current = await work.StaleAsync(seen, 2, CancellationToken.None);
        });
        await RunAsync(store, look, input with { Facts = 0 }, "third");

        Assert.Null(current);
        Assert.Equal(2, stale!.CurrentVersion);
        Assert.Equal(["state", "finishedAt", "ordersTotal", "blocked"], stale.ChangedFields);
        Assert.Equal(["ordersTotal", "state", "finishedAt", "blocked"], older!.ChangedFields);
    }
}
