using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Benchmarks;

/// <summary>100,000 offers from one file, with faults, then new, then changed: how long planning, applying and the switch take, what orders wait meanwhile, and by how much the server's memory grows.</summary>
internal static class ImportBenchmark
{
    private const int WarmRows = 1_000;
    private const double MostPlanSeconds = 60;
    private const double MostErrorSeconds = 2;
    private const double LeastRowsPerSecond = 3_000;
    private const double MostSwitchSeconds = 3;
    private const double MostOrderMilliseconds = 500;
    private const double MostMebibytes = 200;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMilliseconds(200);

    /// <param name="options"><c>--rows N</c> for another number of rows.</param>
    public static async Task<bool> RunAsync(string[] options)
    {
        int rows = Array.IndexOf(options, "--rows") is >= 0 and var at ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : 100_000;
        await using MeasuredStore store = await MeasuredStore.MakeAsync(options);
        await using var server = new MeasuredServer([.. store.Settings, "--Limits:PointsBurst=1000000000", "--Limits:Cost=100000"]);
        await server.StartAsync();
        var desk = new Desk(server);
        await desk.OpenAsync();
        await desk.ApplyAsync(await desk.PlanAsync("W", WarmRows, "Warm", faults: []));
        (Func<Task> order, List<(double At, double Milliseconds)> orders) = await OrdersAsync(server);
        await order();
        double before = server.Memory().Now;

        // Each twentieth row.
        int[] faults = [.. Enumerable.Range(1, rows).Where(i => i % 20 == 7)];
        Measured faulty = await desk.PlanAsync("F", rows, "Fehler", faults);
        int[] reported = await desk.RejectedAsync(faulty.Id);
        await desk.CancelAsync(faulty.Id);
        Measured made = await desk.PlanAsync("I", rows, "Neu", faults: []);

        using var placing = new CancellationTokenSource();
        Task buyer = PlaceAsync(order, placing.Token);
        Applied creation = await desk.ApplyAsync(made);
        Measured changed = await desk.PlanAsync("I", rows, "Anders", faults: []);
        Applied change = await desk.ApplyAsync(changed);
        await placing.CancelAsync();
        await buyer;
        double growth = server.Memory().Peak - before;

        double[] outside = [.. orders.Skip(1).Where(o => !creation.Switching(o.At, o.Milliseconds) && !change.Switching(o.At, o.Milliseconds)).Select(o => o.Milliseconds).Order()];
        double p99 = outside[(int)Math.Min(outside.Length - 1, Math.Ceiling(outside.Length * 0.99) - 1)];
        bool right = reported.SequenceEqual(faults) && faulty.Rejected == faults.Length && creation.State == "SUCCEEDED" && change.State == "SUCCEEDED";
        Say($"imports on {store.Kind}: {rows} rows");
        Say($"  planned in {faulty.Seconds:N1} s with {faults.Length} faults, in {made.Seconds:N1} s new, in {changed.Seconds:N1} s changed (limit {MostPlanSeconds:N0} s); first errors after {faulty.FirstErrorSeconds:N1} s (limit {MostErrorSeconds:N0} s); the reported rows are {(right ? "" : "NOT ")}those with faults");
        Say($"  applied {creation.RowsPerSecond:N0} new and {change.RowsPerSecond:N0} changed rows/s (limit {LeastRowsPerSecond:N0}); switched in {creation.SwitchSeconds:N1} s and {change.SwitchSeconds:N1} s (limit {MostSwitchSeconds:N0} s)");
        Say($"  placeOrder outside of the switch: {outside.Length} orders, p50 {outside[outside.Length / 2]:N0} ms, p99 {p99:N0} ms (limit {MostOrderMilliseconds:N0} ms)");
        Say($"  memory {before:N0} MiB after warm-up, grew by {growth:N0} MiB (limit {MostMebibytes:N0} MiB)");
        return right && new[] { faulty, made, changed }.All(m => m.Seconds <= MostPlanSeconds) && faulty.FirstErrorSeconds <= MostErrorSeconds
            && new[] { creation, change }.All(a => a.RowsPerSecond >= LeastRowsPerSecond && a.SwitchSeconds <= MostSwitchSeconds) && p99 <= MostOrderMilliseconds && growth <= MostMebibytes;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Now => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private static async Task PlaceAsync(Func<Task> order, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenOrders);
        var placed = new List<Task>();
        try
        {
            // Open: a slow order does not put off the next.
            while (await timer.WaitForNextTickAsync(cancellationToken)) placed.Add(order());
        }
        catch (OperationCanceledException)
        {
        }
        await Task.WhenAll(placed);
    }

    private static async Task<(Func<Task> Order, List<(double At, double Milliseconds)> Orders)> OrdersAsync(MeasuredServer server)
    {
        AuthenticationHeaderValue token = await server.TokenAsync("demo-municipality");
        DateTime authorised = DateTime.UtcNow;
        DateOnly today = BerlinCalendar.Today(TimeProvider.System);
        string municipality = (await server.AskAsync("{ viewer { actsFor { organisation { id } } } }", token: token)).GetProperty("viewer").GetProperty("actsFor")[0].GetProperty("organisation").GetProperty("id").GetString()!;
        JsonElement offer = (await server.AskAsync(
            "query($o: ID!, $d: Date!) { offer(by: { slug: \"bewohnerparken\" }) { id terms { id sha256 } quote(input: { for: { organisationId: $o }, startsOn: $d }) { quote { hash } } } }",
            new { o = municipality, d = today }, token)).GetProperty("offer");
        var terms = offer.GetProperty("terms").EnumerateArray().Select(t => new { documentId = t.GetProperty("id").GetString(), sha256 = t.GetProperty("sha256").GetString() }).ToArray();
        string hash = offer.GetProperty("quote").GetProperty("quote").GetProperty("hash").GetString()!;
        var orders = new List<(double At, double Milliseconds)>();
        return (async () =>
        {
            if (DateTime.UtcNow - authorised > TimeSpan.FromMinutes(5)) (token, authorised) = (await server.TokenAsync("demo-municipality"), DateTime.UtcNow);
            double began = Now;
            JsonElement payload = (await server.AskAsync("mutation($i: PlaceOrderInput!) { placeOrder(input: $i) { order { id } errors { code } } }", new
            {
                i = new
                {
                    offerId = offer.GetProperty("id").GetString(),
                    orderedById = municipality,
                    startsOn = today,
                    quoteHash = hash,
                    acceptedTerms = terms,
                    declaresAuthorisedToRepresent = true,
                    idempotencyKey = Guid.NewGuid(),
                },
            }, token)).GetProperty("placeOrder");
            if (payload.GetProperty("errors").GetArrayLength() > 0) throw new InvalidOperationException(payload.GetRawText());
            lock (orders) orders.Add((began, (Now - began) * 1000));
        }, orders);
    }

    /// <param name="Seconds">From the end of the upload to the plan.</param>
    private sealed record Measured(string Id, string PlanHash, int Rows, double Seconds, double FirstErrorSeconds, int Rejected);

    /// <param name="SwitchFrom">When the last rows were stored.</param>
    private sealed record Applied(string State, int Rows, double From, double SwitchFrom, double To)
    {
        public double RowsPerSecond => Rows / (To - From);

        public double SwitchSeconds => To - SwitchFrom;

        public bool Switching(double at, double milliseconds) => at <= To + 0.5 && at + (milliseconds / 1000) >= SwitchFrom - 0.5;
    }

    /// <summary>What the demo market's supplier does.</summary>
    private sealed class Desk(MeasuredServer server)
    {
        private string supplier = "";
        private string seller = "";
        private (AuthenticationHeaderValue Token, DateTime At) authorised;

        public async Task OpenAsync()
        {
            JsonElement parties = await AskAsync("{ viewer { actsFor { organisation { id } } } offers(first: 1) { nodes { seller { id } } } }", new { });
            supplier = parties.GetProperty("viewer").GetProperty("actsFor")[0].GetProperty("organisation").GetProperty("id").GetString()!;
            seller = parties.GetProperty("offers").GetProperty("nodes")[0].GetProperty("seller").GetProperty("id").GetString()!;
        }

        public async Task<Measured> PlanAsync(string prefix, int rows, string title, int[] faults)
        {
            JsonElement import = (await AskAsync("mutation($i: StartOfferImportInput!) { startOfferImport(input: $i) { import { id } errors { code } } }",
                new { i = new { supplierId = supplier, sellerId = seller, format = "CSV", idempotencyKey = Guid.NewGuid() } })).GetProperty("startOfferImport").GetProperty("import");
            string id = import.GetProperty("id").GetString()!;
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/imports/{id}") { Content = new ByteArrayContent(File(prefix, rows, title, faults.ToHashSet())) };
            request.Headers.Authorization = await TokenAsync();
            using HttpResponseMessage sent = await server.Client.SendAsync(request);
            sent.EnsureSuccessStatusCode();

            double began = Now, firstError = 0;
            while (true)
            {
                JsonElement now = (await AskAsync("query($id: ID!) { offerImport(id: $id) { state planHash rejected rows(first: 1, outcomes: [REJECT]) { nodes { errors { code } } } } }", new { id })).GetProperty("offerImport");
                if (firstError == 0 && now.GetProperty("rows").GetProperty("nodes").GetArrayLength() > 0) firstError = Now - began;
                if (now.GetProperty("state").GetString() != "PLANNING")
                {
                    var planned = new Measured(id, now.GetProperty("planHash").GetString()!, rows, Now - began, firstError, now.GetProperty("rejected").GetInt32());
                    Say($"  {prefix}: planned {rows} rows in {planned.Seconds:N1} s");
                    return planned;
                }
                await Task.Delay(Look);
            }
        }

        public async Task<Applied> ApplyAsync(Measured plan)
        {
            double began = Now, stored = 0;
            JsonElement begun = (await AskAsync("mutation($i: ApplyOfferImportInput!) { applyOfferImport(input: $i) { errors { code } } }",
                new { i = new { importId = plan.Id, planHash = plan.PlanHash, mode = "ATOMIC", submit = true, idempotencyKey = Guid.NewGuid() } })).GetProperty("applyOfferImport");
            if (begun.GetProperty("errors").GetArrayLength() > 0) throw new InvalidOperationException(begun.GetRawText());
            while (true)
            {
                JsonElement now = (await AskAsync("query($id: ID!) { offerImport(id: $id) { state rowsDone } }", new { id = plan.Id })).GetProperty("offerImport");
                if (stored == 0 && now.GetProperty("rowsDone").GetInt32() == plan.Rows) stored = Now;
                if (now.GetProperty("state").GetString() is var state && state != "APPLYING")
                {
                    var applied = new Applied(state!, plan.Rows, began, stored, Now);
                    Say($"  applied {plan.Rows} rows in {applied.To - applied.From:N1} s, of that the switch {applied.SwitchSeconds:N1} s");
                    return applied;
                }
                await Task.Delay(Look);
            }
        }

        public Task CancelAsync(string id) => AskAsync("mutation($i: CancelOfferImportInput!) { cancelOfferImport(input: $i) { errors { code } } }", new { i = new { importId = id, idempotencyKey = Guid.NewGuid() } });

        /// <summary>Numbers of the rejected rows.</summary>
        public async Task<int[]> RejectedAsync(string id)
        {
            var rows = new List<int>();
            for (string? after = null; ;)
            {
                JsonElement page = (await AskAsync("query($id: ID!, $after: Cursor) { offerImport(id: $id) { rows(first: 100, after: $after, outcomes: [REJECT]) { nodes { row } pageInfo { hasNextPage endCursor } } } }", new { id, after })).GetProperty("offerImport").GetProperty("rows");
                rows.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("row").GetInt32()));
                if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return [.. rows];
                after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            }
        }

        private async Task<AuthenticationHeaderValue> TokenAsync()
        {
            if (authorised.Token is null || DateTime.UtcNow - authorised.At > TimeSpan.FromMinutes(5)) authorised = (await server.TokenAsync("demo-supplier"), DateTime.UtcNow);
            return authorised.Token;
        }

        private async Task<JsonElement> AskAsync(string query, object variables) => await server.AskAsync(query, variables, await TokenAsync());

        /// <summary>Rows about parking permits of municipalities, of which some name a state that there is not.</summary>
        private static byte[] File(string prefix, int rows, string title, HashSet<int> faults)
        {
            var text = new StringBuilder("externalId,service.own.externalId,service.own.name,service.own.kind,title,summary,description,orderingMode,availableIn,connectionTypes,prices,contacts,minimumTermMonths\n");
            for (int i = 1; i <= rows; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{prefix}-{i},parken-{i % 100},Parkausweis {i % 100},EFA_ONLINE_SERVICE,{title} {i},Ausweise für Anwohner der Zone {i}.,")
                    .Append("\"Der Antrag wird online gestellt, geprüft und beschieden; der Ausweis kommt digital oder per Post. Angebunden sind Bezahldienst, Postfach und Fachverfahren.\",DIRECT,")
                    .Append(faults.Contains(i) ? "05|99" : "05|09").Append(",FIT-Connect|XTA,")
                    .Append(CultureInfo.InvariantCulture, $"\"[{{\"\"flat\"\":{{\"\"code\"\":\"\"year\"\",\"\"label\"\":\"\"Jahresentgelt\"\",\"\"period\"\":\"\"YEAR\"\",\"\"taxes\"\":[{{\"\"treatment\"\":\"\"STANDARD\"\"}}],\"\"amount\"\":\"\"{900 + (i % 100)}.00\"\"}}}}]\",")
                    .Append("\"[{\"\"name\"\":\"\"Erika Beispiel\"\",\"\"email\"\":\"\"erika@supplier.example\"\",\"\"purpose\"\":\"\"TECHNICAL\"\"}]\",12\n");
            }
            return Encoding.UTF8.GetBytes(text.ToString());
        }
    }
}
