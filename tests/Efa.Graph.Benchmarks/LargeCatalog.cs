using System.Globalization;
using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Efa.Graph.Benchmarks;

/// <summary>A store with so many published offers, written before the server starts on it, and gone afterwards.</summary>
internal sealed class LargeCatalog : IAsyncDisposable
{
    private const int WordsOfTitle = 3;
    private const int WordsOfSummary = 12;
    private const int WordsOfDescription = 80;

    private static readonly string[] Words =
    [
        "Antrag", "Genehmigung", "Baugenehmigung", "Wohngeld", "Anmeldung", "Bescheid", "Ausweis", "Personalausweis", "Führerschein", "Gewerbe",
        "Gebühren", "Behörde", "Nachweis", "Unterlagen", "Eheschließung", "Geburtsurkunde", "Elterngeld", "Unterhalt", "Sozialhilfe", "Straße",
        "Verkehr", "Parkplätze", "Fahrzeuge", "Zulassung", "Steuern", "Hunde", "Grundstücke", "Vermessung", "Umwelt", "Abfälle", "Schulen",
        "Kindergärten", "Ausbildung", "Förderung", "Krankenhäuser", "Pflege", "Rente", "Arbeit", "Einbürgerung", "Aufenthalt", "Vereine",
        "Veranstaltungen", "Gaststätten", "Lebensmittel", "Jagd", "Fischerei", "Waffen", "Archiv", "Bibliothek", "Wahlen",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("efa-bench-").FullName;
    private readonly StoreOptions store;
    private readonly string? server;

    private LargeCatalog(StoreKind kind)
    {
        if (kind == StoreKind.PostgreSql)
            server = Environment.GetEnvironmentVariable("EFA_GRAPH_TEST_POSTGRES") ?? throw new InvalidOperationException("EFA_GRAPH_TEST_POSTGRES names no server.");
        store = new StoreOptions
        {
            Provider = kind,
            ConnectionString = server is null
                ? $"Data Source={Path.Combine(folder, "market.db")}"
                : new NpgsqlConnectionStringBuilder(server) { Database = $"efa_bench_{Guid.NewGuid():N}" }.ConnectionString,
        };
    }

    /// <summary>What tells a server where it is.</summary>
    public IEnumerable<string> Settings => [$"--Store:Provider={store.Provider}", $"--Store:ConnectionString={store.ConnectionString}", "--Demo:Load=false"];

    public static async Task<LargeCatalog> MakeAsync(StoreKind kind, int offers)
    {
        var catalog = new LargeCatalog(kind);
        await catalog.CreateAsync("CREATE DATABASE {0}");
        await using ServiceProvider services = new ServiceCollection().AddMarketStore(catalog.store, catalog.folder)
            .AddMemoryCache().AddOptions().AddLogging().AddSingleton<ClientSecrets>().AddSingleton<MarketLoader>().BuildServiceProvider();
        await services.GetRequiredService<StoreMigrator>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<MarketLoader>().LoadAsync(Market(offers), CancellationToken.None);
        return catalog;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await CreateAsync("DROP DATABASE {0} WITH (FORCE)");
        Directory.Delete(folder, recursive: true);
    }

    private async Task CreateAsync(string sql)
    {
        if (server is null) return;
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = string.Format(CultureInfo.InvariantCulture, sql, new NpgsqlConnectionStringBuilder(store.ConnectionString).Database);
        await command.ExecuteNonQueryAsync();
    }

    private static MarketSeed Market(int offers)
    {
        var random = new Random(1);
        return new MarketSeed
        {
            Organisations =
            [
                new OrganisationSeed("seller", "Vertrieb", OrganisationKind.Cooperative, [OrganisationRole.Seller]),
                new OrganisationSeed("supplier", "Rechenzentrum", OrganisationKind.ItProvider, [OrganisationRole.Supplier]),
            ],
            Services = [.. Enumerable.Range(0, offers / 10).Select(i => new ServiceSeed(Number("s", i), Text(2), (ServiceKind)(i % 3)) { LeikaKeys = [Number("99", 100_000_000 + i) + "000"] })],
            Offers = [.. Enumerable.Range(0, offers).Select(Offer)],
        };

        // One in a thousand has a word that no other has.
        OfferSeed Offer(int i) =>
            new(Number("o", i), Number("E-", i), Number("angebot-", i), Number("s", i / 10), "seller", "supplier",
                i % 1000 == 0 ? $"{Text(WordsOfTitle)} Leuchtturm" : Text(WordsOfTitle), Text(WordsOfSummary), OrderingMode.Direct)
            {
                Description = Text(WordsOfDescription),
                AvailableIn = i % 2 == 0 ? [] : ["05"],
                ConnectionTypes = ["FIT-Connect"],
                Prices = [new FlatPrice { Code = "flat", Label = "Pauschale", Period = BillingPeriod.Year, Taxes = [new TaxRegime(TaxTreatment.Standard)], Amount = 100 }],
                State = OfferState.Published,
                PublishedOn = new DateOnly(2025, 1, 1).AddDays(i % 300),
            };

        // Few words are frequent and many are rare, as in any text.
        string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 3))]));
    }

    private static string Number(string prefix, int number) => prefix + number.ToString(CultureInfo.InvariantCulture);
}
