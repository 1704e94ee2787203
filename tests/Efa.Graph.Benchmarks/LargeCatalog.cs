using System.Globalization;
using Efa.Marketplace.Access;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;
using Efa.Marketplace.Seeding;

namespace Efa.Graph.Benchmarks;

/// <summary>A market with so many published offers, all of one supplier and one seller.</summary>
internal static class LargeCatalog
{
    /// <summary>Stands in the title of one offer in a thousand.</summary>
    public const string RareWord = "Leuchtturm";

    /// <summary>Stands in the summary of each offer.</summary>
    public const string CommonWord = "Verwaltung";

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

    public static MarketSeed Of(int offers)
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
            ApiClients = [.. new[] { "seller", "supplier" }.Select(key => new ApiClientSeed(key, key, key, [Scopes.OffersWrite]) { Secret = MeasuredServer.ClientSecret })],
        };

        OfferSeed Offer(int i) =>
            new(Number("o", i), Number("E-", i), Number("angebot-", i), Number("s", i / 10), "seller", "supplier",
                i % 1000 == 0 ? $"{Text(WordsOfTitle)} {RareWord}" : Text(WordsOfTitle), $"{Text(WordsOfSummary)} {CommonWord}", OrderingMode.Direct)
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
