using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Cost;

[Collection(DemoMarket.Name)]
public sealed class DocumentCostTests(DemoMarket market)
{
    private const string Offer = "offer_01h455vb4pex5vsknk084sn02q";
    private const string Organisation = "org_01h455vb4pex5vsknk084sn02q";

    [Theory]
    [InlineData("{ __typename }", 0)]
    [InlineData("{ offers(first: 3) { nodes { title } } }", 3)]
    [InlineData("{ offers { totalCount } }", 20 + 10)]
    [InlineData("{ offers(last: 6) { nodes { title } } }", 6)]
    [InlineData("{ federalStates { name } subjectAreas { name } }", 16 + 14)]
    // Entries are paid for whatever is selected of them, and once: a page is read also for its end.
    [InlineData("{ offers(first: 100) { pageInfo { hasNextPage } } }", 100 + 1)]
    [InlineData("{ offers(first: 3) { nodes { seller { name } } } }", 3 + 3)]
    [InlineData("{ offers(first: 3) { edges { cursor node { seller { name } } } } }", 3 + 3)]
    [InlineData("{ offers(first: 3) { edges { node { seller { name } } } nodes { supplier { name } } } }", 3 + 3 + 3)]
    [InlineData("{ offers { totalCount nodes { title seller { name } supplier { name } service { name } maturity { __typename } } pageInfo { endCursor } } }", 20 + 10 + (4 * 20) + 1)]
    [InlineData("{ offers(first: 1) { facets { kinds { value } sellers { value } } } }", 1 + 40)]
    [InlineData("{ a: offers(first: 2) { nodes { title } } b: offers(first: 3) { nodes { title } } }", 2 + 3)]
    [InlineData("{ services(first: 2) { nodes { offers { nodes { title seller { name } } } } } }", 2 + (2 * 20) + (2 * 20))]
    [InlineData("{ services(first: 2) { nodes { offers(first: 4) { totalCount nodes { title } } } } }", 2 + (2 * 4) + (2 * 10))]
    [InlineData("{ offers(first: 2) { nodes { ...a ...b } } } fragment a on Offer { seller { ...c } } fragment b on Offer { supplier { ...c } } fragment c on Organisation { name federalState { name } }", 2 + 4 + 4)]
    [InlineData("{ offers(first: 2) { nodes { prices { text taxes { __typename } ... on TieredPrice { tiers { __typename } } } } } }", 2 + (2 * 5) + (2 * 5 * 2) + (2 * 5 * 5))]
    [InlineData("{ node(id: \"" + Offer + "\") { id ... on Offer { seller { name } } ... on Service { subjectArea { name } } } }", 1 + 1 + 1)]
    [InlineData("{ nodes(ids: [\"" + Offer + "\", \"" + Organisation + "\", \"" + Offer + "\"]) { ... on Offer { seller { name } } } }", 3 + 3)]
    [InlineData("{ nodes(ids: []) { id } }", 1)]
    [InlineData("{ offer(by: { slug: \"x\" }) { eligibility(organisationId: \"" + Organisation + "\") { eligible chain { relation } } } }", 1 + 5 + 2)]
    [InlineData("{ offer(by: { slug: \"x\" }) { eligibilities(organisationIds: [\"" + Organisation + "\", \"" + Organisation + "\"]) { eligible seller { name } } } }", 1 + (2 * 5) + 2)]
    [InlineData("{ offer(by: { slug: \"x\" }) { quote(input: { for: { organisationId: \"" + Organisation + "\" }, startsOn: \"2027-01-01\" }) { quote { net { amount } } } } }", 1 + 5 + 1 + 1)]
    [InlineData("mutation { startProvisioning(input: { orderId: \"order_01h455vb4pex5vsknk084sn02q\", expectedVersion: 1, idempotencyKey: \"k\" }) { order { id } errors { code } } }", 1 + 1 + 5)]
    public async Task A_document_costs(string query, int cost) => Assert.Equal(cost, await PriceAsync(query));

    [Fact]
    public async Task Variables_make_the_price_of_the_same_document()
    {
        const string Query = "query($n: Int = 4) { offers(first: $n) { nodes { seller { name } } } }";
        Assert.Equal(8, await PriceAsync(Query));
        Assert.Equal(14, await PriceAsync(Query, new { n = 7 }));
        Assert.Equal(40, await PriceAsync(Query, new { n = (int?)null }));
        Assert.Equal(200, await PriceAsync(Query, new { n = 100 }));

        const string Batch = "query($inputs: [QuoteInput!]!) { offer(by: { slug: \"x\" }) { quotes(inputs: $inputs) { quote { gross { amount } } } } }";
        var input = new { @for = new { organisationId = Organisation }, startsOn = "2027-01-01" };
        Assert.Equal(1 + 5 + 1 + 1, await PriceAsync(Batch, new { inputs = new[] { input } }));
        Assert.Equal(1 + (4 * 5) + 4 + 4, await PriceAsync(Batch, new { inputs = new[] { input, input, input, input } }));
    }

    [Fact]
    public async Task What_is_left_out_costs_nothing()
    {
        const string Query = "query($with: Boolean!) { offers(first: 1) { facets @include(if: $with) { kinds { value } } totalCount @skip(if: $with) nodes { ...more @include(if: $with) } } } fragment more on Offer { seller { name } }";
        Assert.Equal(1 + 40 + 1, await PriceAsync(Query, new { with = true }));
        Assert.Equal(1 + 10, await PriceAsync(Query, new { with = false }));
    }

    [Theory]
    [InlineData("SearchOffers", 20 + 10 + (3 * 20) + (5 * 20) + 40 + 1)]
    [InlineData("Orders", 20 + 10 + 20 + 20 + (20 * 20) + (5 * 20) + 1)]
    [InlineData("OrderEvents", 100 + 100 + 1)]
    [InlineData("OrderEventsHead", 1)]
    [InlineData("Invoices", 5 + 10 + 1 + 3 + 1 + (5 * (2 + 10 + 10 + (3 * 10) + (5 * 10) + (3 * 5) + 3 + 20)))]
    public async Task The_lists_of_the_story_stay_within_the_limit(string operation, int cost) =>
        Assert.Equal(cost, await PriceAsync(Repository.Operation(operation)));

    [Fact]
    public async Task The_introspection_query_of_graphql_js_passes_all_limits_and_costs_50()
    {
        using HttpResponseMessage response = await market.Host.SendAsync(Introspection);
        JsonElement answer = await response.JsonAsync();

        Assert.True(response.StatusCode == HttpStatusCode.OK && !answer.TryGetProperty("errors", out _), answer.ToString());
        Assert.Equal((50, 1_000, null), answer.Cost());
        Assert.Equal("Query", answer.GetProperty("data").GetProperty("__schema").GetProperty("queryType").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Pages_in_pages_in_pages_are_refused()
    {
        using HttpResponseMessage response = await market.Host.SendAsync("{ services(first: 100) { nodes { offers(first: 100) { nodes { versions(first: 100) { nodes { number } } } } } } }");
        JsonElement answer = await response.JsonAsync();

        Assert.Equal((HttpStatusCode.BadRequest, "LIMIT_EXCEEDED"), (response.StatusCode, answer.Code()));
        Assert.Equal("The request costs 1010100 points; one request may cost 1000.", answer.Error().GetProperty("message").GetString());
        Assert.Equal((1_010_100, 1_000, null), answer.Cost());
        Assert.False(answer.TryGetProperty("data", out _));
    }

    private async Task<long> PriceAsync(string query, object? variables = null)
    {
        using HttpResponseMessage response = await market.Host.SendAsync(query, variables, PricedMarket.DryRun);
        JsonElement answer = await response.JsonAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK && answer.GetProperty("data").ValueKind == JsonValueKind.Null, answer.ToString());
        return answer.Cost().Requested;
    }

    // getIntrospectionQuery() of graphql-js 16, word by word.
    private const string Introspection = """

            query IntrospectionQuery {
              __schema {

                queryType { name kind }
                mutationType { name kind }
                subscriptionType { name kind }
                types {
                  ...FullType
                }
                directives {
                  name
                  description

                  locations
                  args {
                    ...InputValue
                  }
                }
              }
            }

            fragment FullType on __Type {
              kind
              name
              description


              fields(includeDeprecated: true) {
                name
                description
                args {
                  ...InputValue
                }
                type {
                  ...TypeRef
                }
                isDeprecated
                deprecationReason
              }
              inputFields {
                ...InputValue
              }
              interfaces {
                ...TypeRef
              }
              enumValues(includeDeprecated: true) {
                name
                description
                isDeprecated
                deprecationReason
              }
              possibleTypes {
                ...TypeRef
              }
            }

            fragment InputValue on __InputValue {
              name
              description
              type { ...TypeRef }
              defaultValue


            }

            fragment TypeRef on __Type {
              kind
              name
              ofType {
                kind
                name
                ofType {
                  kind
                  name
                  ofType {
                    kind
                    name
                    ofType {
                      kind
                      name
                      ofType {
                        kind
                        name
                        ofType {
                          kind
                          name
                          ofType {
                            kind
                            name
                            ofType {
                              kind
                              name
                              ofType {
                                kind
                                name
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
        """;
}
