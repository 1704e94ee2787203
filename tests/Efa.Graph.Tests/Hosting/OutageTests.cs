using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Engine;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Hosting;

/// <summary>A database server that goes away and comes back under a running node.</summary>
public sealed class OutageTests
{
    private const string Offers = "{ offers(first: 1) { nodes { id } } }";

    [SkippableFact]
    [Trait("attack", "I08")]
    public async Task While_the_database_is_away_every_address_says_so_and_afterwards_the_node_goes_on()
    {
        await using OwnPostgreSql database = await OwnPostgreSql.StartAsync();
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions
        {
            Settings = new Dictionary<string, string> { ["Store:Provider"] = nameof(StoreKind.PostgreSql), ["Store:ConnectionString"] = database.ConnectionString },
        });
        string offer = await host.PostAsync(Offers) is { StatusCode: HttpStatusCode.OK } answer ? await answer.Content.ReadAsStringAsync() : "";
        Assert.Contains("offer_", offer, StringComparison.Ordinal);
        string token = await host.TokenAsync("demo-municipality");

        await database.StopAsync();
        await IsAsync("/health/ready", HttpStatusCode.ServiceUnavailable);
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));
        await RefusedAsync(() => host.PostAsync(Offers));
        await RefusedAsync(() => host.TokenResponseAsync("demo-municipality", "demo-secret"));
        await RefusedAsync(() => host.Client.GetAsync("/documents/" + new string('0', 64)));
        await RefusedAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/invoices/invoice_01h455vb4pex5vsknk084sn02q.xml");
            request.Headers.Authorization = new("Bearer", token);
            return host.Client.SendAsync(request);
        });

        await database.StartAgainAsync();
        await IsAsync("/health/ready", HttpStatusCode.OK);
        Assert.Equal(offer, await (await host.PostAsync(Offers)).Content.ReadAsStringAsync());
        Assert.NotEmpty(await host.TokenAsync("demo-municipality"));

        async Task IsAsync(string path, HttpStatusCode wanted)
        {
            for (int i = 0; i < 300; i++)
            {
                using HttpResponseMessage response = await host.Client.GetAsync(path);
                if (response.StatusCode == wanted) return;
                await Task.Delay(100);
            }
            Assert.Fail($"{path} does not answer {wanted}.");
        }
    }

    /// <summary>Told with a code, and with nothing of the database.</summary>
    private static async Task RefusedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        using HttpResponseMessage response = await ask();
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.ServiceUnavailable, text);
        Assert.Equal("5", Assert.Single(response.Headers.GetValues("Retry-After")));
        JsonElement json = JsonDocument.Parse(text).RootElement;
        Assert.Equal("UNAVAILABLE", json.Code());
        foreach (string inside in new[] { "127.0.0.1", "postgres", "Npgsql", "Exception", "SQL" }) Assert.DoesNotContain(inside, text, StringComparison.OrdinalIgnoreCase);
    }
}
