using System.Net;

using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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

    [Fact]
    public async Task A_node_whose_store_does_not_answer_lives_but_is_not_ready_until_it_answers_again()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();

        await context.Database.ExecuteSqlRawAsync("ALTER TABLE LogHead RENAME TO LogHeadAway");
        using HttpResponseMessage away = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        Assert.Equal("""{"status":"not ready","problem":"the store does not answer"}""", await away.Content.ReadAsStringAsync());
        Assert.Equal("""{"status":"live"}""", await host.Client.GetStringAsync("/health/live"));

        await context.Database.ExecuteSqlRawAsync("ALTER TABLE LogHeadAway RENAME TO LogHead");
        Assert.Equal("""{"status":"ready"}""", await host.Client.GetStringAsync("/health/ready"));
    }
}
