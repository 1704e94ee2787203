using Efa.Graph.Tests.Hosting;
using Efa.Marketplace;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>Orders on their way through a broker that does as it should.</summary>
public sealed class ProvisioningTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_accepted_order_is_provisioned_and_active_by_itself(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        Assert.Equal((ProvisioningState.Pending, OrderState.Accepted), ((await story.ProvisioningAsync(id)).State, (await story.OrderAsync(id)).State));

        Provisioning done = await story.AskAsync(id);

        Assert.Equal((ProvisioningState.Succeeded, BrokerStep.None, 0, null, null), (done.State, done.Step, done.Attempts, done.NextAttemptAt, done.Message(Language.German)));
        Order order = await story.OrderAsync(id);
        Assert.Equal((OrderState.Active, story.Store.Today, 4), (order.State, order.ActiveFrom, order.Version));
        Assert.Equal(["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.activated system"], await story.EventsAsync(id));
        Assert.Equal([BrokerStory.InstanceOf(id)], story.Instances.All.Keys);
        Assert.Equal((1, 0, 1), story.Counts(id));
        await story.RunAsync(id);
        Assert.Equal((1, 0, 1), story.Counts(id));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_broker_that_takes_its_time_is_asked_when_it_wants_to_be(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "patient");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        DateTimeOffset now = story.Store.Clock.GetUtcNow();

        Provisioning working = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.AwaitProvision, $"provision {id:D}", now.AddSeconds(1)), (working.State, working.Step, working.Operation, working.NextAttemptAt));
        Assert.Equal("Der Service-Broker des Bereitstellers arbeitet daran.", working.Message(Language.German));
        Assert.Equal("The supplier's service broker is working on it.", working.Message(Language.English));
        Assert.Equal(OrderState.Provisioning, (await story.OrderAsync(id)).State);
        Job job = await story.JobAsync(id);
        Assert.Equal((JobState.Waiting, now.AddSeconds(1), 0), (job.State, job.NotBefore, job.Attempts));

        // Too early, whoever wakes the job.
        await story.RunAsync(id);
        Assert.Equal(0, story.Instances.Asked(BrokerStory.InstanceOf(id), $"provision {id:D}"));
        Assert.Equal((BrokerStep.AwaitProvision, now.AddSeconds(2)), ((await story.AskAsync(id)).Step, (await story.ProvisioningAsync(id)).NextAttemptAt));
        Assert.Equal(ProvisioningState.Succeeded, (await story.AskAsync(id)).State);

        Assert.Equal((1, 0, 1), story.Counts(id));
        Assert.Equal(OrderState.Active, (await story.OrderAsync(id)).State);
    }

    [Fact]
    public async Task What_starts_later_is_provisioned_then()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant");
        Guid id = await story.AcceptedAsync(new DateOnly(2026, 7, 1));
        await story.SetBrokerAsync();

        Provisioning waiting = await story.ProvisioningAsync(id);
        var start = new DateTimeOffset(2026, 6, 30, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal((ProvisioningState.Pending, start, "Bereitgestellt wird zum vereinbarten Beginn am 2026-07-01."), (waiting.State, waiting.NextAttemptAt, waiting.Message(Language.German)));
        await story.RunAsync(id);
        Assert.Equal((0, start), (story.Counts(id).Puts, (await story.JobAsync(id)).NotBefore));

        Assert.Equal(ProvisioningState.Succeeded, (await story.AskAsync(id)).State);
        Assert.Equal((OrderState.Active, new DateOnly(2026, 7, 1)), ((await story.OrderAsync(id)).State, (await story.OrderAsync(id)).ActiveFrom));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task An_order_waits_for_a_broker_to_be_set(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        Guid id = await story.AcceptedAsync();

        Provisioning waiting = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.Pending, null, "Der Bereitsteller hat noch keinen Service-Broker hinterlegt."), (waiting.State, waiting.NextAttemptAt, waiting.Message(Language.German)));
        Assert.Equal(OrderState.Accepted, (await story.OrderAsync(id)).State);

        await story.SetBrokerAsync();
        Job job = await story.JobAsync(id);
        Assert.Equal((JobState.Waiting, story.Store.Clock.GetUtcNow()), (job.State, job.NotBefore));
        Assert.Equal(ProvisioningState.Succeeded, (await story.AskAsync(id)).State);
        Assert.Equal(OrderState.Active, (await story.OrderAsync(id)).State);
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_with_the_server_makes_no_second_instance()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();

        var access = new BrokerAccess(story.Url, Efa.Samples.Broker.BrokerApp.Username, Efa.Samples.Broker.BrokerApp.Password);
        Assert.Equal(BrokerAnswerKind.Done, (await story.Client.AskAsync(access, await story.ProvisioningAsync(id), await story.OrderAsync(id), story.Store.Clock.GetUtcNow(), CancellationToken.None)).Kind);
        Assert.Equal(ProvisioningState.Succeeded, (await story.AskAsync(id)).State);

        Assert.Equal((2, 0, 1), story.Counts(id));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Two_nodes_with_the_same_job_move_the_order_once(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => story.RunAsync(id))));

        Assert.Equal(ProvisioningState.Succeeded, (await story.EndAsync(id)).State);
        Assert.Equal(1, story.Counts(id).Made);
        Assert.Equal(["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.activated system"], await story.EventsAsync(id));
    }

    [Fact]
    public async Task The_broker_hears_what_the_specification_wants_and_of_nobody_but_organisations()
    {
        var heard = new List<string>();
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "patient", sees: request =>
        {
            Assert.Equal("2.17", request.Headers["X-Broker-API-Version"]);
            Assert.True(Guid.TryParse(request.Headers["X-Broker-API-Request-Identity"], out _));
            heard.Add($"{request.Method} {request.Path}{request.QueryString} {request.Headers["X-Broker-API-Originating-Identity"]}".TrimEnd());
        });
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        await story.EndAsync(id);

        string organisation = Marketplace.Events.TypeId.Encode("org", story.Market.Organisation(SmallMarket.Aachen));
        string origin = "efa-graph " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($$"""{"organisation_id":"{{organisation}}"}"""));
        string poll = $"GET /v2/service_instances/{id:D}/last_operation?service_id=sample-service&plan_id=patient&operation=provision%20{id:D} {origin}";
        Assert.Equal(["GET /v2/catalog", $"PUT /v2/service_instances/{id:D}?accepts_incomplete=true {origin}", poll, poll], heard);
    }
}
