using System.Net;
using Efa.Graph.Tests.Engine;

namespace Efa.Graph.Tests.Cost;

public sealed class OverloadTests
{
    [Fact]
    public async Task Past_those_that_run_and_those_that_wait_the_answer_is_503_at_once()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(
            settings: [("Limits:Executing", "1"), ("Limits:Waiting", "1"), ("Limits:WaitingSeconds", "60"), ("Limits:ExecutionSeconds", "3")]);

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.PostAsync(new { query = "{ slow }" })));

        HttpResponseMessage refused = Assert.Single(answers, a => a.StatusCode == HttpStatusCode.ServiceUnavailable);
        Assert.Equal("UNAVAILABLE", (await refused.JsonAsync()).Code());
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(2, answers.Count(a => a.StatusCode == HttpStatusCode.GatewayTimeout));
        Assert.Equal("1", (await host.AskAsync("{ node(id: \"1\") { id } }")).GetProperty("data").GetProperty("node").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Who_waits_too_long_is_refused_and_who_gives_up_leaves_its_place()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: [("Limits:Executing", "1"), ("Limits:Waiting", "5"), ("Limits:WaitingSeconds", "0.05")]);
        using var patience = new CancellationTokenSource();
        Task<HttpResponseMessage> slow = SlowAsync();
        await UntilAsync(HttpStatusCode.ServiceUnavailable);
        Assert.Equal("UNAVAILABLE", (await host.AskAsync("{ hello }")).Code());

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        await UntilAsync(HttpStatusCode.OK);

        Task<HttpResponseMessage> SlowAsync() =>
            host.Client.PostAsync("/graphql", new StringContent("""{"query":"{ slow }"}""", System.Text.Encoding.UTF8, "application/json"), patience.Token);

        async Task UntilAsync(HttpStatusCode wanted)
        {
            for (int i = 0; i < 100; i++)
            {
                using HttpResponseMessage response = await host.PostAsync(new { query = "{ hello }" });
                if (response.StatusCode == wanted) return;
                // On a busy machine the place was the other's for too long.
                if (slow.IsCompletedSuccessfully) slow = SlowAsync();
                await Task.Delay(50);
            }
            Assert.Fail($"{wanted} was not answered.");
        }
    }

    [Fact]
    public async Task Who_reads_does_not_wait_with_those_who_change()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: [("Limits:Executing", "4"), ("Limits:Changing", "1"), ("Limits:Waiting", "0"), ("Limits:ExecutionSeconds", "5")]);
        Task<HttpResponseMessage> slow = host.PostAsync(new { query = "mutation { slow }" });
        while ((await host.AskAsync("mutation { add(by: 0) }")).TryGetProperty("data", out _))
        {
            // The place was the other's just then.
            if (slow.IsCompleted) slow = host.PostAsync(new { query = "mutation { slow }" });
            await Task.Delay(20);
        }

        Assert.Equal("UNAVAILABLE", (await host.AskAsync("mutation { add(by: 0) }")).Code());
        Assert.Equal("1", (await host.AskAsync("{ node(id: \"1\") { id } }")).GetProperty("data").GetProperty("node").GetProperty("id").GetString());

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await slow).StatusCode);
        Assert.Equal(0, (await host.AskAsync("mutation { add(by: 0) }")).GetProperty("data").GetProperty("add").GetInt32());
    }

    [Fact]
    public async Task A_subscription_holds_no_place_between_its_events()
    {
        await using ToyshopHost host = await ToyshopHost.StartAsync(settings: [("Limits:Executing", "1"), ("Limits:Waiting", "0")]);
        using HttpResponseMessage silent = await host.PostAsync(new { query = "subscription { silence }" }, "text/event-stream");
        Assert.Equal(HttpStatusCode.OK, silent.StatusCode);

        using HttpResponseMessage beside = await host.PostAsync(new { query = "{ hello }" });
        Assert.Equal("""{"data":{"hello":"Grüß Gott, wer auch immer"}}""", await beside.Content.ReadAsStringAsync());
        using HttpResponseMessage events = await host.PostAsync(new { query = "subscription { tick(to: 2) }" }, "text/event-stream");
        Assert.Contains("""{"data":{"tick":2}}""", await events.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
