using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog.Imports;

public sealed class OfferImportFaultTests
{
    private const int Rows = 2_000;

    private static readonly (string Fault, Func<string, string> Row)[] Faults =
    [
        ("STATE_UNKNOWN /availableIn/1", id => ImportDesk.Line(id, states: "05|17")),
        ("AMOUNT_NEGATIVE /prices/0/flat/amount", id => ImportDesk.Line(id, amount: "-1.00")),
        ("VALUE_INVALID /prices/0/flat/amount", id => ImportDesk.Line(id, amount: "1.0000001")),
        ("REQUIRED /title", id => ImportDesk.Line(id, title: "")),
        ("TOO_LONG /title", id => ImportDesk.Line(id, title: new string('x', 201))),
        ("TIERS_NOT_ASCENDING /prices/0/tiered/tiers/1/upTo", id => Tiered(id, """[{"upTo":10,"unitPrice":"1"},{"upTo":10,"unitPrice":"1"},{"unitPrice":"1"}]""")),
        ("LAST_TIER_NOT_OPEN /prices/0/tiered/tiers/0/upTo", id => Tiered(id, """[{"upTo":10,"unitPrice":"1"}]""")),
        ("VALUE_INVALID /service/own/kind", id => ImportDesk.Line(id).Replace("EFA_ONLINE_SERVICE", "EFA", StringComparison.Ordinal)),
        ("DUPLICATE /externalId", _ => ImportDesk.Line(ImportDesk.Id(1))),
        ("CELLS_MISCOUNTED ", id => id + ",x"),
    ];

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task Exactly_the_seeded_faults_are_reported(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        var desk = new ImportDesk(trade);
        var random = new Random(4711);
        var seeded = new List<string>();
        var lines = new List<string>();
        for (int row = 1; row <= Rows; row++)
        {
            if (row == 1 || random.Next(20) > 0)
            {
                lines.Add(ImportDesk.Line(ImportDesk.Id(row)));
                continue;
            }
            (string fault, Func<string, string> make) = Faults[random.Next(Faults.Length)];
            lines.Add(make(ImportDesk.Id(row)));
            seeded.Add($"{row} {row + 1} {fault}");
        }

        JsonElement planned = await desk.PlannedAsync(ImportDesk.Csv(lines));
        Assert.Equal($"PLANNED {Rows - seeded.Count} 0 0 {seeded.Count}", ImportDesk.Counts(planned));
        var reported = new List<string>();
        for (string? after = null; ;)
        {
            JsonElement rows = (await desk.ReadAsync(planned, ["REJECT"], first: 30, after)).GetProperty("rows");
            reported.AddRange(rows.GetProperty("nodes").EnumerateArray().SelectMany(r => r.GetProperty("errors").EnumerateArray()).Select(e => $"{e.GetProperty("row")} {e.GetProperty("line")} {e.GetProperty("code")} {e.GetProperty("pointer")}"));
            if (!rows.At("pageInfo", "hasNextPage").GetBoolean()) break;
            after = rows.At("pageInfo", "endCursor").GetString();
        }
        Assert.True(seeded.Count > 80);
        Assert.Equal(seeded, reported);
    }

    private static string Tiered(string id, string tiers)
    {
        string price = $$$"""[{"tiered":{"code":"t","label":"Stufen","period":"YEAR","taxes":[{"treatment":"STANDARD"}],"basis":"INHABITANTS","graduated":true,"tiers":{{{tiers}}} } }]""";
        return ImportDesk.Line(id).Replace(ImportDesk.Price("950.00"), ImportDesk.Cell(price), StringComparison.Ordinal);
    }
}
