using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Billing;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Tests.Ordering;

/// <summary>The small market in a store, and what its parties do there.</summary>
internal sealed class MarketStory : IAsyncDisposable
{
    private MarketStory(MarketStore store, LoadedMarket market) => (Store, Market) = (store, market);

    public MarketStore Store { get; }

    public LoadedMarket Market { get; }

    public static async Task<MarketStory> BeginAsync(StoreKind kind, DateTimeOffset? now = null, CarryOver carryOver = CarryOver.None, MarketSeed? seed = null)
    {
        MarketStore store = await MarketStore.OpenAsync(kind, now);
        return new MarketStory(store, await store.LoadAsync(seed ?? SmallMarket.Seed(carryOver)));
    }

    public Guid Organisation(string key) => Market.Organisations[key];

    public string KeyOf(Guid organisation) => Market.Organisations.Single(o => o.Value == organisation).Key;

    /// <summary>A client of organisations with all scopes, or with those named.</summary>
    public Caller As(string key, params string[] scopes) =>
        new("client-" + key, null, [Organisation(key)], scopes.Length > 0 ? scopes.ToHashSet() : new HashSet<string> { "offers:write", "orders:write", "billing:write", "invoices:read" });

    /// <summary>What a careful client sends: today's quote and today's terms.</summary>
    public Task<PlaceOrder.Input> InputAsync(string offer, string orderedBy, Func<PlaceOrder.Input, PlaceOrder.Input>? change = null) => Store.ReadAsync(async context =>
    {
        var input = new PlaceOrder.Input(
            Market.Offers[offer], Organisation(orderedBy), null, null, Store.Today, null, null, null, null, "", [], DeclaresAuthorisedToRepresent: true);
        input = change?.Invoke(input) ?? input;
        var question = new QuoteQuestion(input.OfferId, input.OrderedById, null, input.UsedByIds, input.StartsOn, input.PackageCode, input.ExpectedUses);
        QuoteAnswer answer = (await context.QuotesAsync([question], Store.Get<TimeProvider>().GetUtcNow(), CancellationToken.None))[0];
        Guid version = await context.Set<Offer>().Where(o => o.Id == input.OfferId).Select(o => o.ShownVersionId).SingleAsync();
        ILookup<Guid, TermsDocument> terms = await context.TermsOfVersionsAsync([version], Store.Today, CancellationToken.None);
        return input with { QuoteHash = answer.Quote?.Hash ?? "", AcceptedTerms = [.. terms[version].Select(t => new AcceptedTerms(t.Id, t.Sha256))] };
    });

    public Task<OperationResult> PlaceAsync(PlaceOrder.Input input, Caller caller, string? key = null) =>
        Store.Runner.RunAsync(new PlaceOrder(), input, caller, key ?? Guid.NewGuid().ToString(), CancellationToken.None);

    public async Task<Order> PlaceAsync(string offer, string orderedBy, Func<PlaceOrder.Input, PlaceOrder.Input>? change = null)
    {
        OperationResult placed = await PlaceAsync(await InputAsync(offer, orderedBy, change), As(orderedBy));
        Assert.Empty(placed.Refusals);
        return await OrderAsync(placed.Subject!.Value);
    }

    public async Task<Order> ActiveAsync(string offer, string orderedBy, DateOnly? from = null, Func<PlaceOrder.Input, PlaceOrder.Input>? change = null)
    {
        Order order = await PlaceAsync(offer, orderedBy, change);
        return await ActivateAsync(order, from);
    }

    public async Task<Order> ActivateAsync(Order order, DateOnly? from = null)
    {
        Caller seller = As(KeyOf(order.SellerId)), supplier = As(KeyOf(order.SupplierId));
        await DoAsync(new AcceptOrder(), new AcceptOrder.Input(order.Id, 1), seller);
        await DoAsync(new StartProvisioning(), new StartProvisioning.Input(order.Id, 2, null), supplier);
        await DoAsync(new ActivateOrder(), new ActivateOrder.Input(order.Id, 3, from ?? Store.Today), supplier);
        return await OrderAsync(order.Id);
    }

    /// <summary>An active order whose fees were agreed, as a coordinated or imported one.</summary>
    public async Task<Order> AgreedAsync(string orderedBy, AgreedFees fees, DateOnly? from = null)
    {
        Order order = await PlaceAsync(SmallMarket.Portal, orderedBy);
        await Store.ChangeAsync(async context =>
        {
            Order placed = await context.Set<Order>().SingleAsync(o => o.Id == order.Id);
            placed.AgreeFees(fees, Store.Clock.GetUtcNow());
            string basis = CanonicalJson.Write(placed.KeptPricing() with { Components = [] });
            await context.Set<Order>().Where(o => o.Id == order.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.PricingJson, basis));
        });
        return await ActivateAsync(order, from);
    }

    public async Task<Guid> DoAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller)
        where TInput : notnull
    {
        OperationResult done = await Store.Runner.RunAsync(operation, input, caller, Guid.NewGuid().ToString(), CancellationToken.None);
        Assert.Empty(done.Refusals);
        return done.Subject!.Value;
    }

    /// <summary>What became of the rows of a batch.</summary>
    public async Task<IReadOnlyList<RowResult>> BatchAsync<TInput>(Operation<TInput> operation, TInput input, Caller caller, string? key = null)
        where TInput : notnull
    {
        OperationResult result = await Store.Runner.RunAsync(operation, input, caller, key ?? Guid.NewGuid().ToString(), CancellationToken.None);
        Assert.Empty(result.Refusals);
        return result.Rows!;
    }

    public Task<Order> OrderAsync(Guid id) => Store.ReadAsync(context => context.OrdersVisibleTo(Caller.System).Include(o => o.Users).Include(o => o.Fees).Include(o => o.Usage).AsSplitQuery().SingleAsync(o => o.Id == id));

    /// <summary>Begins a run of a year, issued today.</summary>
    public Task<Guid> BeginRunAsync(string seller, int year) =>
        DoAsync(new ExecuteBillingRun(), new ExecuteBillingRun.Input(Organisation(seller), year, Store.Today, Store.Today.AddDays(30)), As(seller));

    /// <summary>Bills a year to the end.</summary>
    public async Task<BillingRun> BillAsync(string seller, int year)
    {
        Guid run = await BeginRunAsync(seller, year);
        await Store.Get<BillingRunJob>().RunAsync(run, CancellationToken.None);
        return await RunAsync(run);
    }

    public Task<BillingRun> RunAsync(Guid id) => Store.ReadAsync(context => context.BillingRunsVisibleTo(Caller.System).Include(r => r.Blocked).SingleAsync(r => r.Id == id));

    /// <summary>With lines and taxes, by seller and number.</summary>
    public Task<List<Invoice>> InvoicesAsync() => Store.ReadAsync(context => context.InvoicesVisibleTo(Caller.System)
        .Include(i => i.Lines.OrderBy(l => l.Position)).Include(i => i.Taxes.OrderBy(t => t.Position)).AsSplitQuery().OrderBy(i => i.SellerId).ThenBy(i => i.Number).ToListAsync());

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
