using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed in the middle of a billing run goes on where it was: each order is billed once, and no number is missing.</summary>
[Collection(KillCollection.Name)]
public sealed class BillingKillTests
{
    private const int Orders = 1_000;

    // A killed server's lease has to run out before the run goes on, so that these kills take their time.
    private static readonly int Kills = Math.Min(KilledServer.Kills, 5);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_killed_run_is_resumed_exactly()
    {
        await using var server = new KilledServer();
        await server.StartAsync();
        await OrderAsync(server);
        await server.KillAsync();
        await CopyAsync(server);
        await server.StartAsync();
        await server.AuthoriseAsync("demo-seller");
        string run = await BeginAsync(server);

        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(1_000));
            await server.KillAsync();
            await EverythingIsBilledAtMostOnceAsync(server);
            await server.StartAsync();
            await server.AuthoriseAsync("demo-seller");
        }
        await EndAsync(server, run);
        await server.KillAsync();

        await EverythingIsBilledAtMostOnceAsync(server);
        Assert.Equal(Orders, await server.CountAsync("(SELECT DISTINCT OrderId FROM InvoiceLines)"));
        Assert.Equal(Orders, await server.CountAsync("BilledPeriods WHERE Part = (SELECT Part FROM BilledPeriods WHERE Year <> 0 LIMIT 1)"));
        Assert.Equal([(long)Orders], await server.ReadAsync<long>("SELECT OrdersDone FROM BillingRuns"));
    }

    private static async Task EverythingIsBilledAtMostOnceAsync(KilledServer server)
    {
        Assert.Equal(await server.CountAsync("InvoiceLines"), await server.CountAsync("(SELECT DISTINCT OrderId FROM InvoiceLines)"));
        IReadOnlyList<string> numbers = await server.ReadAsync<string>("SELECT substr(Number, -6) FROM Invoices ORDER BY Number");
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => n.ToString("000000", CultureInfo.InvariantCulture)), numbers);
        Assert.Equal(numbers.Count, await server.CountAsync("InvoiceDocuments"));
        Assert.Equal(await server.CountAsync("(SELECT DISTINCT OrderId FROM InvoiceLines)"), await server.CountAsync("(SELECT DISTINCT OrderId FROM BilledPeriods)"));
        await server.IsSoundAsync();
    }

    /// <summary>One order, taken to its service.</summary>
    private static async Task OrderAsync(KilledServer server)
    {
        await server.AuthoriseAsync("demo-municipality");
        string today = Marketplace.Storage.BerlinCalendar.Today(TimeProvider.System).ToString("O", CultureInfo.InvariantCulture);
        string municipality = (await server.AskAsync(Repository.Operation("FindOrganisation"), new { ars = "053340002002" })).GetProperty("organisations").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        JsonElement offer = (await server.AskAsync(Repository.Operation("OfferForOrganisation"), new { slug = "bewohnerparken", organisationId = municipality, startsOn = today })).GetProperty("offer");
        object input = new
        {
            offerId = offer.GetProperty("id").GetString(),
            orderedById = municipality,
            startsOn = today,
            quoteHash = offer.GetProperty("quote").GetProperty("quote").GetProperty("hash").GetString(),
            acceptedTerms = offer.GetProperty("terms").EnumerateArray().Select(t => new { documentId = t.GetProperty("id").GetString(), sha256 = t.GetProperty("sha256").GetString() }).ToArray(),
            declaresAuthorisedToRepresent = true,
            idempotencyKey = "order",
        };
        string order = (await server.AskAsync(Repository.Operation("PlaceOrder"), new { input })).GetProperty("placeOrder").GetProperty("order").GetProperty("id").GetString()!;
        await server.AuthoriseAsync("demo-seller");
        await StepAsync("AcceptOrder", new { orderId = order, expectedVersion = 1, idempotencyKey = "accept" });
        await server.AuthoriseAsync("demo-supplier");
        await StepAsync("StartProvisioning", new { orderId = order, expectedVersion = 2, idempotencyKey = "start" });
        await StepAsync("ActivateOrder", new { orderId = order, expectedVersion = 3, activeFrom = today, idempotencyKey = "activate" });

        async Task StepAsync(string name, object step) =>
            Assert.Equal("[]", (await server.AskAsync(Repository.Operation(name), new { input = step })).EnumerateObject().Single().Value.GetProperty("errors").GetRawText());
    }

    /// <summary>As many orders as there are wanted, like the one that was placed; each is billed for itself.</summary>
    private static async Task CopyAsync(KilledServer server)
    {
        string[] columns = [.. (await server.ReadAsync<string>("SELECT name FROM pragma_table_info('Orders')")).Select(c => $"\"{c}\"")];
        string[] values = [.. columns.Select(c => c switch { "\"Id\"" => "randomblob(16)", "\"Number\"" => "'COPY-' || n", _ => c })];
        await server.ReadAsync<long>(
            $"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {Orders - 1}) INSERT INTO Orders ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM Orders, count");
    }

    private static async Task<string> BeginAsync(KilledServer server)
    {
        DateOnly today = Marketplace.Storage.BerlinCalendar.Today(TimeProvider.System);
        string seller = (await server.AskAsync("{ orders(first: 1) { nodes { seller { id } } } }", new { })).GetProperty("orders").GetProperty("nodes")[0].GetProperty("seller").GetProperty("id").GetString()!;
        var input = new { sellerId = seller, year = today.Year, issueOn = today, dueOn = today.AddDays(30), idempotencyKey = "run" };
        // What waits for the end of the run would leave nothing to kill.
        _ = server.AskAsync(Repository.Operation("ExecuteBillingRun"), new { input }).ContinueWith(_ => { }, TaskScheduler.Default);
        for (int i = 0; i < 200; i++)
        {
            JsonElement runs = (await server.AskAsync("query($s: ID!) { billingRuns(sellerId: $s, first: 1) { nodes { id } } }", new { s = seller })).GetProperty("billingRuns").GetProperty("nodes");
            if (runs.GetArrayLength() == 1) return runs[0].GetProperty("id").GetString()!;
            await Task.Delay(20);
        }
        throw new TimeoutException("The run does not begin.");
    }

    private static async Task EndAsync(KilledServer server, string run)
    {
        using var limit = new CancellationTokenSource(Longest);
        while ((await server.AskAsync("query($id: ID!) { node(id: $id) { ... on BillingRun { state } } }", new { id = run })).GetProperty("node").GetProperty("state").GetString() is var state && state != "FINISHED")
        {
            Assert.Equal("RUNNING", state);
            await Task.Delay(250, limit.Token);
        }
    }
}
