using System.Text.Json;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Catalog;

/// <summary>What the catalogue answers does not depend on the store.</summary>
[Collection(CatalogMarket.Name)]
public sealed class CatalogStoreTests(CatalogMarket onSqlite)
{
    private const string Offers = """
        query($filter: OfferFilter, $sort: OfferSort, $town: ID!) { list: offers(filter: $filter, sort: $sort, first: 100) { totalCount nodes {
          slug state title description availableIn { code } connectionTypes specialistApplications prices { text } terms { versionLabel } documents { title mediaType } publishedAt updatedAt
          service { name leikaKeys ozgIds } seller { name } versions(first: 2) { totalCount nodes { number changedFields } } asOf(at: "2025-06-01T00:00:00Z") { number }
          quote(input: {for: {ars: "053340002002"}, startsOn: "2027-03-15", packageCode: "S", expectedUses: 250}) { quote { gross { amount } } errors { code } }
          eligibility(organisationId: $town) { eligible reasons { code } alternatives { message } }
        } } }
        """;

    private const string Facets = """
        query($filter: OfferFilter) { offers(filter: $filter) { facets { kinds { value count } subjectAreas { value count } sellers { label count } suppliers { label count } availableIn { value count }
          connectionTypes { value count } specialistApplications { value count } fimTypes { value count } orderingModes { value count } efaFinanced { value count } } } }
        """;

    private const string Services = """
        query($filter: ServiceFilter) { list: services(filter: $filter, first: 100) { totalCount nodes { name leikaKeys offers(first: 5) { totalCount nodes { slug } facets { sellers { label count } availableIn { value count } } } } } }
        """;

    private static readonly string[] Sorts = ["TITLE", "PUBLISHED_AT_DESC", "UPDATED_AT_DESC"];

    [SkippableTheory]
    [InlineData(StoreKind.PostgreSql)]
    [InlineData(StoreKind.SqlServer)]
    public async Task Every_store_gives_the_same_answers(StoreKind store)
    {
        var other = new CatalogMarket(store);
        try
        {
            await other.InitializeAsync();
            foreach ((int i, string filter) in OfferListTests.FilterTexts.Index())
            {
                await AreEqualAsync(other, Offers, Narrowed(filter), Sorts[i % Sorts.Length]);
                await AreEqualAsync(other, Facets, filter, null);
            }
            foreach (string filter in ServiceTests.FilterTexts.Where(f => f != "{}")) await AreEqualAsync(other, Services, filter, null);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    // To less than a page, so that equal sort keys at its end cannot differ.
    private static string Narrowed(string filter) =>
        filter.Contains("efaFinanced", StringComparison.Ordinal) ? filter : $"{filter[..^1]}{(filter == "{}" ? "" : ",")}\"efaFinanced\":true}}";

    private async Task AreEqualAsync(CatalogMarket other, string query, string filter, string? sort) =>
        Assert.Equal(await ReadAsync(onSqlite, query, filter, sort), await ReadAsync(other, query, filter, sort));

    // Rows that sort alike follow their ids, which each market draws anew.
    private static async Task<List<string>> ReadAsync(CatalogMarket market, string query, string filter, string? sort)
    {
        JsonElement data = (await market.AskAsync(query, new { filter = JsonSerializer.Deserialize<JsonElement>(filter), sort, town = market.IdOf(IdPrefix.Organisation, "town") }, "town")).Data;
        return data.TryGetProperty("list", out JsonElement list)
            ? [list.GetProperty("totalCount").GetRawText(), .. list.GetProperty("nodes").EnumerateArray().Select(n => n.GetRawText()).Order(StringComparer.Ordinal)]
            : [data.GetRawText()];
    }
}
