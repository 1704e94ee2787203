using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>A broker that is set anew while the one before is asked: nothing sleeps on, and nothing fails by what no longer counts.</summary>
public sealed class BrokerSetTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task What_the_broker_before_rejects_is_asked_of_the_new_one_at_once(StoreKind kind)
    {
        Func<Task>? during = null;
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "asynchronous-only", sees: request =>
        {
            if (request.Method == "PUT") Interlocked.Exchange(ref during, null)?.Invoke().GetAwaiter().GetResult();
        });
        await story.SetBrokerAsync();
        Guid id = await story.AcceptedAsync();
        during = () => story.SetBrokerAsync();

        Provisioning rejected = await story.AskAsync(id);
        Assert.Equal((ProvisioningState.InProgress, BrokerStep.Provision, 0), (rejected.State, rejected.Step, rejected.Unanswered));
        Job job = await story.JobAsync(id);
        Assert.Equal((JobState.Waiting, story.Store.Clock.GetUtcNow()), (job.State, job.NotBefore));

        Assert.Equal(ProvisioningState.Succeeded, (await story.AskAsync(id)).State);
        Assert.Equal((2, 0, 1), story.Counts(id));
        Assert.Equal(["order.placed client-aachen", "order.accepted client-govdigital", "order.provisioning system", "order.activated system"], await story.EventsAsync(id));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task It_wakes_what_sleeps_and_leaves_what_is_being_done(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        Guid sleeping = await story.AcceptedAsync(), held = await story.AcceptedAsync();
        await story.AskAsync(sleeping);
        await HoldAsync(story, held);
        Job before = await story.JobAsync(held), asleep = await story.JobAsync(sleeping);

        await story.SetBrokerAsync();

        Job after = await story.JobAsync(held), woken = await story.JobAsync(sleeping);
        Assert.Equal((before.Fence, before.NotBefore, 1), (after.Fence, after.NotBefore, after.Attempts));
        Assert.Equal((asleep.Fence + 1, story.Store.Clock.GetUtcNow(), 0), (woken.Fence, woken.NotBefore, woken.Attempts));
    }

    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task None_of_many_that_are_being_done_sleeps_on(StoreKind kind)
    {
        await using BrokerStory story = await BrokerStory.BeginAsync(kind, "instant");
        await story.SetBrokerAsync(password: "wrong");
        var orders = new List<Guid>();
        while (orders.Count < 6) orders.Add(await story.AcceptedAsync());
        await HoldAsync(story, [.. orders]);

        Task asking = Task.WhenAll(orders.Select(id => Task.Run(() => story.RunAsync(id))));
        await story.SetBrokerAsync();
        await asking;

        foreach (Guid id in orders)
        {
            Assert.InRange((await story.JobAsync(id)).NotBefore, DateTimeOffset.MinValue, story.Store.Clock.GetUtcNow().AddSeconds(1));
            Assert.Equal(ProvisioningState.Succeeded, (await story.EndAsync(id)).State);
        }
    }

    /// <summary>As a worker that is doing them has them.</summary>
    private static Task HoldAsync(BrokerStory story, params Guid[] orders)
    {
        DateTimeOffset until = story.Store.Clock.GetUtcNow().AddSeconds(30);
        return story.Store.ChangeAsync(context => context.Set<Job>().Where(j => orders.Contains(j.SubjectId))
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.Attempts, 1).SetProperty(x => x.Fence, x => x.Fence + 1).SetProperty(x => x.NotBefore, until)));
    }
}
