using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Storage;
using Efa.Marketplace.Storage.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>Reports are kept for a time, and files no longer than they are needed.</summary>
public sealed class OfferImportExpiryTests
{
    private static readonly Dictionary<string, string> Settings = new() { ["Imports:PlanDays"] = "1", ["Imports:ReportDays"] = "2" };

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_report_goes_after_its_days_and_the_import_stays_with_its_counts(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store, Settings);
        var desk = new ImportDesk(trade);
        JsonElement first = await desk.ApplyAsync(await desk.PlannedAsync(File(1, 2)));
        JsonElement second = await desk.ApplyAsync(await desk.PlannedAsync(File(3, 6)));
        trade.Clock.Advance(TimeSpan.FromHours(1));
        JsonElement later = await desk.ApplyAsync(await desk.PlannedAsync(File(7, 7)));

        // To the hour of the last, so that only the others are over.
        trade.Clock.AdjustTime(trade.Clock.GetUtcNow() + TimeSpan.FromDays(2));
        int[] deleted = [await PruneAsync(trade, most: 3), await PruneAsync(trade, most: 3), await PruneAsync(trade, most: 3)];
        Assert.Equal([3, 3, 0], deleted);

        (string Counts, int Rows)[] reports = [await ReportAsync(desk, first), await ReportAsync(desk, second), await ReportAsync(desk, later)];
        Assert.Equal([("SUCCEEDED 2 0 0 0", 0), ("SUCCEEDED 4 0 0 0", 0), ("SUCCEEDED 1 0 0 0", 1)], reports);
        Assert.Equal(7, (await trade.AskAsync("{ offers(filter: { search: \"Bewohnerparken\" }) { totalCount } }", client: SmallMarket.Supplier)).Data.At("offers", "totalCount").GetInt32());
    }

    [Fact]
    public async Task A_report_is_kept_where_that_is_set()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: new Dictionary<string, string> { ["Imports:ReportDays"] = "0" });
        var desk = new ImportDesk(trade);
        await desk.ApplyAsync(await desk.PlannedAsync(File(1, 2)));

        Assert.Equal(0, await PruneAsync(trade, most: 10, later: TimeSpan.FromDays(4_000)));
        Assert.Equal(2, await CountAsync<OfferImportRow>(desk));
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_plan_that_nobody_applies_ends_and_its_file_goes(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store, Settings);
        var desk = new ImportDesk(trade);
        int others = await CountAsync<FileChunk>(desk);
        JsonElement planned = await desk.PlannedAsync(File(1, 2)), applied = await desk.ApplyAsync(await desk.PlannedAsync(File(3, 3)));
        Assert.True(await CountAsync<FileChunk>(desk) > others);

        trade.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal("PLANNED", ImportDesk.State(await desk.ReadAsync(planned)));
        trade.Clock.Advance(TimeSpan.FromHours(1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (ImportDesk.State(await desk.ReadAsync(planned)) == "PLANNED" || await CountAsync<FileChunk>(desk) > others) await Task.Delay(100, limit.Token);

        JsonElement ended = await desk.ReadAsync(planned);
        Assert.Equal(("FAILED 2 0 0 0", "PLAN_EXPIRED"), (ImportDesk.Counts(ended), ended.At("failure", "code").GetString()));
        Assert.Equal("INVALID_STATE", (await desk.TryApplyAsync(planned)).GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Equal("SUCCEEDED", ImportDesk.State(await desk.ReadAsync(applied)));
    }

    private static byte[] File(int first, int last) => ImportDesk.Csv(Enumerable.Range(first, last - first + 1).Select(i => ImportDesk.Line(ImportDesk.Id(i))));

    private static async Task<(string Counts, int Rows)> ReportAsync(ImportDesk desk, JsonElement import)
    {
        JsonElement now = await desk.ReadAsync(import);
        return (ImportDesk.Counts(now), now.At("rows", "totalCount").GetInt32());
    }

    private static async Task<int> PruneAsync(TradeHost trade, int most, TimeSpan later = default)
    {
        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        await using StoreTransaction transaction = await trade.Host.Services.GetRequiredService<StoreDialect>().BeginAsync(context, CancellationToken.None);
        // As the daily pruning has it.
        OfferImportReportExpiry expiry = trade.Host.Services.GetServices<Expiry>().OfType<OfferImportReportExpiry>().Single();
        int deleted = await expiry.DeleteAsync(context, trade.Clock.GetUtcNow() + later, most, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return deleted;
    }

    private static Task<int> CountAsync<T>(ImportDesk desk)
        where T : class => desk.StoreAsync(context => context.Set<T>().CountAsync());
}
