using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>What breaks off in either phase goes on where it was and ends in the same state.</summary>
[Collection(nameof(SlowFile))]
public sealed class OfferImportResumeTests
{
    private const int Rows = 1_300;

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_job_that_breaks_is_resumed(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store, services: services => services.AddSingleton<OfferFile, SlowFile>());
        var desk = new ImportDesk(trade);
        // The row after the break repeats one from before it, and another describes its service differently.
        byte[] file = ImportDesk.Csv([
            .. Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i))),
            ImportDesk.Line(ImportDesk.Id(1)), ImportDesk.Line("I-x").Replace("Parkausweis", "Anderes", StringComparison.Ordinal)]);
        JsonElement import = await desk.StartAsync();
        SlowFile.Breaks = 2;
        await desk.PutAsync(import, file);
        JsonElement planned = await BrokenOffAsync(trade, desk, import);
        Assert.Equal($"PLANNED {Rows} 0 0 2", ImportDesk.Counts(planned));
        Assert.Equal([$"{Rows + 1} {Rows + 2} DUPLICATE /externalId", $"{Rows + 2} {Rows + 3} SERVICE_CONTRADICTS /service/own"], ImportDesk.Errors(await desk.ReadAsync(planned, ["REJECT"])));

        SlowFile.Breaks = 2;
        JsonElement applied = await BrokenOffAsync(trade, desk, await desk.BeginAsync(planned, "PARTIAL"));
        Assert.Equal($"PARTIALLY_SUCCEEDED {Rows} 0 0 2", ImportDesk.Counts(applied));
        Assert.Equal($"PLANNED 0 0 {Rows} 2", ImportDesk.Counts(await desk.PlannedAsync(file)));

        byte[] changed = ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i), "Anwohnerparken")));
        JsonElement again = await desk.PlannedAsync(changed);
        SlowFile.Breaks = 1;
        Assert.Equal($"SUCCEEDED 0 {Rows} 0 0", ImportDesk.Counts(await BrokenOffAsync(trade, desk, await desk.BeginAsync(again))));
        Assert.Equal($"PLANNED 0 0 {Rows} 0", ImportDesk.Counts(await desk.PlannedAsync(changed)));
    }

    /// <summary>Waits until the job has broken and was resumed; what waits after a failure waits on the market's clock.</summary>
    private static async Task<JsonElement> BrokenOffAsync(TradeHost trade, ImportDesk desk, JsonElement import)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (SlowFile.Breaks > 0)
        {
            await Task.Delay(50, limit.Token);
            trade.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        while (ImportDesk.State(await desk.ReadAsync(import)) is "PLANNING" or "APPLYING")
        {
            await Task.Delay(50, limit.Token);
            trade.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        return await desk.ReadAsync(import);
    }
}
