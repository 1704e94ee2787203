using System.Net;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Catalog.Imports;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Catalog.Publiccode;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog.Publiccode;

/// <summary>A <c>publiccode.yml</c> sent to the address of an import.</summary>
public sealed class PubliccodeImportTests
{
    private const string Format = "PUBLICCODE";
    private const string Address = "https://git.example/abfall/behaelter.git";

    private static readonly string Sample = File.ReadAllText(Repository.PathOf("samples/publiccode/publiccode.yml"));

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task The_sample_makes_a_draft_that_is_priced_published_and_kept_up_by_the_file(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));

        JsonElement planned = await PlannedAsync(desk, Sample);
        Assert.Equal("PLANNED 1 0 0 0", ImportDesk.Counts(planned));
        Assert.Equal((Format, Address), (planned.GetProperty("format").GetString(), planned.At("rows", "nodes")[0].GetProperty("externalId").GetString()));
        Assert.Empty((await OffersAsync(trade)).EnumerateArray());

        JsonElement made = await desk.ApplyAsync(planned);
        Assert.Equal("SUCCEEDED 1 0 0 0", ImportDesk.Counts(made));
        JsonElement offer = Assert.Single((await OffersAsync(trade)).EnumerateArray());
        Assert.Equal(made.At("rows", "nodes")[0].At("offer", "id").GetString(), offer.GetProperty("id").GetString());
        Assert.Equal(("UNPUBLISHED", "DRAFT", "Abfallbehälter online", "COORDINATED", 0), (
            offer.GetProperty("state").GetString(), offer.At("draft", "state").GetString(), offer.GetProperty("title").GetString(), offer.GetProperty("orderingMode").GetString(), offer.GetProperty("prices").GetArrayLength()));
        Assert.Equal(["77000000000316", "77000000000317"], offer.At("service", "leikaKeys").EnumerateArray().Select(k => k.GetString()));
        Assert.Equal("PLANNED 0 0 1 0", ImportDesk.Counts(await PlannedAsync(desk, Sample)));

        // What the file has no place for is added to the same offer, and stays.
        Dictionary<string, object?> row = supplier.Row(Address, "Abfallbehälter online");
        row["service"] = new { own = new { externalId = Address, name = "Abfallbehälter", kind = "EFA_ONLINE_SERVICE", leikaKeys = new[] { "77000000000316", "77000000000317" }, ozgIds = new[] { "10110" }, subjectArea = "ENVIRONMENT", fimType = "2/3a" } };
        row["availableIn"] = new[] { "05" };
        row["termsDocumentIds"] = new[] { trade.Terms("general") };
        row["contacts"] = new object[] { new { name = "Vertrieb", email = "vertrieb@supplier.example", purpose = "COMMERCIAL" } };
        JsonElement priced = (await supplier.UploadedAsync(row, submit: true)).GetProperty("offer");
        await supplier.StepAsync("PublishOffer", priced, SmallMarket.Govdigital);

        JsonElement next = await PlannedAsync(desk, Sample.Replace("localisedName: Abfallbehälter online", "localisedName: Tonnen online", StringComparison.Ordinal).Replace("name: Abfallbehälter\n", "name: Tonnen\n", StringComparison.Ordinal));
        Assert.Equal("PLANNED 0 1 0 0", ImportDesk.Counts(next));
        JsonElement change = next.At("rows", "nodes")[0];
        Assert.Equal(["contacts", "description", "service", "summary", "title"], change.GetProperty("changedFields").EnumerateArray().Select(f => f.GetString()).Order(StringComparer.Ordinal));
        Assert.Empty(change.GetProperty("priceChanges").EnumerateArray());
        JsonElement changed = (await desk.ApplyAsync(next, submit: true)).At("rows", "nodes")[0].GetProperty("offer");
        await supplier.StepAsync("PublishOffer", changed, SmallMarket.Govdigital);

        offer = Assert.Single((await OffersAsync(trade)).EnumerateArray());
        Assert.Equal(("PUBLISHED", "Tonnen online", "DIRECT", 1, 1), (
            offer.GetProperty("state").GetString(), offer.GetProperty("title").GetString(), offer.GetProperty("orderingMode").GetString(), offer.GetProperty("prices").GetArrayLength(), offer.GetProperty("terms").GetArrayLength()));
        Assert.Equal("""[{"purpose":"COMMERCIAL","email":"vertrieb@supplier.example"},{"purpose":"TECHNICAL","email":"abfallbehaelter@supplier.example"}]""", offer.GetProperty("contacts").GetRawText());
        Assert.Equal(("Tonnen", "EFA_ONLINE_SERVICE", "2/3a"), (offer.At("service", "name").GetString(), offer.At("service", "kind").GetString(), offer.At("service", "fimType").GetString()));
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task What_is_wrong_is_told_by_its_line_and_nothing_is_changed(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var desk = new ImportDesk(trade);
        int line = Line("leika-id: \"77000000000317\"");

        // By the reader of the file, then by the checks of every upload.
        JsonElement missing = await PlannedAsync(desk, Sample.Replace("name: Abfallbehälter\n", "\n", StringComparison.Ordinal).Replace("Umwelt", "Wald", StringComparison.Ordinal));
        Assert.Equal("PLANNED 0 0 0 1", ImportDesk.Counts(missing));
        Assert.Equal(
            [$"1 {Line("publiccodeYmlVersion")} PUBLICCODE_KEY_MISSING /name", $"1 {Line("- themenfeld")} SUBJECT_AREA_UNKNOWN /de/leika/0/themenfeld", $"1 {line - 2} SUBJECT_AREA_UNKNOWN /de/leika/1/themenfeld"],
            ImportDesk.Errors(missing));
        JsonElement wrong = await PlannedAsync(desk, Sample.Replace("77000000000317", "770", StringComparison.Ordinal).Replace("abfallbehaelter@supplier.example", "abfall", StringComparison.Ordinal));
        Assert.Equal([$"1 {line} LEIKA_KEY_INVALID /de/leika/1/leika-id", $"1 {Line("email:")} EMAIL_INVALID /maintenance/contacts/0/email"], ImportDesk.Errors(wrong));
        Assert.Equal("ROWS_REJECTED", (await desk.TryApplyAsync(wrong)).GetProperty("errors")[0].GetProperty("code").GetString());

        (string Expected, byte[] File)[] unreadable =
        [
            ("PUBLICCODE_NOT_YAML 3", Bytes("name: a\nurl: b\n]: [")),
            ("PUBLICCODE_ALIAS_USED 2", Bytes("a: b\nb: &all [x, x]\nc: &more [*all, *all]\nd: [*more, *more]\n")),
            ("PUBLICCODE_SECOND_DOCUMENT " + (Sample.Count(c => c == '\n') + 1), Bytes(Sample + "---\n" + Sample)),
            ("FILE_NOT_UTF8 4", Encoding.Latin1.GetBytes(Sample.ReplaceLineEndings("\n").Split("\n", 3)[2].Insert(0, "\n\n"))),
        ];
        foreach ((string expected, byte[] file) in unreadable)
        {
            JsonElement failed = await desk.PlannedAsync(file, Format);
            Assert.Equal(("FAILED", expected), (ImportDesk.State(failed), $"{failed.At("failure", "code")} {failed.At("failure", "line")}"));
        }
        Assert.Empty((await OffersAsync(trade)).EnumerateArray());
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_taken_and_a_seller_is_named_before()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new ImportDesk(trade);
        JsonElement import = await desk.StartAsync(Format);
        byte[] large = Bytes(Sample + new string('#', PubliccodeFile.MostBytes));
        await desk.PutAsync(import, large).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
        await desk.PutAsync(import, ImportDesk.Packed(large), encoding: "gzip").RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
        Assert.Equal("AWAITING_FILE", ImportDesk.State(await desk.ReadAsync(import)));
        using (HttpResponseMessage taken = await desk.PutAsync(import, ImportDesk.Packed(Bytes(Sample)), encoding: "gzip")) Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal("PLANNED 1 0 0 0", ImportDesk.Counts(await desk.SettledAsync(import)));

        Answer refused = await trade.RunAsync("StartOfferImport", new { input = new { supplierId = trade.Organisation(SmallMarket.Supplier), format = Format, idempotencyKey = trade.NewKey() } }, SmallMarket.Supplier);
        JsonElement error = Assert.Single(refused.Data.At("startOfferImport", "errors").EnumerateArray());
        Assert.Equal("""REQUIRED ["input","sellerId"]""", $"{error.GetProperty("code").GetString()} {error.GetProperty("path").GetRawText()}");
    }

    private static Task<JsonElement> PlannedAsync(ImportDesk desk, string file) => desk.PlannedAsync(Bytes(file), Format);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Where the sample first says something.</summary>
    private static int Line(string text) => Sample[..Sample.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

    /// <summary>What the supplier sees of what the files may have made.</summary>
    private static async Task<JsonElement> OffersAsync(TradeHost trade) => (await trade.AskAsync(
        "{ offers(filter: { leikaKeys: [\"77000000000316\"] }) { nodes { id state title orderingMode draft { state } service { name kind leikaKeys fimType } prices { code } terms { id } contacts { purpose email } } } }",
        client: SmallMarket.Supplier)).Data.At("offers", "nodes");
}
