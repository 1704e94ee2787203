using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;
using Microsoft.Data.Sqlite;

namespace Efa.Graph.Tests.Hosting;

/// <summary>What operators are shown of a running server, and what they are not shown.</summary>
public sealed class TelemetryTests : IDisposable
{
    private const string Mark = "Merkmal7f3a";

    private readonly string folder = Directory.CreateTempSubdirectory("efa_test_").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("attack", "I12")]
    public async Task Traces_metrics_and_logs_are_sent_and_nothing_that_callers_say_is_in_them()
    {
        await using OtlpCollector collector = await OtlpCollector.StartAsync();
        Uri address = Executable.FreeAddress();
        string key = Path.Combine(folder, "master.key"), store = Path.Combine(folder, "market.db");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        string token, log;
        await using (Executable server = Executable.Start(folder, $"--urls={address}", $"--Keys:MasterKeyFile={key}", $"--Store:ConnectionString=Data Source={store}",
            "--Demo:Load=true", "--Http:TrustedProxies:0=127.0.0.1", $"--Telemetry:OtlpEndpoint={collector.Address}"))
        {
            await server.ReadyAsync(address);
            token = await MarkedRequestsAsync(address);
            // Something for the log: a table that is not there.
            await using (var connection = new SqliteConnection($"Data Source={store};Pooling=False"))
            {
                await connection.OpenAsync();
                await using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "ALTER TABLE Offers RENAME TO OffersAway";
                await command.ExecuteNonQueryAsync();
            }
            await PostAsync(address, Repository.Operation("SearchOffers"), new { filter = new { search = Mark } }, null);
            await server.StopAsync();
            log = await server.LogAsync();
        }

        Assert.True(collector.Has("traces", "query SearchOffers"), "no trace of the operation");
        Assert.True(collector.Has("traces", "db.query.text") && collector.Has("traces", "FROM \"Offers\""), "no trace of the SQL");
        Assert.True(collector.Has("traces", "POST /graphql") || collector.Has("traces", "/graphql"), "no trace of the request");
        foreach (string metric in new[] { "efa.documents.duration", "efa.documents.cost", "efa.documents.errors", "efa.documents.waiting", "efa.streams.open", "efa.operations", "efa.jobs.duration", "INVALID_ID" })
            Assert.True(collector.Has("metrics", metric), metric);
        Assert.True(collector.Has("logs", "Unforeseen failure in"), "no log");
        JsonElement[] lines = [.. log.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains(lines, line => line.GetProperty("Message").GetString()!.StartsWith("Unforeseen failure in", StringComparison.Ordinal));

        foreach (string said in new[] { Mark, token, token.Split('.')[2], "demo-secret", "rechnung@" })
        {
            Assert.DoesNotContain(said, log, StringComparison.Ordinal);
            Assert.DoesNotContain(said, collector.All, StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task A_request_is_traced_to_its_commands_under_the_callers_own_trace(StoreKind kind)
    {
        var trace = ActivityTraceId.CreateRandom();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Efa.", StringComparison.Ordinal) || source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.TraceId == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == trace) seen.Enqueue(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using TradeHost market = await TradeHost.StartAsync(kind);
        Dictionary<string, object?> input = await market.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = Repository.Operation("PlaceOrder"), variables = new { input } }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await market.TokenAsync(SmallMarket.Aachen));
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        using HttpResponseMessage response = await market.Host.Client.SendAsync(request);

        Activity document = Assert.Single(seen, a => a.Source.Name == "Efa.Graph");
        Assert.Equal(("mutation PlaceOrder", "PlaceOrder"), (document.DisplayName, document.GetTagItem("graphql.operation.name")));
        string[] commands = [.. seen.Where(a => a.Source.Name == SqlTraces.Name).Select(a => (string)a.GetTagItem("db.query.text")!)];
        Assert.Contains(commands, sql => sql.Contains("Calls", StringComparison.Ordinal));
        Assert.Contains(commands, sql => sql.Contains("LogHead", StringComparison.Ordinal) && sql.Contains("@events", StringComparison.Ordinal));
        Assert.Contains(commands, sql => sql.Contains("INSERT INTO \"Orders\"", StringComparison.Ordinal));
    }

    /// <summary>Says the mark wherever a caller can say something, and answers with the token it used.</summary>
    private static async Task<string> MarkedRequestsAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "demo-municipality", ["client_secret"] = "demo-secret" };
        using HttpResponseMessage answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        string token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        form["client_secret"] = Mark;
        using HttpResponseMessage refused = await client.PostAsync("/connect/token", new FormUrlEncodedContent(form));

        await PostAsync(address, Repository.Operation("SearchOffers"), new { filter = new { search = Mark } }, token);
        await PostAsync(address, "query($id: ID!) { node(id: $id) { id } }", new { id = Mark }, token);
        await PostAsync(address, $"{{ offers(filter: {{ search: \"{Mark}\" }}) {{ nodes {{ {Mark} }} }} }}", null, token);
        await PostAsync(address, Repository.Operation("PlaceOrder"), new
        {
            input = new
            {
                offerId = "offer_01h455vb4pex5vsknk084sn02q",
                orderedById = "org_01h455vb4pex5vsknk084sn02q",
                startsOn = "2026-01-01",
                quoteHash = new string('a', 64),
                purchaseOrderNumber = Mark,
                acceptedTerms = Array.Empty<object>(),
                declaresAuthorisedToRepresent = true,
                idempotencyKey = Mark,
            },
        }, token);
        await PostAsync(address, "{ offers { totalCount } }", null, Mark);
        using HttpResponseMessage get = await client.GetAsync($"/graphql?query={{offers(filter:{{search:\"{Mark}\"}}){{totalCount}}}}&variables={{\"{Mark}\":1}}");
        using HttpResponseMessage malformed = await client.PostAsync("/graphql", new StringContent($"{{\"query\": {Mark}", System.Text.Encoding.UTF8, "application/json"));
        return token;
    }

    private static async Task PostAsync(Uri address, string query, object? variables, string? token)
    {
        using var client = new HttpClient { BaseAddress = address };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await client.PostAsJsonAsync("/graphql", new { query, variables });
        await response.Content.ReadAsStringAsync();
    }
}
