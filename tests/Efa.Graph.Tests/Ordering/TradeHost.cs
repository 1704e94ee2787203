using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Ordering;

/// <summary>The small market behind the real application, with a client for each organisation, and what these do over HTTP.</summary>
internal sealed class TradeHost : IAsyncDisposable
{
    /// <summary>A client of Aachen that may only read orders.</summary>
    public const string Reader = "reader";

    /// <summary>A second client of Aachen.</summary>
    public const string Colleague = "colleague";

    /// <summary>A client of Aachen without any scope.</summary>
    public const string Powerless = SmallMarket.Aachen + "-none";

    /// <summary>A client of Aachen that manages its clients and may read orders.</summary>
    public const string Manager = "manager";

    /// <summary>A client of the marketplace's operator, with all scopes.</summary>
    public const string Operator = "operator";

    public static readonly DateTimeOffset Now = new(2026, 2, 15, 12, 0, 0, TimeSpan.Zero);

    // A token is good for ten minutes of the market's clock.
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(5);

    // Slow to make, and there are dozens of clients.
    private static readonly string SecretHash = ClientSecret.Hash("demo-secret");

    private readonly Dictionary<string, (string Token, DateTimeOffset At)> tokens = [];
    private readonly LoadedMarket market;
    private int keys;

    private TradeHost(MarketHost host, FakeTimeProvider clock, LoadedMarket market) => (Host, Clock, this.market) = (host, clock, market);

    public MarketHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public DateOnly Today => BerlinCalendar.DayOf(Clock.GetUtcNow());

    /// <param name="settings">Besides pages of any cost.</param>
    /// <param name="services">Besides the count of commands.</param>
    /// <param name="database">One that outlives the host.</param>
    /// <param name="change">What is otherwise in the small market.</param>
    public static async Task<TradeHost> StartAsync(
        StoreKind store = StoreKind.Sqlite,
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? services = null,
        TestDatabase? database = null,
        Func<MarketSeed, MarketSeed>? change = null)
    {
        var clock = new FakeTimeProvider(Now);
        MarketHost host = await MarketHost.StartAsync(new MarketHostOptions
        {
            Store = store,
            Database = database,
            Demo = false,
            Clock = clock,
            Services = (Action<IServiceCollection>)CommandCountHeader.AddTo + services,
            Settings = new Dictionary<string, string>([.. CommandCountHeader.LargePages, .. settings ?? new Dictionary<string, string>()]),
        });
        MarketSeed seed = change?.Invoke(SmallMarket.Seed()) ?? SmallMarket.Seed();
        IEnumerable<ApiClientSeed> clients =
        [
            .. seed.Organisations.Select(o => Client(o.Key, o.Key, Scopes.OffersWrite, Scopes.OrdersWrite, Scopes.InvoicesRead, Scopes.BillingWrite, Scopes.OrganisationsWrite, Scopes.AuditRead)),
            .. seed.Organisations.SelectMany(o => new[] { Client(AllOf(o.Key), o.Key, [.. Scopes.All]), Client(NoneOf(o.Key), o.Key) }),
            Client(Colleague, SmallMarket.Aachen, Scopes.OrdersWrite),
            Client(Reader, SmallMarket.Aachen, Scopes.OrdersRead),
            Client(Manager, SmallMarket.Aachen, Scopes.ClientsWrite, Scopes.OrdersRead),
            Client(Operator, SmallMarket.Wismar, [.. Scopes.All]) with { IsOperator = true },
        ];
        LoadedMarket market = await host.Services.GetRequiredService<MarketLoader>().LoadAsync(seed with { ApiClients = [.. clients] }, CancellationToken.None);
        return new TradeHost(host, clock, market);
    }

    /// <summary>A client of an organisation with all scopes.</summary>
    public static string AllOf(string organisation) => organisation + "-all";

    /// <summary>A client of an organisation without any scope.</summary>
    public static string NoneOf(string organisation) => organisation + "-none";

    public string Organisation(string key) => GlobalIds.Of(IdPrefix.Organisation, market.Organisations[key]);

    public string Offer(string key) => GlobalIds.Of(IdPrefix.Offer, market.Offers[key]);

    public string Terms(string key) => GlobalIds.Of(IdPrefix.Terms, market.Terms[key]);

    public async Task<string> TokenAsync(string client)
    {
        if (!tokens.TryGetValue(client, out (string Token, DateTimeOffset At) known) || Clock.GetUtcNow() - known.At > TokenAge)
            tokens[client] = known = (await Host.TokenAsync(client), Clock.GetUtcNow());
        return known.Token;
    }

    /// <summary>Asks as a client, or without a token.</summary>
    public async Task<Answer> AskAsync(string query, object? variables = null, string? client = null, string language = "de") =>
        await AskWithAsync(client is null ? null : await TokenAsync(client), query, variables, language);

    /// <summary>Asks with a token, or without one.</summary>
    public async Task<Answer> AskWithAsync(string? token, string query, object? variables = null, string language = "de")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await Host.Client.SendAsync(request);
        JsonElement json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return new Answer(json, int.Parse(Assert.Single(response.Headers.GetValues(CommandCountHeader.Name)), CultureInfo.InvariantCulture))
        {
            Status = response.StatusCode,
            Challenge = response.Headers.WwwAuthenticate.ToString(),
        };
    }

    /// <summary>Sends a named document of schema/operations.</summary>
    public Task<Answer> RunAsync(string name, object? variables = null, string? client = null) => AskAsync(Repository.Operation(name), variables, client);

    /// <summary>What a careful client sends: today's quote and today's terms.</summary>
    public async Task<Dictionary<string, object?>> InputAsync(string offer, string orderedBy, string[]? usedBy = null, string? package = null)
    {
        string[]? users = usedBy is null ? null : [.. usedBy.Select(Organisation)];
        Answer answer = await AskAsync(
            "query($id: ID!, $quote: QuoteInput!) { offer(by: { id: $id }) { terms { id sha256 } quote(input: $quote) { quote { hash } errors { code } } } }",
            new { id = Offer(offer), quote = new { @for = new { organisationId = Organisation(orderedBy) }, usedByIds = users, startsOn = Today, packageCode = package } }, orderedBy);
        return new Dictionary<string, object?>
        {
            ["offerId"] = Offer(offer),
            ["orderedById"] = Organisation(orderedBy),
            ["usedByIds"] = users,
            ["startsOn"] = Today,
            ["packageCode"] = package,
            ["quoteHash"] = answer.Data.At("offer", "quote", "quote", "hash").GetString(),
            ["acceptedTerms"] = answer.Data.At("offer", "terms").EnumerateArray().Select(t => new { documentId = t.GetProperty("id").GetString(), sha256 = t.GetProperty("sha256").GetString() }).ToArray(),
            ["declaresAuthorisedToRepresent"] = true,
            ["idempotencyKey"] = NewKey(),
        };
    }

    /// <summary>Places an order, a millisecond later than the one before, and answers with it as PlaceOrder selects it.</summary>
    public async Task<JsonElement> PlaceAsync(string offer, string orderedBy, string[]? usedBy = null)
    {
        JsonElement payload = (await RunAsync("PlaceOrder", new { input = await InputAsync(offer, orderedBy, usedBy) }, orderedBy)).Data.GetProperty("placeOrder");
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        return payload.GetProperty("order");
    }

    public async Task StepAsync(string name, string orderId, int version, string client, DateOnly? activeFrom = null)
    {
        var input = new Dictionary<string, object?> { ["orderId"] = orderId, ["expectedVersion"] = version, ["idempotencyKey"] = NewKey() };
        if (activeFrom is { } day) input["activeFrom"] = day;
        JsonElement payload = (await RunAsync(name, new { input }, client)).Data.EnumerateObject().Single().Value;
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
    }

    /// <summary>Takes an order through to ACTIVE and answers with its id.</summary>
    public async Task<string> ActiveAsync(string offer, string orderedBy, string seller = SmallMarket.Govdigital, DateOnly? from = null)
    {
        string id = (await PlaceAsync(offer, orderedBy)).GetProperty("id").GetString()!;
        await StepAsync("AcceptOrder", id, 1, seller);
        await StepAsync("StartProvisioning", id, 2, SmallMarket.Supplier);
        await StepAsync("ActivateOrder", id, 3, SmallMarket.Supplier, from ?? Today);
        return id;
    }

    /// <summary>Bills a seller's year, waits for the end of the run and answers with its id.</summary>
    public async Task<string> BillAsync(string seller = SmallMarket.Govdigital)
    {
        var input = new { sellerId = Organisation(seller), year = Today.Year, issueOn = Today, dueOn = Today.AddDays(30), idempotencyKey = NewKey() };
        JsonElement run = (await RunAsync("ExecuteBillingRun", new { input }, seller)).Data.At("executeBillingRun", "run");
        string id = run.GetProperty("id").GetString()!;
        await EndOfRunAsync(id, seller);
        return id;
    }

    /// <summary>Waits for the end of a run, which on a busy machine can take longer than the mutation waits.</summary>
    public async Task EndOfRunAsync(string id, string seller = SmallMarket.Govdigital)
    {
        const string state = "query($id: ID!) { node(id: $id) { ... on BillingRun { state } } }";
        for (int i = 0; i < 300; i++)
        {
            if ((await AskAsync(state, new { id }, seller)).Data.At("node", "state").GetString() != "RUNNING") return;
            await Task.Delay(100);
        }
        Assert.Fail("The run does not end.");
    }

    public string NewKey() => string.Create(CultureInfo.InvariantCulture, $"key-{Interlocked.Increment(ref keys)}");

    /// <summary>The newest position of the log, which moves with every change.</summary>
    public async Task<long> HeadAsync()
    {
        await using MarketContext context = await Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        return (await context.Set<LogHead>().AsNoTracking().SingleAsync()).Position;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static ApiClientSeed Client(string id, string organisation, params string[] scopes) => new(id, id, organisation, scopes) { SecretHash = SecretHash };
}
