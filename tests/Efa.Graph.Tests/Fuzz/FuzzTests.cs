using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;
using GraphQL.Types;

namespace Efa.Graph.Tests.Fuzz;

/// <summary>Random documents and variables, made from the schema: whatever is asked, nothing breaks and nothing is told that is not the caller's.</summary>
public sealed partial class FuzzTests
{
    private const string Answered = "answered";
    private const string Secret = "Geheim7f3a";

    private static readonly ISchema Schema = SchemaTests.Schema();

    /// <summary>How many are sent: <c>EFA_GRAPH_FUZZ</c>.</summary>
    internal static int Cases => Environment.GetEnvironmentVariable("EFA_GRAPH_FUZZ") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 200;

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    public async Task No_document_finds_a_failure_or_what_is_not_the_callers(StoreKind kind)
    {
        await using TradeHost market = await TradeHost.StartAsync(kind);
        string[] known = await MarketAsync(market);
        var outcomes = new ConcurrentDictionary<string, int>();
        // A party, one who sees nothing of the order, one without scopes, and one without a token.
        string?[] callers = [SmallMarket.Aachen, SmallMarket.Lippe, TradeHost.Powerless, null];
        string?[] tokens = [.. await Task.WhenAll(callers.Select(async caller => caller is null ? null : await market.TokenAsync(caller)))];
        Gen<RandomRequest> requests = Gen.Select(Gen.Int, Gen.Int[0, callers.Length - 1]).Select((seed, caller) => new RandomDocument(Schema, new Random(seed), known).Make(callers[caller]));

        await requests.SampleAsync(
            async request =>
            {
                (HttpStatusCode status, string text) = await SendAsync(market, request, tokens[Array.IndexOf(callers, request.Caller)]);
                Assert.True((int)status is not 500 && !text.Contains("\"INTERNAL\"", StringComparison.Ordinal), $"{(int)status} {text}");
                Assert.False(Inside().IsMatch(text), text);
                if (request.Caller != SmallMarket.Aachen) Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
                string outcome = text.Contains("\"data\":{", StringComparison.Ordinal) ? Answered : Code().Match(text) is { Success: true } code ? code.Groups[1].Value : "stream";
                outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
            },
            iter: Cases, threads: 2, print: request => request.ToString());

        // Had all been refused at the door, nothing would have been tried.
        string summary = string.Join(", ", outcomes.OrderByDescending(o => o.Value).Select(o => $"{o.Key} {o.Value}"));
        Assert.True(outcomes.GetValueOrDefault(Answered) > Cases / 10, summary);
        Assert.True(outcomes.Count > 3, summary);
        Figures.Say($"{Cases} random requests on {kind}, no failure and no leak: {summary}");
    }

    /// <summary>An order whose note is Aachen's and its seller's secret; the ids and cursors of all sorts of things.</summary>
    private static async Task<string[]> MarketAsync(TradeHost market)
    {
        JsonElement order = await market.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string id = order.GetProperty("id").GetString()!;
        await market.RunAsync("RejectOrder", new { input = new { orderId = id, expectedVersion = 1, reason = Secret, idempotencyKey = market.NewKey() } }, SmallMarket.Govdigital);
        JsonElement events = (await market.RunAsync("OrderEvents", new { first = 100 }, SmallMarket.Aachen)).Data.GetProperty("orderEvents");
        Assert.Contains(Secret, events.GetRawText(), StringComparison.Ordinal);
        string[] cursors = [.. events.GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("cursor").GetString()!), events.GetProperty("head").GetString()!];
        return
        [
            id, id[..^1] + "0", .. cursors, market.Organisation(SmallMarket.Aachen), market.Organisation(SmallMarket.Lippe), market.Organisation(SmallMarket.Govdigital),
            market.Offer(SmallMarket.Portal), market.Offer(SmallMarket.Packages), market.Offer(SmallMarket.Unpublished), market.Terms("general"),
            "invoice_01h455vb4pex5vsknk084sn02q", "run_01h455vb4pex5vsknk084sn02q",
        ];
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(TradeHost market, RandomRequest request, string? token)
    {
        string body = $$"""{"query":{{JsonSerializer.Serialize(request.Query)}},"variables":{{request.Variables}}}""";
        using var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream", 0.5));
        if (token is not null) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await market.Host.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream") return (response.StatusCode, await response.Content.ReadAsStringAsync());

        // A stream that was let in has no end: what it says at first is enough.
        using var first = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        byte[] begin = new byte[16 * 1024];
        try
        {
            Stream stream = await response.Content.ReadAsStreamAsync(first.Token);
            return (response.StatusCode, Encoding.UTF8.GetString(begin, 0, await stream.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, first.Token)));
        }
        catch (OperationCanceledException)
        {
            return (response.StatusCode, Encoding.UTF8.GetString(begin).TrimEnd('\0'));
        }
    }

    [GeneratedRegex("\"code\":\"([A-Z_]+)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"Exception|\bSystem\.|Microsoft\.|GraphQL\.|Npgsql|SQLite|\bat Efa\.|\.cs:line|SELECT ""|SqlState|0x[0-9A-F]{8}")]
    private static partial Regex Inside();
}
