using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Catalog.Imports;

/// <summary>Files that are not as they should be, and uploads that are not.</summary>
public sealed class OfferImportFileTests
{
    [Fact]
    public async Task What_is_wrong_with_a_file_is_told_with_its_line_and_nothing_is_changed()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new ImportDesk(trade);
        string good = ImportDesk.Line("I-1");
        (string Expected, byte[] File, string Format)[] files =
        [
            ("FILE_NOT_UTF8 3", [.. ImportDesk.Csv(good), .. Encoding.Latin1.GetBytes(good)], "CSV"),
            ("FILE_NOT_UTF8 1", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(ImportDesk.Header)], "CSV"),
            ("COLUMN_UNKNOWN 1", Encoding.UTF8.GetBytes("externalId,preis\nI-1,3\n"), "CSV"),
            ("COLUMN_DUPLICATE 1", Encoding.UTF8.GetBytes("externalId,title,title\nI-1,a,b\n"), "CSV"),
            ("COLUMN_MISSING 1", Encoding.UTF8.GetBytes("title\nEins\n"), "CSV"),
            ("QUOTE_MISSING 3", ImportDesk.Csv(good, "I-2,\"Parken,x\n" + good), "CSV"),
            ("QUOTE_MISSING 2", ImportDesk.Csv("I-2,\"Parken"), "CSV"),
            ("FIELD_TOO_LONG 2", ImportDesk.Csv($"I-2,{new string('x', 10 * 1024 * 1024)}"), "CSV"),
            ("FIELD_TOO_LONG 1", Encoding.UTF8.GetBytes($"{{\"title\":\"{new string('x', 10 * 1024 * 1024)}\"}}"), "NDJSON"),
            ("FILE_EMPTY 1", Encoding.UTF8.GetBytes(ImportDesk.Header), "CSV"),
            ("FILE_EMPTY 1", "\n \n"u8.ToArray(), "NDJSON"),
        ];
        foreach ((string expected, byte[] file, string format) in files)
        {
            JsonElement import = await desk.PlannedAsync(file, format);
            Assert.Equal("FAILED", ImportDesk.State(import));
            Assert.Equal(expected, $"{import.At("failure", "code")} {import.At("failure", "line")}");
        }
        Assert.Empty((await trade.AskAsync("{ offers(filter: { search: \"Bewohnerparken\" }) { nodes { id } } }", client: SmallMarket.Supplier)).Data.At("offers", "nodes").EnumerateArray());
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_rejected_alone()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new ImportDesk(trade);
        // With a byte order mark, a semicolon, an empty line and a cell over two lines.
        string csv = "\uFEFF" + "externalId;service.own.externalId;service.own.name;service.own.kind;title;summary;description;orderingMode;availableIn;prices;minimumTermMonths\r\n"
            + $"I-1;p;Parken;EFA_ONLINE_SERVICE;T;Kurz;\"Zwei\r\nZeilen; \"\"so\"\"\";DIRECT;05 | 09;{ImportDesk.Price("1.00")};12\r\n\r\n"
            + "I-2;p;Parken\r\n"
            + $"I-3;p;Parken;ETWAS;T;S;;DIRECT;;{ImportDesk.Price("1,50")};zwölf\r\n"
            + "I-4;p;Parken;EFA_ONLINE_SERVICE;T;S;;DIRECT;;kein JSON;\r\n";
        JsonElement import = await desk.PlannedAsync(Encoding.UTF8.GetBytes(csv));
        Assert.Equal("PLANNED 1 0 0 3", ImportDesk.Counts(import));
        Assert.Equal(
            ["2 5 CELLS_MISCOUNTED ", "3 6 VALUE_INVALID /service/own/kind", "3 6 VALUE_INVALID /prices/0/flat/amount", "3 6 VALUE_INVALID /minimumTermMonths", "4 7 VALUE_INVALID /prices"],
            ImportDesk.Errors(import).Order(StringComparer.Ordinal).OrderBy(e => int.Parse(e[..1], CultureInfo.InvariantCulture)).ThenBy(e => e.Contains("kind", StringComparison.Ordinal) ? 0 : e.Contains("amount", StringComparison.Ordinal) ? 1 : 2));
        Assert.Equal("Zwei\r\nZeilen; \"so\"", await DescriptionAsync(trade, desk, import));
    }

    [Fact]
    public async Task Lines_of_JSON_are_read_like_the_rows_of_an_upload()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var (desk, supplier) = (new ImportDesk(trade), new SupplierDesk(trade));
        Dictionary<string, object?> row = supplier.Row("I-1");
        string good = JsonSerializer.Serialize(row);
        string[] lines =
        [
            good, "", "[1]", "{\"title\":\"a\",\"title\":\"b\"}", good.Replace("\"title\"", "\"titel\"", StringComparison.Ordinal),
            good.Replace("I-1", "I-2", StringComparison.Ordinal).Replace("\"950.00\"", "950.00", StringComparison.Ordinal),
            "{\"externalId\":\"I-3\",\"service\":{}}", good.Replace("I-1", "I-4", StringComparison.Ordinal).Replace("\"kind\":\"EFA_ONLINE_SERVICE\",", "", StringComparison.Ordinal),
        ];
        JsonElement import = await desk.PlannedAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines)), "NDJSON");
        Assert.Equal("PLANNED 2 0 0 5", ImportDesk.Counts(import));
        Assert.Equal(
            ["2 3 LINE_NOT_JSON ", "3 4 LINE_NOT_JSON ", "4 5 FIELD_UNKNOWN /titel", "4 5 REQUIRED /title", "6 7 NOT_ONE_FIELD /service"], ImportDesk.Errors(import).Take(5));
        Assert.Equal("7 8 REQUIRED /service/own/kind", ImportDesk.Errors(import).Last());

        await desk.ApplyAsync(import, "PARTIAL");
        JsonElement uploaded = await supplier.UploadedAsync(row);
        Assert.Equal("UNCHANGED", uploaded.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task The_template_can_be_sent_as_it_is_and_the_schema_tells_the_same_fields()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var desk = new ImportDesk(trade);
        byte[] template = await trade.Host.Client.GetByteArrayAsync("/imports/template.csv");
        Assert.Equal("PLANNED 1 0 0 0", ImportDesk.Counts(await desk.PlannedAsync(template)));

        JsonElement schema = JsonDocument.Parse(await trade.Host.Client.GetStringAsync("/imports/schema.json")).RootElement;
        string[] columns = Encoding.UTF8.GetString(template).Split("\r\n")[0].Split(',');
        Assert.Equal(columns, schema.GetProperty("csvColumns").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
        Assert.Equal(schema.GetProperty("properties").EnumerateObject().Select(p => p.Name), columns.Select(c => c.Split('.')[0]).Distinct());
        Answer input = await trade.AskAsync("{ __type(name: \"OfferInput\") { inputFields { name } } }");
        Assert.Equal(input.Data.At("__type", "inputFields").EnumerateArray().Select(f => f.GetProperty("name").GetString()), schema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task An_address_takes_one_file_of_its_supplier_in_time()
    {
        await using TradeHost trade = await TradeHost.StartAsync(settings: new Dictionary<string, string> { ["Imports:MaxBytes"] = "20000" });
        var desk = new ImportDesk(trade);
        JsonElement import = await desk.StartAsync();
        byte[] file = ImportDesk.Csv(ImportDesk.Line("I-1")), packed = ImportDesk.Packed(file);

        await desk.PutAsync(import, file, client: null).RefusedAsync(HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        await desk.PutAsync(import, file, TradeHost.Powerless).RefusedAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await desk.PutAsync(import, file, SmallMarket.Govdigital).RefusedAsync(HttpStatusCode.NotFound, "UPLOAD_UNKNOWN");
        await desk.PutAsync(import, file, encoding: "br").RefusedAsync(HttpStatusCode.UnsupportedMediaType, "MALFORMED_REQUEST");
        await desk.PutAsync(import, new byte[20_001]).RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
        await desk.PutAsync(import, ImportDesk.Packed(new byte[20_001]), encoding: "gzip").RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "LIMIT_EXCEEDED");
        await desk.PutAsync(import, packed[..^20], encoding: "gzip").RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await desk.PutAsync(import, file, encoding: "gzip").RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        Assert.Equal("AWAITING_FILE", ImportDesk.State(await desk.ReadAsync(import)));

        using (HttpResponseMessage taken = await desk.PutAsync(import, packed, encoding: "gzip")) Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        await desk.PutAsync(import, file).RefusedAsync(HttpStatusCode.Conflict, "UPLOAD_TAKEN");
        JsonElement planned = await desk.SettledAsync(import);
        Assert.Equal(("PLANNED 1 0 0 0", SupplierDesk.HashOf(file)), (ImportDesk.Counts(planned), planned.GetProperty("fileSha256").GetString()));

        JsonElement late = await desk.StartAsync();
        trade.Clock.Advance(TimeSpan.FromMinutes(61));
        await desk.PutAsync(late, file).RefusedAsync(HttpStatusCode.Gone, "UPLOAD_EXPIRED");
        Assert.Equal("AWAITING_FILE", ImportDesk.State(await desk.ReadAsync(late)));
    }

    private static async Task<string?> DescriptionAsync(TradeHost trade, ImportDesk desk, JsonElement import)
    {
        JsonElement applied = await desk.ApplyAsync(import, "PARTIAL");
        string id = applied.At("rows", "nodes")[0].At("offer", "id").GetString()!;
        return (await trade.AskAsync("query($id: ID!) { offer(by: { id: $id }) { description } }", new { id }, SmallMarket.Supplier)).Data.At("offer", "description").GetString();
    }
}
