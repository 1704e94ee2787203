using System.Net;
using System.Net.Sockets;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>Brokers that do not do as they should: nothing is lost or left behind, and the order says what it waits for.</summary>
public sealed class BrokerFaultTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [Theory]
    // Nobody knows what it did: what may be there is removed before it is asked again.
    [InlineData("flaky", "Der Service-Broker meldet einen Fehler (Status 500).", BrokerStep.Delete, 2, 1, 2)]
    [InlineData("garbage", "Der Service-Broker hat nicht rechtzeitig oder nicht verständlich geantwortet.", BrokerStep.Delete, 2, 1, 2)]
    [InlineData("half-a-character", "Der Service-Broker hat nicht rechtzeitig oder nicht verständlich geantwortet.", BrokerStep.Delete, 2, 1, 2)]
    [InlineData("unkeepable", "Der Service-Broker hat nicht rechtzeitig oder nicht verständlich geantwortet.", BrokerStep.Delete, 2, 1, 2)]
    [InlineData("huge", "Der Service-Broker hat nicht rechtzeitig oder nicht verständlich geantwortet.", BrokerStep.Delete, 2, 1, 2)]
    [InlineData("silent", "Der Service-Broker hat nicht rechtzeitig oder nicht verständlich geantwortet.", BrokerStep.Delete, 2, 1, 2)]
    // It said that nothing has changed.
    [InlineData("busy", "Der Service-Broker ist beschäftigt (Status 422).", BrokerStep.Provision, 2, 0, 1)]
    public async Task What_goes_wrong_once_is_made_good(string plan, string message, BrokerStep next, int puts, int deletes, int made)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, plan);
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();

        Provisioning failed = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.InProgress, next, 1, message), (failed.State, failed.Step, failed.Attempts, failed.Message(Language.German)));
        Assert.Equal(OrderState.Provisioning, (await story.OrderAsync(id)).State);

        Assert.Equal(ProvisioningState.Succeeded, (await story.EndAsync(id)).State);
        Assert.Equal((puts, deletes, made), story.Counts(id));
        Assert.Equal([BrokerStory.InstanceOf(id)], story.Instances.All.Keys);
        Assert.Equal(OrderState.Active, (await story.OrderAsync(id)).State);
    }

    [Theory]
    // It rejects the request, and would reject it again.
    [InlineData("redirecting", "The service broker rejects the request (status 302).", 1, 0)]
    [InlineData("conflicting", "The service broker rejects the request (status 409).", 1, 0)]
    [InlineData("refusing", "The service broker rejects the request (status 400).", 1, 0)]
    [InlineData("asynchronous-only", "The service broker rejects the request (status 422).", 1, 0)]
    [InlineData("unheard-of", "The service broker does not have the offer's plan.", 0, 0)]
    // It fails each time.
    [InlineData("down", "The service broker reports a fault (status 503).", BrokerStory.MostAttempts, BrokerStory.MostAttempts)]
    [InlineData("failing", "The service broker has failed at its work.", BrokerStory.MostAttempts, BrokerStory.MostAttempts)]
    [InlineData("endless", "The service broker did not finish within the longest time that it was given.", BrokerStory.MostAttempts, BrokerStory.MostAttempts)]
    public async Task What_stays_wrong_is_handed_over_to_people_and_nothing_is_left_behind(string plan, string message, int puts, int deletes)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, plan);
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();

        Provisioning failed = await story.EndAsync(id);

        Assert.Equal((ProvisioningState.Failed, $"{message} The supplier sets the service broker anew or provisions by hand."), (failed.State, failed.Message(Language.English)));
        Assert.Equal((puts, deletes), (story.Counts(id).Puts, story.Counts(id).Deletes));
        Assert.Empty(story.Instances.All);
        Assert.Equal(["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.provisioning-failed system"], await story.EventsAsync(id));

        Order order = await story.OrderAsync(id);
        await story.Market.DoAsync(new ActivateOrder(), new ActivateOrder.Input(id, order.Version, story.Store.Today), story.Market.As(SmallMarket.Supplier));
        Assert.Equal(OrderState.Active, (await story.OrderAsync(id)).State);
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_has_failed_is_tried_again_when_the_broker_is_set_anew(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        await story.SetBrokerAsync(password: "wrong");
        Guid id = await story.AcceptedAsync();
        Provisioning failed = await story.EndAsync(id);
        Assert.Equal((ProvisioningState.Failed, "BROKER_CREDENTIALS_REJECTED", "401", 0), (failed.State, failed.WaitsFor, failed.WaitsForValue, story.Counts(id).Puts));

        await story.SetBrokerAsync();

        Assert.Equal(ProvisioningState.Succeeded, (await story.EndAsync(id)).State);
        Assert.Equal(
            ["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.provisioning-failed system", "order.activated system"], await story.EventsAsync(id));
    }

    [Fact]
    public async Task A_broker_is_not_asked_before_it_wants_to_be()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "down");
        await story.SetBrokerAsync();
        Guid first = await story.AcceptedAsync(), second = await story.AcceptedAsync();
        DateTimeOffset now = story.Store.Clock.GetUtcNow();
        await story.AskAsync(first);

        // Retry-After: 77, for this order and all others, and that leaves no trace with any of them.
        foreach (Guid id in new[] { first, second })
        {
            int revision = (await story.ProvisioningAsync(id)).Revision;
            await story.Store.UnchangedAsync(async () =>
            {
                await story.RunAsync(id);
                return id;
            });
            Job job = await story.JobAsync(id);
            Assert.Equal((revision, JobState.Waiting, now.AddSeconds(77)), ((await story.ProvisioningAsync(id)).Revision, job.State, job.NotBefore));
        }
        Assert.Equal((1, 0, 0), story.Counts(first));
        Assert.Equal((0, 0, 0), story.Counts(second));
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_is_left_in_peace_for_a_while_and_tried_again()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant");
        await story.SetBrokerAsync(Executable.FreeAddress().ToString());
        Guid first = await story.AcceptedAsync(), second = await story.AcceptedAsync();

        Provisioning failed = await story.AskAsync(first);
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.Provision, 1, "BROKER_UNREACHABLE"), (failed.State, failed.Step, failed.Attempts, failed.WaitsFor));
        await story.RunAsync(second);
        Assert.Equal((ProvisioningState.Pending, 0), ((await story.ProvisioningAsync(second)).State, (await story.ProvisioningAsync(second)).Attempts));

        await story.SetBrokerAsync();
        Assert.Equal(ProvisioningState.Succeeded, (await story.EndAsync(first)).State);
        Assert.Equal(ProvisioningState.Succeeded, (await story.EndAsync(second)).State);
    }

    [Fact]
    public async Task A_broker_that_never_says_a_word_is_handed_over_to_people()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "silent");
        await story.SetBrokerAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Guid id = await story.AcceptedAsync();

        // Asked for its catalogue it has made nothing that would have to be removed.
        Provisioning first = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.Provision, 1, "BROKER_SILENT"), (first.State, first.Step, first.Attempts, first.WaitsFor));
        Provisioning failed = await story.EndAsync(id);
        Assert.Equal((ProvisioningState.Failed, BrokerStep.Provision, BrokerStory.MostAttempts, "BROKER_SILENT"), (failed.State, failed.Step, failed.Attempts, failed.WaitsFor));
        Assert.Equal(["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.provisioning-failed system"], await story.EventsAsync(id));
    }

    [Fact]
    public async Task What_a_request_without_an_answer_may_have_made_is_removed_where_the_next_is_rejected()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "fickle");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        // The server dies while the broker keeps the answer back.
        using var death = new CancellationTokenSource();
        Task dying = story.RunAsync(id, death.Token);
        while (story.Instances.All.Count == 0 && !dying.IsCompleted) await Task.Delay(20);
        await death.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dying);

        Provisioning rejected = await story.AskAsync(id);
        Assert.Equal((BrokerStep.Delete, "BROKER_REJECTED"), (rejected.Step, rejected.WaitsFor));
        Provisioning failed = await story.EndAsync(id);

        Assert.Equal((ProvisioningState.Failed, BrokerStep.Provision, "BROKER_REJECTED", "400"), (failed.State, failed.Step, failed.WaitsFor, failed.WaitsForValue));
        Assert.Equal((2, 1, 1), story.Counts(id));
        Assert.Empty(story.Instances.All);
        Assert.Equal(["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.provisioning-failed system"], await story.EventsAsync(id));
    }

    [Fact]
    public async Task What_is_left_of_an_attempt_and_cannot_be_removed_is_handed_over_once_and_tried_further()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "stuck");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.Delete, 1), Of(await story.AskAsync(id)));
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.Delete, 2), Of(await story.AskAsync(id)));

        for (int attempt = BrokerStory.MostAttempts; attempt < BrokerStory.MostAttempts + 3; attempt++)
        {
            Provisioning failed = await story.AskAsync(id);
            Assert.Equal((ProvisioningState.Failed, BrokerStep.Delete, attempt), Of(failed));
            Assert.Equal(story.Store.Clock.GetUtcNow().AddHours(6), failed.NextAttemptAt);
            Assert.Equal("The service broker reports a fault (status 500). The supplier sets the service broker anew or provisions by hand.", failed.Message(Language.English));
        }
        string[] events = ["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.provisioning-failed system"];
        Assert.Equal(events, await story.EventsAsync(id));

        await story.SetBrokerAsync();
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.Delete, 1), Of(await story.AskAsync(id)));
        Assert.Equal(events, await story.EventsAsync(id));

        static (ProvisioningState, BrokerStep, int) Of(Provisioning provisioning) => (provisioning.State, provisioning.Step, provisioning.Attempts);
    }

    [Fact]
    public async Task A_broker_in_the_servers_own_network_is_not_called()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant", new OutgoingOptions { AllowedNetworks = ["192.0.2.0/24"] });
        await story.SetBrokerAsync($"http://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Guid id = await story.AcceptedAsync();

        Provisioning failed = await story.EndAsync(id);

        Assert.Equal((ProvisioningState.Failed, "BROKER_ADDRESS_FORBIDDEN", null), (failed.State, failed.WaitsFor, failed.WaitsForValue));
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task An_order_that_was_activated_by_hand_is_not_provisioned_afterwards()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant");
        Guid id = await story.AcceptedAsync();
        await story.AskAsync(id);
        await story.Market.DoAsync(new StartProvisioning(), new StartProvisioning.Input(id, 2, null), story.Market.As(SmallMarket.Supplier));
        await story.Market.DoAsync(new ActivateOrder(), new ActivateOrder.Input(id, 3, story.Store.Today), story.Market.As(SmallMarket.Supplier));

        await story.SetBrokerAsync();

        Provisioning left = await story.EndAsync(id);
        Assert.Equal((ProvisioningState.Removed, null), (left.State, left.WaitsFor));
        Assert.Equal((0, 0, 0), story.Counts(id));
        Assert.Equal(4, (await story.OrderAsync(id)).Version);
    }
}
