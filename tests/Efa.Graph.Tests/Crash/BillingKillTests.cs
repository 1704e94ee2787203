using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Crash;

/// <summary>A server that is killed in the middle of a billing run goes on where it was: each order is billed once, and no number is missing.</summary>
public sealed class BillingKillTests
{
    private static readonly int Kills = Math.Clamp(KilledServer.Kills / 4, 1, 5);

    // A step bills 200: enough that each server gets some way and none to the end.
    private static readonly int Orders = 400 * (Kills + 2);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_killed_run_is_resumed_exactly(StoreKind kind)
    {
        await using TestDatabase database = await TestDatabase.MakeAsync(kind);
        await using var server = new KilledServer(database: database);
        await server.StartAsync();
        await OrderAsync(server);
        await server.KillAsync();
        await CopyAsync(server);
        await server.StartAsync();
        await server.AuthoriseAsync("demo-seller");
        (string seller, string run) = await BeginAsync(server);

        int done = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await MovedAsync(server, done);
            await server.KillAsync();

            done = await DoneAsync(server);
            Assert.InRange(done, 1, Orders - 1);
            Assert.Equal(1, await server.CountAsync("\"BillingRuns\" WHERE \"FinishedAt\" IS NULL"));
            await EverythingIsBilledAtMostOnceAsync(server);
            Assert.Equal(done, await server.CountAsync("""(SELECT DISTINCT "OrderId" FROM "BilledPeriods") AS o"""));

            await server.StartAsync();
            await server.AuthoriseAsync("demo-seller");
            // It goes on as soon as the killed server's lease has run out.
            (string? state, int told) = await ToldAsync(server, seller);
            Assert.Equal("RUNNING", state);
            Assert.InRange(told, done, Orders - 1);
        }
        await EndAsync(server, run);
        await server.KillAsync();

        await EverythingIsBilledAtMostOnceAsync(server);
        Assert.Equal(Orders, await server.CountAsync("""(SELECT DISTINCT "OrderId" FROM "InvoiceLines") AS o"""));
        Assert.Equal(Orders, await server.CountAsync("\"BilledPeriods\" WHERE \"Part\" = (SELECT \"Part\" FROM \"BilledPeriods\" WHERE \"Year\" <> 0 LIMIT 1)"));
        Assert.Equal(Orders, await DoneAsync(server));
        Figures.Say($"{Kills} kills in a billing run on {kind}: {Orders} orders, each billed once");
    }

    private static async Task<int> DoneAsync(KilledServer server) => Assert.Single(await server.ReadAsync<int>("""SELECT "OrdersDone" FROM "BillingRuns" """));

    /// <summary>Waits until the run is further than it was.</summary>
    private static async Task MovedAsync(KilledServer server, int done)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (await DoneAsync(server) == done) await Task.Delay(10, limit.Token);
    }

    /// <summary>How far the seller's newest run is, as the API says.</summary>
    private static async Task<(string? State, int OrdersDone)> ToldAsync(KilledServer server, string seller)
    {
        JsonElement run = (await server.AskAsync("query($s: ID!) { billingRuns(sellerId: $s, first: 1) { nodes { state ordersDone } } }", new { s = seller })).GetProperty("billingRuns").GetProperty("nodes")[0];
        return (run.GetProperty("state").GetString(), run.GetProperty("ordersDone").GetInt32());
    }

    private static async Task EverythingIsBilledAtMostOnceAsync(KilledServer server)
    {
        const string billed = """(SELECT DISTINCT "OrderId" FROM "InvoiceLines") AS o""";
        Assert.Equal(await server.CountAsync("\"InvoiceLines\""), await server.CountAsync(billed));
        IReadOnlyList<string> numbers = await server.ReadAsync<string>("""SELECT "Number" FROM "Invoices" ORDER BY "Number" """);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => n.ToString("000000", CultureInfo.InvariantCulture)), numbers.Select(n => n[^6..]));
        Assert.Equal(numbers.Count, await server.CountAsync("\"InvoiceDocuments\""));
        Assert.Equal(await server.CountAsync(billed), await server.CountAsync("""(SELECT DISTINCT "OrderId" FROM "BilledPeriods") AS o"""));
        await server.IsSoundAsync();
    }

    /// <summary>One order, taken to its service.</summary>
    private static async Task OrderAsync(KilledServer server)
    {
        await server.AuthoriseAsync("demo-municipality");
        string today = BerlinCalendar.Today(TimeProvider.System).ToString("O", CultureInfo.InvariantCulture);
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
        bool file = server.Kind == StoreKind.Sqlite;
        string[] columns = [.. (await server.ReadAsync<string>(file
            ? "SELECT name FROM pragma_table_info('Orders')"
            : "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'Orders'")).Select(c => $"\"{c}\"")];
        string[] values = [.. columns.Select(c => c switch { "\"Id\"" => file ? "randomblob(16)" : "gen_random_uuid()", "\"Number\"" => "'COPY-' || n", _ => c })];
        await server.ReadAsync<long>($"""
            WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < {Orders - 1})
            INSERT INTO "Orders" ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM "Orders" CROSS JOIN copies
            """);
    }

    /// <summary>The seller and the run that bills its orders.</summary>
    private static async Task<(string Seller, string Run)> BeginAsync(KilledServer server)
    {
        DateOnly today = BerlinCalendar.Today(TimeProvider.System);
        string seller = (await server.AskAsync("{ orders(first: 1) { nodes { seller { id } } } }", new { })).GetProperty("orders").GetProperty("nodes")[0].GetProperty("seller").GetProperty("id").GetString()!;
        var input = new { sellerId = seller, year = today.Year, issueOn = today, dueOn = today.AddDays(30), idempotencyKey = "run" };
        // What waits for the end of the run would leave nothing to kill.
        _ = server.AskAsync(Repository.Operation("ExecuteBillingRun"), new { input }).ContinueWith(_ => { }, TaskScheduler.Default);
        for (int i = 0; i < 200; i++)
        {
            JsonElement runs = (await server.AskAsync("query($s: ID!) { billingRuns(sellerId: $s, first: 1) { nodes { id } } }", new { s = seller })).GetProperty("billingRuns").GetProperty("nodes");
            if (runs.GetArrayLength() == 1) return (seller, runs[0].GetProperty("id").GetString()!);
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
