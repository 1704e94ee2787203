using System.Net;

namespace Efa.Graph.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task A_started_host_is_live_and_ready()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });

        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));
        using HttpResponseMessage ready = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal("""{"status":"ready"}""", await ready.Content.ReadAsStringAsync());
    }
}
