using System.Net;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Http;

/// <summary>What is downloaded is paid for from the same allowance as documents.</summary>
public sealed class DownloadTests
{
    [Fact]
    public async Task The_schema_is_given_out_as_it_is_kept_in_the_repository()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });

        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("schema/efa.graphql")), await host.Client.GetStringAsync("/graphql/schema.graphql"));
    }

    [Theory]
    [InlineData("/graphql/schema.graphql", HttpStatusCode.OK)]
    [InlineData("/documents/0000000000000000000000000000000000000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("/invoices/invoice_01h455vb4pex5vsknk084sn02q.xml", HttpStatusCode.Unauthorized)]
    [InlineData("/invoices/invoice_01h455vb4pex5vsknk084sn02q.html", HttpStatusCode.Unauthorized)]
    public async Task Ten_points_each_and_429_when_they_are_spent(string address, HttpStatusCode status)
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions
        {
            Demo = false,
            Settings = new Dictionary<string, string> { ["Limits:PointsPerSecondAnonymous"] = "0.001", ["Limits:PointsBurstAnonymous"] = "25" },
        });
        Assert.Equal(status, await StatusAsync());
        Assert.Equal(status, await StatusAsync());

        using HttpResponseMessage refused = await host.Client.GetAsync(address);
        Assert.Equal((HttpStatusCode.TooManyRequests, "RATE_LIMITED"), (refused.StatusCode, (await refused.JsonAsync()).Code()));
        Assert.InRange(int.Parse(Assert.Single(refused.Headers.GetValues("Retry-After")), System.Globalization.CultureInfo.InvariantCulture), 1, 10_000);
        // Whether the node lives is asked without end, and answered.
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));

        async Task<HttpStatusCode> StatusAsync()
        {
            using HttpResponseMessage response = await host.Client.GetAsync(address);
            return response.StatusCode;
        }
    }
}
