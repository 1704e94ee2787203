using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Catalog.Search;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>What is seen, found and changed while an import is being applied.</summary>
[Collection(nameof(SlowFile))]
public sealed class OfferImportMeanwhileTests
{
    private const int Rows = 1_200;

    [Fact]
    public async Task Nobody_else_sees_an_import_and_its_supplier_uploads_nothing_meanwhile()
    {
        await using TradeHost trade = await TradeHost.StartAsync(services: services => services.AddSingleton<OfferFile, SlowFile>());
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));
        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i)))));
        string query = "query($id: ID!, $supplier: ID!) { offerImport(id: $id) { id } node(id: $id) { id } offerImports(supplierId: $supplier) { nodes { id } } }";
        object variables = new { id = planned.GetProperty("id").GetString(), supplier = trade.Organisation(SmallMarket.Supplier) };
        Assert.Equal("""{"offerImport":null,"node":null,"offerImports":{"nodes":[]}}""", (await trade.AskAsync(query, variables, SmallMarket.Govdigital)).Data.GetRawText());

        SlowFile.Hold();
        JsonElement applying = await desk.BeginAsync(planned);
        Assert.Equal("IMPORT_RUNNING", ImportDesk.Code((await supplier.UploadAsync([supplier.Row("U-1")])).Data.GetProperty("uploadOffers")));
        Assert.Equal("INVALID_STATE", ImportDesk.Code(await desk.TryApplyAsync(planned)));
        await SlowFile.ReachedAsync();
        // What is stored is not there before all of it is.
        Assert.Equal(0, await desk.OffersAsync());
        Assert.Empty((await trade.AskAsync("{ services(filter: { search: \"Parkausweis\" }) { nodes { id } } }")).Data.At("services", "nodes").EnumerateArray());

        Assert.Equal("CANCELLED", ImportDesk.State((await desk.CancelAsync(applying)).GetProperty("import")));
        SlowFile.Release();
        await ImportDesk.EventuallyAsync(async () => await desk.StoreAsync(context => context.Set<UpcomingThing>().CountAsync()) == 0);
        Assert.Equal(0, await desk.StoreAsync(context => context.Set<Offer>().CountAsync(o => o.ExternalId!.StartsWith("I-"))));
        Assert.Equal(0, await desk.StoreAsync(context => context.Set<Service>().CountAsync(s => s.ExternalId == "parken")));
        await supplier.UploadedAsync(supplier.Row("U-1"));
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task What_an_import_is_about_to_show_is_found_also_where_the_index_was_written_anew_meanwhile(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store, services: services => services.AddSingleton<OfferFile, SlowFile>());
        var desk = new ImportDesk(trade);
        await desk.ApplyAsync(await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, 600).Select(i => ImportDesk.Line(ImportDesk.Id(i))))));
        // The first half replaces drafts, the second is new, with a service that is new as well.
        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i), "Stellplatz", service: i <= 600 ? "parken" : "garage"))));
        Assert.Equal("PLANNED 600 600 0 0", ImportDesk.Counts(planned));

        SlowFile.Hold();
        JsonElement applying = await desk.BeginAsync(planned);
        await SlowFile.ReachedAsync();
        await desk.StoreAsync(async context => await context.Set<OfferWords>().ExecuteUpdateAsync(w => w.SetProperty(x => x.Title, " verloren")));
        await trade.Host.Services.GetRequiredService<OfferReindex>().RunAsync(CancellationToken.None);
        Assert.Equal((600, 0), (await desk.FoundAsync("Bewohnerparken"), await desk.FoundAsync("Stellplatz")));
        SlowFile.Release();

        Assert.Equal("SUCCEEDED 600 600 0 0", ImportDesk.Counts(await desk.SettledAsync(applying)));
        Assert.Equal((0, Rows), (await desk.FoundAsync("Bewohnerparken"), await desk.FoundAsync("Stellplatz")));
        await desk.NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("ATOMIC", 1)]
    [InlineData("ATOMIC", 1_150)]
    [InlineData("PARTIAL", 1_150)]
    public async Task An_offer_that_changes_while_its_import_is_applied_ends_all_of_it_or_its_own_row(string mode, int changedRow)
    {
        await using TradeHost trade = await TradeHost.StartAsync(services: services => services.AddSingleton<OfferFile, SlowFile>());
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));
        await desk.ApplyAsync(await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i))))));
        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i), "Stellplatz"))));
        JsonElement changing = (await desk.ReadAsync(planned, first: 1, after: await CursorBeforeAsync(desk, planned, changedRow))).At("rows", "nodes")[0];
        Assert.Equal(changedRow, changing.GetProperty("row").GetInt32());

        // Rows 1 to 1,000 are stored then, the others are not.
        SlowFile.Hold();
        JsonElement applying = await desk.BeginAsync(planned, mode);
        await SlowFile.ReachedAsync();
        await supplier.StepAsync("SubmitOffer", changing.GetProperty("offer"), SmallMarket.Supplier);
        SlowFile.Release();

        JsonElement ended = await desk.SettledAsync(applying);
        if (mode == "ATOMIC")
        {
            JsonElement failure = ended.GetProperty("failure");
            Assert.Equal(("FAILED", "PLAN_OUTDATED", 1), (ImportDesk.State(ended), failure.GetProperty("code").GetString(), failure.GetProperty("changedRows").GetInt32()));
            Assert.Equal((Rows, 0), (await desk.FoundAsync("Bewohnerparken"), await desk.FoundAsync("Stellplatz")));
        }
        else
        {
            Assert.Equal($"PARTIALLY_SUCCEEDED 0 {Rows - 1} 0 1", ImportDesk.Counts(ended));
            Assert.Equal($"{changedRow}  STALE_VERSION ", Assert.Single(ImportDesk.Errors(await desk.ReadAsync(planned, ["REJECT"]))));
            Assert.Equal((1, Rows - 1), (await desk.FoundAsync("Bewohnerparken"), await desk.FoundAsync("Stellplatz")));
        }
        await desk.NothingIsLeftAsync();
    }

    /// <summary>A cursor after which a row is the next, null for the first.</summary>
    private static async Task<string?> CursorBeforeAsync(ImportDesk desk, JsonElement import, int row)
    {
        string? cursor = null;
        for (int before = row - 1; before > 0; before -= 50)
            cursor = (await desk.ReadAsync(import, first: Math.Min(before, 50), after: cursor)).At("rows", "pageInfo", "endCursor").GetString();
        return cursor;
    }
}
