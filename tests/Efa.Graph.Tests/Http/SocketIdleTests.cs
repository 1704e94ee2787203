using Efa.Graph.Tests.Engine;

namespace Efa.Graph.Tests.Http;

public sealed class SocketIdleTests
{
    [Fact]
    public async Task A_socket_without_operations_is_closed_in_time_and_one_that_waits_for_events_is_not()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: [("Limits:PingSeconds", "0.1"), ("Limits:SocketIdleSeconds", "2")]);
        await using ToyshopSocket idle = await ToyshopSocket.ReadyAsync(host), waiting = await ToyshopSocket.ReadyAsync(host);
        await waiting.SendAsync("""{"id":"s","type":"subscribe","payload":{"query":"subscription { silence }"}}""");

        Assert.Equal(1001, await idle.ClosedAsync());
        await Task.Delay(TimeSpan.FromSeconds(1));
        await waiting.SendAsync("""{"id":"q","type":"subscribe","payload":{"query":"{ hello }"}}""");
        while (!(await waiting.NextAsync()).StartsWith("""{"id":"q",""", StringComparison.Ordinal))
        {
        }
    }
}
