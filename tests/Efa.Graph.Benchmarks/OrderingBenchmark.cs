using System.Diagnostics;
using System.Globalization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Evidence.Keys;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Operations.Outgoing;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Efa.Graph.Benchmarks;

/// <summary>Placing orders on PostgreSQL, by several callers at once, against a transaction written by hand that writes the same rows; in turns, in one run on one database.</summary>
internal static class OrderingBenchmark
{
    private const int Callers = 8;
    private const int Buyers = 20;
    private const int Rounds = 5;
    private const double LeastShare = 0.5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly DateOnly Long = new(2020, 1, 1);

    public static async Task<bool> RunAsync(string[] options)
    {
        TimeSpan turn = TimeSpan.FromSeconds(Array.IndexOf(options, "--seconds") is var at && at >= 0 ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : 10);
        await using MeasuredStore store = await MeasuredStore.MakeAsync(["--store", nameof(StoreKind.PostgreSql)]);
        await using ServiceProvider services = Services(store.ConnectionString);
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
        string folder = Directory.CreateTempSubdirectory("efa-bench-").FullName;
        await services.GetRequiredService<EvidenceKeys>().LoadAsync(MasterKey.ReadOrMake(Path.Combine(folder, "master.key")), CancellationToken.None);
        Directory.Delete(folder, recursive: true);

        (PlaceOrder.Input Input, Caller Caller)[] orders = await BuyersAsync(services);
        OperationRunner runner = services.GetRequiredService<OperationRunner>();
        OperationResult first = await PlaceAsync(runner, orders[0], "first");
        await using NpgsqlDataSource database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(store.ConnectionString) { MaxAutoPrepare = 200 }.ConnectionString);
        HandWritten hand = await HandWritten.LikeAsync(database, services.GetRequiredService<EvidenceKeys>(), first.Subject!.Value);

        int calls = 0;
        Task Ours() => PlaceAsync(runner, orders[Interlocked.Increment(ref calls) % Buyers], $"ours-{Guid.NewGuid():N}");
        Task ByHand() => hand.PlaceAsync($"hand-{Guid.NewGuid():N}");
        // Until both are compiled as they will stay.
        await RateAsync(Ours, WarmUp);
        await RateAsync(ByHand, WarmUp);
        var shares = new List<double>();
        Console.WriteLine("round   placeOrder/s   by hand/s   share");
        for (int round = 1; round <= Rounds; round++)
        {
            double ours = await RateAsync(Ours, turn), byHand = await RateAsync(ByHand, turn);
            shares.Add(ours / byHand);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round,5}   {ours,12:F0}   {byHand,9:F0}   {ours / byHand,5:F2}"));
        }
        double median = shares.Order().ElementAt(Rounds / 2);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median share {median:F2}, at least {LeastShare:F2} wanted; {Callers} callers, {Environment.ProcessorCount} cores"));
        return median >= LeastShare;
    }

    private static async Task<double> RateAsync(Func<Task> place, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        int[] placed = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            int count = 0;
            for (; clock.Elapsed < time; count++) await place();
            return count;
        })));
        return placed.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<OperationResult> PlaceAsync(OperationRunner runner, (PlaceOrder.Input Input, Caller Caller) order, string key)
    {
        OperationResult result = await runner.RunAsync(new PlaceOrder(), order.Input, order.Caller, key, CancellationToken.None);
        return result.Refusals.Count == 0 ? result : throw new InvalidOperationException($"Refused: {string.Join(", ", result.Refusals)}");
    }

    private static ServiceProvider Services(string connection)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new MarketClock(TimeProvider.System));
        services.AddMarketStore(new StoreOptions { Provider = StoreKind.PostgreSql, ConnectionString = connection }, "/");
        services.AddSingleton<LogHint>().AddSingleton<KeyRing>().AddSingleton<EvidenceKeys>().AddSingleton<Secrets>().AddSingleton(new OutgoingOptions().Rules(isDevelopment: false));
        services.AddSingleton<OperationRunner>().AddSingleton<MarketLoader>();
        return services.BuildServiceProvider();
    }

    /// <summary>What careful clients of the buyers send.</summary>
    private static async Task<(PlaceOrder.Input, Caller)[]> BuyersAsync(ServiceProvider services)
    {
        LoadedMarket market = await services.GetRequiredService<MarketLoader>().LoadAsync(Seed(), CancellationToken.None);
        TimeProvider clock = services.GetRequiredService<TimeProvider>();
        await using MarketContext context = await services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        Guid offer = market.Offers["offer"];
        Guid version = await context.Set<Offer>().Where(o => o.Id == offer).Select(o => o.ShownVersionId).SingleAsync();
        AcceptedTerms[] terms = [.. (await context.TermsOfVersionsAsync([version], clock.Today(), CancellationToken.None))[version].Select(t => new AcceptedTerms(t.Id, t.Sha256))];
        Guid[] buyers = [.. Enumerable.Range(0, Buyers).Select(i => market.Organisations[Buyer(i)])];
        QuoteQuestion[] questions = [.. buyers.Select(b => new QuoteQuestion(offer, b, null, null, clock.Today(), null, null))];
        IReadOnlyList<QuoteAnswer> answers = await context.QuotesAsync(questions, clock.GetUtcNow(), CancellationToken.None);
        return
        [
            .. buyers.Select((buyer, i) => (
                new PlaceOrder.Input(offer, buyer, null, null, clock.Today(), null, null, "B-17", null, answers[i].Quote!.Hash!, terms, DeclaresAuthorisedToRepresent: true),
                new Caller($"client-{i}", null, [buyer], new HashSet<string> { "orders:write" }))),
        ];
    }

    private static MarketSeed Seed() => new()
    {
        Organisations =
        [
            new("seller", "Anbieter", OrganisationKind.Cooperative, [OrganisationRole.Seller]) { Selling = new("GD", CarryOver.None, 9, 30, 30) },
            new("supplier", "Bereitsteller", OrganisationKind.ItProvider, [OrganisationRole.Supplier]),
            .. Enumerable.Range(0, Buyers).Select(i => new OrganisationSeed(Buyer(i), $"Stadt {i}", OrganisationKind.Municipality, [OrganisationRole.Customer]) { FederalState = "05" }),
        ],
        Ownerships = [.. Enumerable.Range(0, Buyers).Select(i => new OwnershipSeed(Buyer(i), "seller", OwnershipKind.Membership, Long))],
        Accreditations =
        [
            .. Enumerable.Range(0, Buyers).Select(i => new AccreditationSeed(Buyer(i), "seller", AccreditationState.Granted, Long) { Basis = EligibilityBasis.Member, ValidFrom = Long }),
        ],
        Services = [new("service", "Dienst", ServiceKind.EfaOnlineService)],
        Terms =
        [
            new("general", "seller", DocumentKind.GeneralTerms, "AGB", "1.0", Long) { Text = "Es gilt, was hier steht." },
            new("level", "supplier", DocumentKind.ServiceLevel, "Service-Level", "1.0", Long) { Text = "Es läuft meistens." },
        ],
        Offers =
        [
            new("offer", "offer", "offer", "service", "seller", "supplier", "Angebot", "Ein Angebot.", OrderingMode.Direct)
            {
                Prices = [Flat("year", BillingPeriod.Year, 12_000m), Flat("onboarding", BillingPeriod.OneTime, 1_800m)],
                Terms = ["general", "level"],
                PublishedOn = Long,
            },
        ],
    };

    private static FlatPrice Flat(string code, BillingPeriod period, decimal amount) => new() { Code = code, Label = code, Period = period, Taxes = [new(TaxTreatment.Standard)], Amount = amount };

    private static string Buyer(int number) => string.Create(CultureInfo.InvariantCulture, $"buyer-{number}");
}
