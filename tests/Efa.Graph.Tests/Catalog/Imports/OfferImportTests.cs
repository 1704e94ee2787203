using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Catalog.Imports;

public sealed class OfferImportTests
{
    private const int Rows = 1_200;

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_file_is_planned_applied_and_afterwards_unchanged(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var desk = new ImportDesk(trade);
        byte[] file = ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i))));

        JsonElement planned = await desk.PlannedAsync(file);
        Assert.Equal($"PLANNED {Rows} 0 0 0", ImportDesk.Counts(planned));
        Assert.Equal((Rows, Rows), (planned.GetProperty("rowsTotal").GetInt32(), planned.GetProperty("rowsDone").GetInt32()));
        Assert.Equal(SupplierDesk.HashOf(file), planned.GetProperty("fileSha256").GetString());
        Assert.Equal(Rows, planned.At("rows", "totalCount").GetInt32());
        Assert.Equal(JsonValueKind.Null, planned.At("rows", "nodes")[0].GetProperty("offer").ValueKind);
        Assert.Equal(0, await desk.OffersAsync());
        long head = await trade.HeadAsync();

        JsonElement applied = await desk.ApplyAsync(planned, submit: true);
        Assert.Equal($"SUCCEEDED {Rows} 0 0 0", ImportDesk.Counts(applied));
        Assert.Equal(Rows, await desk.OffersAsync());
        // Made and submitted, the service made, and the import itself: begun, current, ended.
        Assert.Equal(head + (2 * Rows) + 4, await trade.HeadAsync());
        JsonElement offer = applied.At("rows", "nodes")[0].GetProperty("offer");
        Assert.Equal(("UNPUBLISHED", 2), (offer.GetProperty("state").GetString(), offer.GetProperty("version").GetInt32()));
        Assert.Equal(["offer.created: :UNPUBLISHED draft", "offer.submitted: DRAFT:SUBMITTED draft"], await EventsAsync(desk, offer.GetProperty("id").GetString()!));

        Assert.Equal($"PLANNED 0 0 {Rows} 0", ImportDesk.Counts(await desk.PlannedAsync(file)));
        await desk.NothingIsLeftAsync();
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Drafts_are_replaced_and_published_offers_keep_what_they_say(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));
        await desk.ApplyAsync(await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, 3).Select(i => ImportDesk.Line(ImportDesk.Id(i))))), submit: true);
        JsonElement first = (await desk.ReadAsync((await ImportsAsync(trade))[0])).At("rows", "nodes")[0].GetProperty("offer");
        await supplier.StepAsync("PublishOffer", first, SmallMarket.Govdigital);

        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(Enumerable.Range(1, 3).Select(i => ImportDesk.Line(ImportDesk.Id(i), "Stellplatz", "1000.00"))));
        Assert.Equal("PLANNED 0 3 0 0", ImportDesk.Counts(planned));
        JsonElement row = planned.At("rows", "nodes")[1];
        Assert.Equal(["title", "prices"], row.GetProperty("changedFields").EnumerateArray().Select(f => f.GetString()));
        Assert.Equal("year", Assert.Single(row.GetProperty("priceChanges").EnumerateArray()).GetProperty("code").GetString());

        Assert.Equal("SUCCEEDED 0 3 0 0", ImportDesk.Counts(await desk.ApplyAsync(planned)));
        // Found by what they show, which of the published one is still the version before. The words are so unlike that no store takes one for the other mistyped.
        Answer found = await trade.AskAsync("{ offers(filter: { search: \"Stellplatz\" }) { totalCount } }", client: SmallMarket.Supplier);
        Assert.Equal(2, found.Data.At("offers", "totalCount").GetInt32());
        Assert.Equal(["1: Bewohnerparken > 2: Stellplatz", "1: Stellplatz", "1: Stellplatz"], await OffersOfImportAsync(desk));
        await desk.NothingIsLeftAsync();
        Assert.Equal(4, await desk.StoreAsync(context => context.Set<OfferVersion>().CountAsync(v => context.Set<Offer>().Any(o => o.Id == v.OfferId && o.ExternalId!.StartsWith("I-")))));

        // Once the draft is published, nobody finds what the version before it said, and its words are gone.
        JsonElement beside = (await desk.ReadAsync(planned)).At("rows", "nodes")[0].GetProperty("offer");
        await supplier.StepAsync("PublishOffer", await supplier.StepAsync("SubmitOffer", beside, SmallMarket.Supplier), SmallMarket.Govdigital);
        Assert.Equal((0, 3), (await desk.FoundAsync("Bewohnerparken"), await desk.FoundAsync("Stellplatz")));
        await desk.NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_plan_is_applied_as_it_was_seen_or_not_at_all()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));
        await desk.ApplyAsync(await desk.PlannedAsync(ImportDesk.Csv(ImportDesk.Line("I-1"), ImportDesk.Line("I-2"))));
        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(ImportDesk.Line("I-1", "Neu"), ImportDesk.Line("I-2"), ImportDesk.Line("I-3")));
        Assert.Equal("PLAN_HASH_OTHER", ImportDesk.Code(await desk.TryApplyAsync(planned, planHash: new string('0', 64))));

        await supplier.StepAsync("SubmitOffer", planned.At("rows", "nodes")[0].GetProperty("offer"), SmallMarket.Supplier);
        await supplier.UploadedAsync(supplier.Row("I-3"));
        long head = await trade.HeadAsync();
        JsonElement refused = await desk.TryApplyAsync(planned);
        Assert.Equal(("ImportPlanOutdatedError", "PLAN_OUTDATED", 2), (refused.GetProperty("errors")[0].GetProperty("__typename").GetString(), ImportDesk.Code(refused), refused.GetProperty("errors")[0].GetProperty("changedRows").GetInt32()));
        Assert.Equal((head, "PLANNED"), (await trade.HeadAsync(), ImportDesk.State(await desk.ReadAsync(planned))));

        JsonElement cancelled = (await desk.CancelAsync(planned)).GetProperty("import");
        Assert.Equal("CANCELLED", ImportDesk.State(cancelled));
        Assert.Equal("INVALID_STATE", ImportDesk.Code(await desk.CancelAsync(planned)));
        Assert.Equal("INVALID_STATE", ImportDesk.Code(await desk.TryApplyAsync(planned)));
    }

    [Fact]
    public async Task Good_rows_are_applied_where_that_is_wanted()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new ImportDesk(trade);
        string[] lines = [.. Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i), states: i % 100 == 0 ? "99" : "05"))];
        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(lines));
        Assert.Equal($"PLANNED {Rows - 12} 0 0 12", ImportDesk.Counts(planned));
        Assert.Equal("ROWS_REJECTED", ImportDesk.Code(await desk.TryApplyAsync(planned)));

        Assert.Equal($"PARTIALLY_SUCCEEDED {Rows - 12} 0 0 12", ImportDesk.Counts(await desk.ApplyAsync(planned, "PARTIAL")));
        Assert.Equal(Rows - 12, await desk.OffersAsync());
        JsonElement rejected = await desk.ReadAsync(planned, ["REJECT"]);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"{i * 100} {(i * 100) + 1} STATE_UNKNOWN /availableIn/0"), ImportDesk.Errors(rejected));
        await desk.NothingIsLeftAsync();
    }

    [Fact]
    public async Task Own_services_that_were_there_follow_and_so_does_the_public_catalogue()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));
        JsonElement made = await desk.ApplyAsync(await desk.PlannedAsync(ImportDesk.Csv(ImportDesk.Line("I-1"), ImportDesk.Line("I-2"))), submit: true);
        await supplier.StepAsync("PublishOffer", made.At("rows", "nodes")[0].GetProperty("offer"), SmallMarket.Govdigital);
        string head = (await trade.AskAsync("{ catalogChanges { head } }")).Data.At("catalogChanges", "head").GetString()!;

        byte[] file = ImportDesk.Csv(new[] { "I-1", "I-2" }.Select(id => ImportDesk.Line(id).Replace("Parkausweis", "Parkberechtigung", StringComparison.Ordinal)));
        JsonElement planned = await desk.PlannedAsync(file);
        Assert.Equal(["service", "service"], planned.At("rows", "nodes").EnumerateArray().Select(r => r.GetProperty("changedFields")[0].GetString()));
        Assert.Equal("SUCCEEDED 0 2 0 0", ImportDesk.Counts(await desk.ApplyAsync(planned)));

        Answer changes = await trade.AskAsync("query($after: Cursor) { catalogChanges(after: $after) { nodes { offerId offer { service { name } } } } }", new { after = head });
        JsonElement change = Assert.Single(changes.Data.At("catalogChanges", "nodes").EnumerateArray());
        Assert.Equal(planned.At("rows", "nodes")[0].At("offer", "id").GetString(), change.GetProperty("offerId").GetString());
        Assert.Equal("Parkberechtigung", change.At("offer", "service", "name").GetString());
        Assert.Equal("PLANNED 0 0 2 0", ImportDesk.Counts(await desk.PlannedAsync(file)));
    }

    [Fact]
    public async Task Progress_is_pushed_until_the_end()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new ImportDesk(trade);
        JsonElement import = await desk.StartAsync();
        string follow = "subscription($id: ID!) { offerImportProgress(importId: $id) { state rowsDone } }";
        object id = new { id = import.GetProperty("id").GetString() };
        await using OrderEventStream stream = await OrderEventStream.SubscribeAsync(trade.Host.Client, await trade.TokenAsync(SmallMarket.Supplier), follow, id);
        await using OrderEventStream stranger = await OrderEventStream.SubscribeAsync(trade.Host.Client, await trade.TokenAsync(SmallMarket.Govdigital), follow, id);
        Assert.Equal("AWAITING_FILE", ImportDesk.State((await stream.AnswerAsync()).At("data", "offerImportProgress")));

        await desk.PutAsync(import, ImportDesk.Csv(ImportDesk.Line("I-1")));
        await desk.ApplyAsync(await desk.SettledAsync(import));
        string last = "";
        while (last != "SUCCEEDED") last = ImportDesk.State((await stream.AnswerAsync()).At("data", "offerImportProgress"));
        // Of what is not there, nothing is told.
        Assert.Equal("The stream has ended.", (await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.AnswerAsync())).Message);
    }

    private static async Task<List<JsonElement>> ImportsAsync(TradeHost trade) =>
        [.. (await trade.AskAsync("query($id: ID!) { offerImports(supplierId: $id) { nodes { id } } }", new { id = trade.Organisation(SmallMarket.Supplier) }, SmallMarket.Supplier)).Data.At("offerImports", "nodes").EnumerateArray()];

    /// <summary>Numbers and titles of the versions of each offer.</summary>
    private static async Task<IEnumerable<string>> OffersOfImportAsync(ImportDesk desk) => await desk.StoreAsync(async context =>
    {
        List<Offer> offers = await context.OffersVisibleTo(Marketplace.Operations.Caller.System).Where(o => o.ExternalId!.StartsWith("I-")).OrderBy(o => o.ExternalId).ToListAsync();
        List<OfferVersion> versions = await context.VersionsVisibleTo(Marketplace.Operations.Caller.System).OrderBy(v => v.Number).ToListAsync();
        return offers.Select(o => string.Join(" > ", versions.Where(v => v.OfferId == o.Id).Select(v => $"{v.Number}: {v.Title}"))).ToList();
    });

    private static Task<List<string>> EventsAsync(ImportDesk desk, string offer) => desk.StoreAsync(async context =>
    {
        Assert.True(TypeId.TryDecode(offer, IdPrefix.Offer, out Guid id));
        List<LoggedEvent> events = await context.Set<LoggedEvent>().Where(e => e.SubjectId == id).OrderBy(e => e.Position).ToListAsync();
        long[] positions = [.. events.Select(e => e.Position)];
        // Seller and supplier see each.
        Assert.Equal(2 * events.Count, await context.Set<EventParty>().CountAsync(p => positions.Contains(p.Position)));
        return events.ConvertAll(e => $"{e.Type}: {e.FromState}:{e.ToState} {e.ChangedFields}");
    });
}
