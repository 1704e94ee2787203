using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Efa.Graph.Tests.Catalog.Imports;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed while it plans or applies a file of offers goes on where it was: each row is there once, all at one moment, and nothing half.</summary>
public sealed class ImportKillTests
{
    private const int Rows = 6_000;

    // So often before all rows are applied.
    private static readonly int Kills = Math.Min(KilledServer.Kills, 3);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_killed_import_is_resumed_exactly()
    {
        await using var server = new KilledServer();
        await StartAsync(server);
        (string supplier, string seller) = await PartiesAsync(server);
        long offers = await server.CountAsync("Offers"), versions = await server.CountAsync("OfferVersions");
        var input = new { supplierId = supplier, format = "CSV", sellerId = seller, idempotencyKey = "start" };
        JsonElement import = (await server.AskAsync(Repository.Operation("StartOfferImport"), new { input })).GetProperty("startOfferImport").GetProperty("import");
        string id = import.GetProperty("id").GetString()!;
        await PutAsync(server, id);

        await KillAsync(server, id, "PLANNING");
        JsonElement planned = await SettledAsync(server, id);
        Assert.Equal($"PLANNED {Rows} 0 0 0", ImportDesk.Counts(planned));

        var apply = new { importId = id, planHash = planned.GetProperty("planHash").GetString(), mode = "ATOMIC", submit = true, idempotencyKey = "apply" };
        Assert.Equal("[]", (await server.AskAsync(Repository.Operation("ApplyOfferImport"), new { input = apply })).GetProperty("applyOfferImport").GetProperty("errors").GetRawText());
        for (int kill = 0; kill < Kills; kill++) await KillAsync(server, id, "APPLYING");
        Assert.Equal($"SUCCEEDED {Rows} 0 0 0", ImportDesk.Counts(await SettledAsync(server, id)));

        await NothingIsLeftAsync(server);
        await server.KillAsync();
        Assert.Equal(offers + Rows, await server.CountAsync("Offers"));
        Assert.Equal(versions + Rows, await server.CountAsync("OfferVersions"));
        Assert.Equal(Rows, await server.CountAsync("Events WHERE Type = 'offer.created'"));
        Assert.Equal(Rows, await server.CountAsync("Events WHERE Type = 'offer.submitted'"));
        IReadOnlyList<long> positions = await server.ReadAsync<long>("SELECT Position FROM Events ORDER BY Position");
        Assert.Equal(Enumerable.Range(1, positions.Count).Select(n => (long)n), positions);
        Assert.Equal([(long)positions.Count], await server.ReadAsync<long>("SELECT Position FROM LogHead"));
        await server.IsSoundAsync();
        Figures.Say($"{Kills + 1} kills in an import: {Rows} rows, each there once");
    }

    private static async Task StartAsync(KilledServer server)
    {
        await server.StartAsync();
        await server.AuthoriseAsync("demo-supplier");
    }

    /// <summary>Kills the server at any moment; until all rows are current, nobody sees one.</summary>
    private static async Task KillAsync(KilledServer server, string id, string state)
    {
        await Task.Delay(Random.Shared.Next(1_500));
        await server.KillAsync();
        long seen = await server.CountAsync("Offers WHERE ExternalId LIKE 'I-%' AND Id NOT IN (SELECT Id FROM UpcomingThings)");
        Assert.True(seen is 0 or Rows, $"{seen} offers are there.");
        await StartAsync(server);
        string now = ImportDesk.State(await ReadAsync(server, id));
        Assert.True(now == state || now == (state == "PLANNING" ? "PLANNED" : "SUCCEEDED"), now);
    }

    private static async Task<(string Supplier, string Seller)> PartiesAsync(KilledServer server)
    {
        JsonElement viewer = (await server.AskAsync("{ viewer { actsFor { organisation { id } } } offers(first: 1) { nodes { seller { id } } } }", new { }));
        return (viewer.GetProperty("viewer").GetProperty("actsFor")[0].GetProperty("organisation").GetProperty("id").GetString()!,
            viewer.GetProperty("offers").GetProperty("nodes")[0].GetProperty("seller").GetProperty("id").GetString()!);
    }

    private static async Task PutAsync(KilledServer server, string id)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/imports/{id}") { Content = new ByteArrayContent(ImportDesk.Csv(Enumerable.Range(1, Rows).Select(i => ImportDesk.Line(ImportDesk.Id(i))))) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await server.TokenAsync());
        using HttpResponseMessage sent = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
    }

    private static async Task<JsonElement> ReadAsync(KilledServer server, string id) => (await server.AskAsync(Repository.Operation("OfferImport"), new { id, first = 1 })).GetProperty("offerImport");

    private static async Task<JsonElement> SettledAsync(KilledServer server, string id)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            JsonElement now = await ReadAsync(server, id);
            if (ImportDesk.State(now) is not ("PLANNING" or "APPLYING")) return now;
            await Task.Delay(250, limit.Token);
        }
    }

    private static async Task NothingIsLeftAsync(KilledServer server)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (await server.CountAsync("UpcomingThings") + await server.CountAsync("UpcomingDrafts") + await server.CountAsync("UpcomingEvents") > 0) await Task.Delay(250, limit.Token);
    }
}
