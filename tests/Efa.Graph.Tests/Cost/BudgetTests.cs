using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Cost;

public sealed class BudgetTests
{
    [Fact]
    [Trait("attack", "D44")]
    public async Task The_limit_is_what_a_request_may_just_cost_also_for_a_document_that_was_good_before()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false, Settings = new Dictionary<string, string> { ["Limits:Cost"] = "30" } });
        const string Query = "query($n: Int) { offers(first: $n) { totalCount } }";
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage within = await host.SendAsync(Query, new { n = 20 });
            JsonElement answer = await within.JsonAsync();
            Assert.Equal(HttpStatusCode.OK, within.StatusCode);
            Assert.Equal((30, 30, null), answer.Cost());
            Assert.Equal(0, answer.GetProperty("data").GetProperty("offers").GetProperty("totalCount").GetInt32());

            using HttpResponseMessage above = await host.SendAsync(Query, new { n = 21 });
            JsonElement refused = await above.JsonAsync();
            Assert.Equal((HttpStatusCode.BadRequest, "LIMIT_EXCEEDED"), (above.StatusCode, refused.Code()));
            Assert.Equal((31, 30, null), refused.Cost());
            Assert.False(refused.TryGetProperty("data", out _));
        }
    }

    [Fact]
    public async Task A_dry_run_executes_nothing_and_what_only_looks_like_one_does_not_either()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync();
        const string Query = "mutation { add(by: 1) }";

        using HttpResponseMessage priced = await host.PostAsync(new { query = Query, extensions = new { cost = new { dryRun = true } } });
        Assert.Equal((HttpStatusCode.OK, """{"data":null}"""), (priced.StatusCode, await priced.Content.ReadAsStringAsync()));
        await host.PostAsync(new { query = "mutation($by: Int!) { add(by: $by) }", extensions = new { cost = new { dryRun = true } } }).RefusedAsync(HttpStatusCode.BadRequest, "INVALID_VALUE");
        await host.PostAsync(new { query = Query, extensions = new { cost = new { dryRun = "true" } } }).RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await host.PostAsync(new { query = Query, extensions = new { cost = new { dryrun = true } } }).RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        await host.PostAsync(new { query = Query, extensions = new { cost = true } }).RefusedAsync(HttpStatusCode.BadRequest, "MALFORMED_REQUEST");
        Assert.Equal(0, host.Total);

        using HttpResponseMessage done = await host.PostAsync(new { query = Query, extensions = new { cost = new { dryRun = false }, other = 1 } });
        Assert.Equal("""{"data":{"add":1}}""", await done.Content.ReadAsStringAsync());
        Assert.Equal(1, host.Total);
    }

    [Theory]
    [InlineData("Limits:Cost", "0", "Limits:Cost is 0, but must be at least 1.")]
    [InlineData("Limits:PointsPerSecond", "-1", "Limits:PointsPerSecond is -1, but must be at least 0.")]
    [InlineData("Limits:Executing", "many", "Limits:Executing is many, but must be a number.")]
    public async Task Limits_that_make_no_sense_stop_the_start_by_their_name(string key, string value, string message)
    {
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(() => ToyshopHost.StartAsync(settings: (key, value)));
        Assert.Equal(message, refused.Message);
    }
}
