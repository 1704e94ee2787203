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
    private readonly BrokerTurns turns = new();
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
    public async Task SetBrokerAsync(string? url = null, string password = BrokerApp.Password)
    {
        Store.Clock.Advance(TimeSpan.FromSeconds(1));
        var input = new SetServiceBroker.Input(story.Organisation(SmallMarket.Supplier), url ?? Url, BrokerApp.Username, password);
        await story.DoAsync(new SetServiceBroker(), input, story.As(SmallMarket.Supplier, "organisations:write"));
        await new BrokerSetJob(Store.Contexts, Store.Get<StoreDialect>(), Store.Get<TimeProvider>()).RunAsync(input.SupplierId, CancellationToken.None);
    }

    /// <summary>An order of Aachen's that the seller has accepted.</summary>
    public async Task<Guid> AcceptedAsync(DateOnly? startsOn = null)
    {
        Order order = await story.PlaceAsync(plan, SmallMarket.Aachen, input => input with { StartsOn = startsOn ?? input.StartsOn });
        return await story.DoAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, 1), story.As(SmallMarket.Govdigital));
    }

    public Task<Order> OrderAsync(Guid order) => story.OrderAsync(order);

    public async Task<Provisioning> ProvisioningAsync(Guid order) => (await Store.ReadAsync(context => context.ProvisioningsOfOrdersAsync([order], CancellationToken.None)))[order];

    /// <summary>Waits for the time at which the broker is to be asked, and longer while it rests, and asks.</summary>
    public async Task<Provisioning> AskAsync(Guid order)
    {
        Provisioning before = await ProvisioningAsync(order), after = before;
        for (int i = 0; i < 3 && after.Revision == before.Revision; i++)
        {
            Job job = await JobAsync(order);
            if (job.NotBefore > Store.Clock.GetUtcNow() && job.NotBefore.Year < 9999) Store.Clock.SetUtcNow(job.NotBefore);
            await RunAsync(order);
            after = await ProvisioningAsync(order);
        }
        return after;
    }

    /// <summary>Runs the job as a worker of a node does.</summary>
    public Task RunAsync(Guid order, CancellationToken cancellationToken = default) =>
        new ProvisioningJob(Store.Runner, Store.Contexts, Store.Get<StoreDialect>(), Client, turns, patience, Store.Get<Secrets>(), Store.Get<TimeProvider>()).RunAsync(order, cancellationToken);

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

    public Task<ServiceBroker> BrokerAsync() => Store.ReadAsync(context => context.Set<ServiceBroker>().AsNoTracking().SingleAsync());

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
