using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Ordering;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;

namespace Efa.Graph.Benchmarks;

/// <summary>One run over 10,000 contracts, each of a buyer of its own, so that there are as many invoices: its time, and by how much the server's memory grows.</summary>
internal static class BillingBenchmark
{
    private const int Contracts = 10_000;
    private const int Page = 500;
    private const int MostRepetitions = 20;
    private const double MostMebibytes = 200;

    public static async Task<bool> RunAsync(string[] options)
    {
        await using MeasuredStore store = await MeasuredStore.MakeAsync(options);
        double limit = store.Kind == StoreKind.Sqlite ? 90 : 60;
        await using var server = new MeasuredServer(store.Settings);
        await server.StartAsync();
        await server.StopAsync();
        await store.FillAsync(server.StoreFile, FillAsync);
        await server.StartAsync();
        AuthenticationHeaderValue token = await server.TokenAsync("demo-seller");
        string seller = await WarmAsync(server, token);
        double before = server.Memory().Now, worked = server.ProcessorSeconds;

        long began = Stopwatch.GetTimestamp();
        JsonElement run = await BillAsync(server, token, seller, DateTime.UtcNow.Year);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        worked = server.ProcessorSeconds - worked;
        double growth = server.Memory().Peak - before;

        int invoices = run.GetProperty("invoices").GetProperty("totalCount").GetInt32();
        bool right = run.GetProperty("state").GetString() == "FINISHED" && run.GetProperty("ordersDone").GetInt32() == Contracts && invoices == Contracts;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"billing on {store.Kind}: {run.GetProperty("ordersDone").GetInt32()} contracts, {invoices} invoices in {seconds:N1} s (limit {limit:N0} s), {worked:N1} s of the processor; memory {before:N0} MiB after warm-up, grew by {growth:N0} MiB (limit {MostMebibytes:N0} MiB)"));
        return right && seconds <= limit && growth <= MostMebibytes;
    }

    /// <summary>Billing is used once before it is measured: a preview, and a run of a year in which nothing is due.</summary>
    private static async Task<string> WarmAsync(MeasuredServer server, AuthenticationHeaderValue token)
    {
        JsonElement found = await AskAsync(server, "{ offers(first: 50) { nodes { seller { id name } } } }");
        string seller = found.GetProperty("offers").GetProperty("nodes").EnumerateArray().Select(o => o.GetProperty("seller"))
            .First(s => s.GetProperty("name").GetString()!.StartsWith("govdigital", StringComparison.Ordinal)).GetProperty("id").GetString()!;
        await AskAsync(server, "query($s: ID!, $y: Int!) { billingPreview(sellerId: $s, year: $y) { invoices(first: 20) { nodes { gross { amount } } } } }", new { s = seller, y = DateTime.UtcNow.Year }, token);
        await BillAsync(server, token, seller, DateTime.UtcNow.Year - 3);
        return seller;
    }

    private static async Task<JsonElement> BillAsync(MeasuredServer server, AuthenticationHeaderValue token, string seller, int year)
    {
        DateOnly today = BerlinCalendar.Today(TimeProvider.System);
        JsonElement begun = await AskAsync(
            server, "mutation($i: ExecuteBillingRunInput!) { executeBillingRun(input: $i) { run { id } errors { code message } } }",
            new { i = new { sellerId = seller, year, issueOn = today, dueOn = today.AddDays(30), idempotencyKey = Guid.NewGuid() } }, token);
        string run = begun.GetProperty("executeBillingRun").GetProperty("run").GetProperty("id").GetString()!;
        while (true)
        {
            JsonElement node = (await AskAsync(server, "query($id: ID!) { node(id: $id) { ... on BillingRun { state ordersDone invoices { totalCount } } } }", new { id = run }, token)).GetProperty("node");
            if (node.GetProperty("state").GetString() != "RUNNING") return node;
            await Task.Delay(500);
        }
    }

    /// <summary>What took too long on a busy machine is asked again as it was.</summary>
    private static async Task<JsonElement> AskAsync(MeasuredServer server, string query, object? variables = null, AuthenticationHeaderValue? token = null)
    {
        for (int again = 0; ; again++)
        {
            try
            {
                return await server.AskAsync(query, variables, token);
            }
            catch (InvalidOperationException failure) when (again < MostRepetitions && failure.Message.Contains("TIMEOUT", StringComparison.Ordinal))
            {
            }
        }
    }

    /// <summary>Municipalities that all order offers of govdigital, in turn, on the first day of the year.</summary>
    private static async Task FillAsync(IDbContextFactory<MarketContext> contexts)
    {
        Guid seller;
        (Offer Offer, OfferVersion Version)[] offers;
        await using (MarketContext context = await contexts.CreateDbContextAsync())
        {
            seller = await context.Set<Organisation>().Where(o => o.Name.StartsWith("govdigital")).Select(o => o.Id).SingleAsync();
            var found = await context.Set<Offer>().AsNoTracking().Where(o => o.SellerId == seller).Join(context.Set<OfferVersion>(), o => o.ShownVersionId, v => v.Id, (o, v) => new { o, v }).ToListAsync();
            offers = [.. found.Where(f => f.v.Prices.Count > 0 && f.v.Prices.All(p => p is FlatPrice or PerInhabitantPrice or TieredPrice { Basis: QuantityBasis.Inhabitants })).Select(f => (f.o, f.v))];
        }
        for (int page = 0; page < Contracts; page += Page)
        {
            await using MarketContext context = await contexts.CreateDbContextAsync();
            for (int i = page; i < page + Page; i++)
            {
                Organisation buyer = Buyer(i);
                (Offer offer, OfferVersion version) = offers[i % offers.Length];
                context.AddRange(buyer, Contract(i, seller, buyer, offer, version));
            }
            await context.SaveChangesAsync();
        }
    }

    private static Organisation Buyer(int i)
    {
        string reference = $"05{i:D6}";
        string leitwegId = $"{reference}-{LeitwegId.CheckDigits(reference)}";
        return new Organisation
        {
            Id = Guid.CreateVersion7(),
            Name = $"Gemeinde {i}",
            NameKey = $"gemeinde {i}",
            Population = 500 + (i * 7),
            PopulationOn = new DateOnly(2023, 12, 31),
            LeitwegId = leitwegId,
            ElectronicAddressScheme = "0204",
            ElectronicAddress = leitwegId,
            Address = new PostalAddress("Rathausplatz 1", "50000", $"Gemeinde {i}"),
        };
    }

    private static Order Contract(int i, Guid seller, Organisation buyer, Offer offer, OfferVersion version)
    {
        var id = Guid.CreateVersion7();
        DateOnly first = new(DateTime.UtcNow.Year, 1, 1);
        var basis = new PricingBasis(version.Prices, [new PricedUser(buyer.Id, null, buyer.Population, buyer.PopulationOn)], null, null);
        var order = new Order
        {
            Id = id,
            OfferId = offer.Id,
            OfferVersionId = version.Id,
            SellerId = seller,
            SupplierId = offer.SupplierId,
            OrderedById = buyer.Id,
            BillToId = buyer.Id,
            Users = [new OrderUser { OrderId = id, OrganisationId = buyer.Id }],
            StartsOn = first,
            EligibilityJson = "{}",
            QuoteJson = "{}",
            QuoteHash = "",
            PricingJson = CanonicalJson.Write(basis),
            CreatedAt = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero),
        };
        order.NumberAs($"BENCH-{i:D6}");
        order.Activate(OrderTransitions.All.Single(t => t.Mutation == OrderTransitions.Activate), first);
        return order;
    }
}
