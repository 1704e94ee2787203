using Efa.Graph.Tests.Hosting;
using Efa.Marketplace;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>What was provisioned goes with the end of its order, and not before.</summary>
public sealed class RemovalTests
{
    private static readonly DateOnly LastDay = new(2026, 3, 31);

    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task The_instance_is_removed_after_the_last_day(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        await story.AskAsync(id);
        await EndAsync(story, id);

        // 00:00 of the first of April in Berlin.
        var end = new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero);
        Provisioning waiting = await story.ProvisioningAsync(id);
        Assert.Equal((ProvisioningState.Removing, end, "Entfernt wird nach dem letzten Tag, dem 2026-03-31."), (waiting.State, waiting.NextAttemptAt, waiting.Message(Language.German)));
        // Neither a worker nor a new broker makes it earlier.
        await story.SetBrokerAsync();
        await story.RunAsync(id);
        Assert.Equal((1, 0, 1), story.Counts(id));

        Provisioning removed = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.Removed, null, null), (removed.State, removed.NextAttemptAt, removed.Message(Language.German)));
        Assert.Equal((1, 1, 1), story.Counts(id));
        Assert.Empty(story.Instances.All);
    }

    [Fact]
    public async Task It_is_tried_until_it_is_gone()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "clinging");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        await story.AskAsync(id);
        await EndAsync(story, id);

        // First it is busy, then it works on it.
        Provisioning busy = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.Removing, BrokerStep.Delete, 1, "BROKER_BUSY"), (busy.State, busy.Step, busy.Attempts, busy.WaitsFor));
        Assert.Equal(story.Store.Clock.GetUtcNow().AddSeconds(10), busy.NextAttemptAt);
        Provisioning working = await story.AskAsync(id);
        Assert.Equal((BrokerStep.AwaitDelete, $"delete {id:D}", "BROKER_WORKING"), (working.Step, working.Operation, working.WaitsFor));

        Assert.Equal(ProvisioningState.Removed, (await story.EndAsync(id)).State);
        Assert.Equal(2, story.Counts(id).Deletes);
        Assert.Empty(story.Instances.All);
    }

    [Fact]
    public async Task What_is_gone_already_is_gone()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        await story.AskAsync(id);
        await EndAsync(story, id);
        Assert.True(story.Instances.Remove(BrokerStory.InstanceOf(id)));

        Assert.Equal(ProvisioningState.Removed, (await story.AskAsync(id)).State);
    }

    [Fact]
    public async Task What_was_never_provisioned_is_not_removed()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "instant");
        Guid id = await story.AcceptedAsync();
        await story.Market.DoAsync(new StartProvisioning(), new StartProvisioning.Input(id, 2, null), story.Market.As(SmallMarket.Supplier));
        await story.Market.DoAsync(new ActivateOrder(), new ActivateOrder.Input(id, 3, story.Store.Today), story.Market.As(SmallMarket.Supplier));
        await EndAsync(story, id);
        Job job = await story.JobAsync(id);
        Assert.Equal((JobState.Done, story.Store.Clock.GetUtcNow(), story.Store.Clock.GetUtcNow()), (job.State, job.NotBefore, job.FinishedAt));

        await story.SetBrokerAsync();
        await story.RunAsync(id);

        Assert.Equal((ProvisioningState.Removed, null), ((await story.ProvisioningAsync(id)).State, (await story.ProvisioningAsync(id)).NextAttemptAt));
        Assert.Equal((0, 0, 0), story.Counts(id));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_cannot_be_removed_after_the_end_is_told_once_and_tried_further(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "immovable");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        await story.AskAsync(id);
        await EndAsync(story, id);

        for (int i = 0; i < BrokerStory.MostAttempts + 2; i++) await story.AskAsync(id);

        Provisioning failing = await story.ProvisioningAsync(id);
        Assert.Equal((ProvisioningState.Removing, BrokerStep.Delete, story.Store.Clock.GetUtcNow().AddHours(6)), (failing.State, failing.Step, failing.NextAttemptAt));
        Assert.Equal(
            "The service broker reports a fault (status 500). It is tried further; the supplier sets the service broker anew or removes by hand.", failing.Message(Language.English));
        Assert.Equal(["order.termination-requested client-aachen", "order.terminated client-govdigital", "order.removal-failed system"], (await story.EventsAsync(id))[4..]);
        Assert.Equal(OrderState.Terminated, (await story.OrderAsync(id)).State);
    }

    [Fact]
    public async Task An_order_that_a_person_has_activated_does_not_fail_and_its_end_does_not_put_off_the_removal()
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(StoreKind.Sqlite, "stuck");
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        Assert.Equal(BrokerStep.Delete, (await story.AskAsync(id)).Step);
        await story.Market.DoAsync(new ActivateOrder(), new ActivateOrder.Input(id, 3, story.Store.Today), story.Market.As(SmallMarket.Supplier));

        Provisioning left = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.Removing, BrokerStep.Delete), (left.State, left.Step));
        await EndAsync(story, id);
        Provisioning same = await story.ProvisioningAsync(id);
        Assert.Equal((left.Revision, left.NextAttemptAt), (same.Revision, same.NextAttemptAt));

        for (int i = 0; i < BrokerStory.MostAttempts; i++) await story.AskAsync(id);
        Assert.Equal(
            ["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.activated client-supplier",
                "order.termination-requested client-aachen", "order.terminated client-govdigital", "order.removal-failed system"],
            await story.EventsAsync(id));
    }

    private static async Task EndAsync(BrokerStory story, Guid id)
    {
        await story.Market.DoAsync(new RequestTermination(), new RequestTermination.Input(id, 4, LastDay, null), story.Market.As(SmallMarket.Aachen));
        await story.Market.DoAsync(new ConfirmTermination(), new ConfirmTermination.Input(id, 5), story.Market.As(SmallMarket.Govdigital));
    }
}
