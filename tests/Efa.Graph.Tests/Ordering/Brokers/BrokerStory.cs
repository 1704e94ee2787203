using System.Globalization;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations.Jobs;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Ordering.Brokers;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Efa.Samples.Broker;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering.Brokers;

/// <summary>The small market with an automatic offer for a plan of the sample broker, and that broker. The job is run by the test.</summary>
internal sealed class BrokerStory : IAsyncDisposable
{
    public const int MostAttempts = 3;

    private readonly BrokerOptions patience;
    private readonly MarketStory story;
    private readonly BrokerHost broker;
    private readonly string plan;

    private BrokerStory(MarketStory story, BrokerHost broker, string plan, OutgoingOptions outgoing)
    {
        (this.story, this.broker, this.plan) = (story, broker, plan);
        // Long enough for a busy machine; only who never answers is given up sooner.
        patience = new BrokerOptions { TimeoutSeconds = plan == "silent" ? 3 : 20, MostAttempts = MostAttempts };
        Client = new BrokerClient(outgoing.Rules(isDevelopment: true), patience);
    }

    public MarketStore Store => story.Store;

    public MarketStory Market => story;

    public Instances Instances => broker.Instances;

    public string Url => broker.Url;

    public BrokerClient Client { get; }

    public static MarketSeed Seed(string plan)
    {
        MarketSeed seed = SmallMarket.Seed();
        OfferSeed offer = seed.Offers.Single(o => o.Key == SmallMarket.Free);
        return seed with { Offers = [offer with { Key = plan, ExternalId = plan, Slug = plan, ProvisioningMode = ProvisioningMode.Automatic, BrokerPlan = new BrokerPlan("sample-service", plan) }] };
    }

    public static async Task<BrokerStory> BeginAsync(StoreKind kind, string plan, OutgoingOptions? outgoing = null, Action<HttpRequest>? sees = null)
    {
        MarketStory story = await MarketStory.BeginAsync(kind, seed: Seed(plan));
        return new BrokerStory(story, await BrokerHost.StartAsync(sees: sees), plan, outgoing ?? new OutgoingOptions());
    }

    /// <summary>The supplier says where the broker is, a second later than anything before.</summary>
    public Task SetBrokerAsync(string? url = null, string password = BrokerApp.Password)
    {
        Store.Clock.Advance(TimeSpan.FromSeconds(1));
        var input = new SetServiceBroker.Input(story.Organisation(SmallMarket.Supplier), url ?? Url, BrokerApp.Username, password);
        return story.DoAsync(new SetServiceBroker(), input, story.As(SmallMarket.Supplier, "organisations:write"));
    }

    /// <summary>An order of Aachen's that the seller has accepted.</summary>
    public async Task<Guid> AcceptedAsync(DateOnly? startsOn = null)
    {
        Order order = await story.PlaceAsync(plan, SmallMarket.Aachen, input => input with { StartsOn = startsOn ?? input.StartsOn });
        return await story.DoAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, 1), story.As(SmallMarket.Govdigital));
    }

    public Task<Order> OrderAsync(Guid order) => story.OrderAsync(order);

    public async Task<Provisioning> ProvisioningAsync(Guid order) => (await Store.ReadAsync(context => context.ProvisioningsOfOrdersAsync([order], CancellationToken.None)))[order];

    /// <summary>Waits for the time at which the broker is to be asked, and asks.</summary>
    public async Task<Provisioning> AskAsync(Guid order)
    {
        if ((await ProvisioningAsync(order)).NextAttemptAt is { } at && at > Store.Clock.GetUtcNow()) Store.Clock.SetUtcNow(at);
        await RunAsync(order);
        return await ProvisioningAsync(order);
    }

    /// <summary>Runs the job as a worker of a node does.</summary>
    public Task RunAsync(Guid order) =>
        new ProvisioningJob(Store.Runner, Store.Contexts, Client, patience, Store.Get<Secrets>(), Store.Get<TimeProvider>()).RunAsync(order, CancellationToken.None);

    /// <summary>Asks until there is nothing more to ask for.</summary>
    public async Task<Provisioning> EndAsync(Guid order)
    {
        for (int i = 0; i < 200; i++)
            if ((await AskAsync(order)).NextAttemptAt is null)
                return await ProvisioningAsync(order);
        throw new TimeoutException("There is no end to it.");
    }

    /// <summary>Types and actors of the order's events.</summary>
    public Task<List<string>> EventsAsync(Guid order) => Store.ReadAsync(context =>
        context.Set<LoggedEvent>().Where(e => e.SubjectId == order).OrderBy(e => e.Position).Select(e => e.Type + " " + e.Actor).ToListAsync());

    public Task<Job> JobAsync(Guid order) => Store.ReadAsync(context => context.Set<Job>().AsNoTracking().SingleAsync(j => j.SubjectId == order));

    public static string InstanceOf(Guid order) => order.ToString("D", CultureInfo.InvariantCulture);

    /// <summary>How often the broker was asked to make and to remove the instance, and how often it has made it.</summary>
    public (int Puts, int Deletes, int Made) Counts(Guid order) =>
        (Instances.Asked(InstanceOf(order), "PUT"), Instances.Asked(InstanceOf(order), "DELETE"), Instances.Made.GetValueOrDefault(InstanceOf(order)));

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        await story.DisposeAsync();
    }
}
