using Efa.Marketplace.Events;

namespace Efa.Graph.Tests.Catalog;

/// <summary>SQL commands of one request: exact, and the same whatever the number of rows.</summary>
[Collection(CatalogMarket.Name)]
public sealed class CatalogCommandCountTests(CatalogMarket market)
{
    private const string Organisation = "$organisation: ID!";

    /// <summary>What is selected of each offer, and the commands it takes beside the one for the page.</summary>
    public static TheoryData<string, int> Selections => new()
    {
        { "id slug state updatedAt", 0 },
        { "title summary description maturity { level } efaFinanced prices { code text } publishedAt", 1 },
        { "service { name } seller { name } supplier { name } title prices { label }", 3 },
        { "service { name leikaKeys ozgIds } seller { name } title prices { label } terms { title }", 7 },
        { "availableIn { code }", 1 },
        { "connectionTypes", 1 },
        { "specialistApplications", 1 },
        { "documents { url }", 1 },
        { "terms { id }", 2 },
        { "publishedVersion { number changedFields }", 8 },
        { "versions(first: 3) { nodes { number } totalCount }", 2 },
        { "asOf(at: \"2026-01-01T00:00:00Z\") { title }", 2 },
        { "asOf(at: \"2020-01-01T00:00:00Z\") { title }", 1 },
    };

    [Theory]
    [MemberData(nameof(Selections))]
    public async Task Offers_take_the_same_commands_for_1_20_and_100_rows(string selection, int further)
    {
        Assert.Equal([1 + further, 1 + further, 1 + further], await CountAsync($"query($first: Int!) {{ offers(first: $first) {{ nodes {{ {selection} }} }} }}", "offers"));
    }

    [Fact]
    public async Task Counting_and_facets_take_commands_only_when_selected()
    {
        Assert.Equal(1, (await market.AskAsync("{ offers { pageInfo { endCursor } } }")).Commands);
        Assert.Equal(2, (await market.AskAsync("{ offers { totalCount } }")).Commands);
        Assert.Equal(5, (await market.AskAsync("{ offers { facets { kinds { count } } } }")).Commands);
        Assert.Equal(6, (await market.AskAsync("{ offers { facets { sellers { label } suppliers { label } availableIn { label } } } }")).Commands);
    }

    [Fact]
    public async Task Services_with_offers_and_facets_take_the_same_commands_for_1_20_and_100_rows()
    {
        List<int> commands = await CountAsync(
            "query($first: Int!) { services(first: $first) { nodes { name leikaKeys offers(first: 2) { totalCount nodes { title seller { name } } facets { kinds { count } sellers { label } } } } } }", "services");

        // Page, keys, offers, their count, versions, four for facets, sellers.
        Assert.Equal([10, 10, 10], commands);
    }

    [Fact]
    public async Task Eligibility_of_a_page_takes_the_same_commands_for_1_20_and_100_rows()
    {
        string query = $"query($first: Int!, {Organisation}) {{ offers(first: $first) {{ nodes {{ eligibility(organisationId: $organisation) {{ eligible }} eligibilities(organisationIds: [$organisation]) {{ basis }} }} }} }}";

        Assert.Equal([4, 4, 4], await CountAsync(query, "offers", "town"));
    }

    [Fact]
    public async Task Quotes_of_a_page_take_the_same_commands_for_1_20_and_100_rows()
    {
        const string Query = """
            query($first: Int!, $organisation: ID!) { offers(first: $first) { nodes {
              quote(input: {for: {organisationId: $organisation}, startsOn: "2027-01-01", packageCode: "S", expectedUses: 500}) { quote { gross { amount } } errors { code } }
              quotes(inputs: [{for: {ars: "05"}, startsOn: "2027-01-01"}, {for: {organisationId: $organisation}, startsOn: "2027-07-01", years: 2}]) { quote { years { lines { net { amount } } } } }
            } } }
            """;

        // The page; offers with their prices, and organisations with their population.
        Assert.Equal([3, 3, 3], await CountAsync(Query, "offers", "town"));
    }

    private async Task<List<int>> CountAsync(string query, string list, string? actingFor = null)
    {
        var counts = new List<int>();
        foreach (int first in new[] { 1, 20, 100 })
        {
            Answer answer = await market.AskAsync(query, new { first, organisation = market.IdOf(IdPrefix.Organisation, "town") }, actingFor);
            Assert.Equal(first, answer.Data.At(list, "nodes").GetArrayLength());
            counts.Add(answer.Commands);
        }
        return counts;
    }
}
