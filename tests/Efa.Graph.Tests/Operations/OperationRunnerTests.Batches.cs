using System.Text.Json;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Operations;

public sealed partial class OperationRunnerTests
{
    private static readonly string[] Mixed = ["Kassel", "Ein viel zu langer Name", "", "Aachen"];

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_partial_batch_does_its_good_rows_and_tells_a_repetition_the_same(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);
        var input = new EnrolAllInput(Mixed, BatchMode.Partial);

        OperationResult first = await RunAsync(store, new EnrolAll(), input, "key");
        OperationResult second = await RunAsync(store, new EnrolAll(), input, "key");

        Assert.Empty(first.Refusals);
        Assert.Equal([1, 2, 3, 4], first.Rows!.Select(r => r.Row));
        Assert.Equal([true, false, false, true], first.Rows!.Select(r => r.Subject is not null));
        Assert.Equal(["TOO_LONG", "STALE_VERSION", "NOT_FOUND"], first.Rows!.SelectMany(r => r.Refusals).Select(r => r.Code.Name));
        Assert.Equal(Told(first), Told(second));
        Assert.Equal((EnrolAll.Secret, null), (first.Secret, second.Secret));
        Assert.Equal(["Aachen", "Kassel"], await NamesAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_batch_of_all_or_none_with_a_bad_row_does_none_and_leaves_its_key_free(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);

        OperationResult refused = await RunAsync(store, new EnrolAll(), new EnrolAllInput(Mixed, BatchMode.Atomic), "key");
        Assert.All(refused.Rows!, row => Assert.Null(row.Subject));
        Assert.Equal([0, 1, 2, 0], refused.Rows!.Select(r => r.Refusals.Count));
        Assert.Empty(await NamesAsync(store));

        OperationResult done = await RunAsync(store, new EnrolAll(), new EnrolAllInput(["Kassel", "Aachen"], BatchMode.Atomic), "key");
        Assert.All(done.Rows!, row => Assert.NotNull(row.Subject));
        Assert.Equal(["Aachen", "Kassel"], await NamesAsync(store));
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task A_batch_without_a_good_row_leaves_its_key_free(StoreKind kind)
    {
        await using StoreUnderTest store = await StoreUnderTest.NewAsync(kind);

        OperationResult refused = await RunAsync(store, new EnrolAll(), new EnrolAllInput([""], BatchMode.Partial), "key");
        OperationResult done = await RunAsync(store, new EnrolAll(), new EnrolAllInput(["Kassel"], BatchMode.Partial), "key");

        Assert.Equal(2, Assert.Single(refused.Rows!).Refusals.Count);
        Assert.NotNull(Assert.Single(done.Rows!).Subject);
        Assert.Equal(["Kassel"], await NamesAsync(store));
    }

    private static string Told(OperationResult result) => JsonSerializer.Serialize(result.Rows!.Select(r => new
    {
        r.Row,
        r.Subject,
        Refusals = r.Refusals.Select(x => new { x.GetType().Name, Code = x.Code.Name, x.Path, German = x.Message(Language.German), Stale = (x as StaleVersion)?.ChangedFields }),
    }));

    private static async Task<string[]> NamesAsync(StoreUnderTest store)
    {
        await using MarketContext context = store.Context();
        return await context.Set<Organisation>().OrderBy(o => o.Name).Select(o => o.Name).ToArrayAsync();
    }
}
