using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Organisations;

/// <summary>The list of organisations: filters, pages, and how many SQL commands what hangs on it takes.</summary>
public sealed class OrganisationQueryTests
{
    private const string Operator = "operator";

    private const string Page = """
        query($filter: OrganisationFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
          organisations(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
            totalCount nodes { name } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }
        """;

    private static readonly OrganisationKind[] Kinds = [OrganisationKind.Municipality, OrganisationKind.District, OrganisationKind.ItProvider];

    private static readonly OrganisationRole[][] Roles = [[OrganisationRole.Customer], [OrganisationRole.Customer, OrganisationRole.Aggregator], [OrganisationRole.Supplier], []];

    private static readonly MarketSeed Market = new()
    {
        Organisations =
        [
            new(Operator, "Betreiberin", OrganisationKind.PublicInstitution, [OrganisationRole.Operator]),
            new("verkauf", "Vertrieb", OrganisationKind.Cooperative, [OrganisationRole.Seller]),
            .. Enumerable.Range(0, 120).Select(i => new OrganisationSeed(Key(i), $"{(i % 2 == 0 ? "Gemeinde" : "Stadt")} Ödheim {i:D3}", Kinds[i % Kinds.Length], Roles[i % Roles.Length])
            {
                Ars = i % 10 == 0 ? string.Create(CultureInfo.InvariantCulture, $"05{i:D3}") : null,
                FederalState = i % 5 == 0 ? null : (i % 5).ToString("D2", CultureInfo.InvariantCulture),
                LeitwegId = i % 7 == 0 ? Leitweg(i) : null,
                Contacts = [new ContactSeed($"Stelle {i}", $"stelle{i}@gemeinde.example", ContactPurpose.Invoicing)],
            }),
        ],
        // In a ring, so that each has one of everything.
        Ownerships = [.. Enumerable.Range(0, 120).Select(i => new OwnershipSeed(Key(i), Key((i + 1) % 120), OwnershipKind.Share, new DateOnly(2020, 1, 1)))],
        Accreditations = [.. Enumerable.Range(0, 120).Select(i => new AccreditationSeed(Key(i), "verkauf", AccreditationState.Requested, new DateOnly(2024, 1, 1)))],
        Clients = [.. Enumerable.Range(0, 120).Select(i => new ClientSeed(Key(i), Key((i + 1) % 120), new DateOnly(2021, 1, 1)))],
        ApiClients =
        [
            new ApiClientSeed(Operator, Operator, Operator, ["organisations:write"], IsOperator: true) { Secret = "demo-secret" },
            .. new[] { Key(14), Key(50), "verkauf" }.Select(key => new ApiClientSeed(key, key, key, []) { Secret = "demo-secret" }),
        ],
    };

    private static readonly IReadOnlyDictionary<string, Func<OrganisationSeed, bool>> Filters = new Dictionary<string, Func<OrganisationSeed, bool>>
    {
        ["""{}"""] = _ => true,
        ["""{"search":"odheim stadt"}"""] = o => o.Name.StartsWith("Stadt", StringComparison.Ordinal),
        ["""{"search":"ÖDH 01"}"""] = o => o.Name.Contains(" 01", StringComparison.Ordinal),
        ["""{"search":"heim"}"""] = _ => false,
        ["""{"ars":"05020"}"""] = o => o.Ars == "05020",
        ["""{"ars":"05"}"""] = _ => false,
        ["""{"kinds":["DISTRICT"]}"""] = o => o.Kind == OrganisationKind.District,
        ["""{"kinds":["DISTRICT","COOPERATIVE"]}"""] = o => o.Kind is OrganisationKind.District or OrganisationKind.Cooperative,
        ["""{"kinds":[]}"""] = _ => false,
        ["""{"roles":["CUSTOMER"]}"""] = o => o.Roles.Contains(OrganisationRole.Customer),
        ["""{"roles":["AGGREGATOR","SELLER"]}"""] = o => o.Roles.Any(r => r is OrganisationRole.Aggregator or OrganisationRole.Seller),
        ["""{"roles":[]}"""] = _ => false,
        ["""{"federalStates":["01","03"]}"""] = o => o.FederalState is "01" or "03",
        [$$"""{"leitwegId":"{{Leitweg(14)}}"}"""] = o => o.LeitwegId == Leitweg(14),
        ["""{"search":"gemeinde","roles":["CUSTOMER"],"federalStates":["02"]}"""] = o => o.Name.StartsWith("Gemeinde", StringComparison.Ordinal) && o.Roles.Contains(OrganisationRole.Customer) && o.FederalState == "02",
    };

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Filters_let_through_what_they_say_and_pages_make_up_the_list(StoreKind kind)
    {
        await using MarketHost host = await StartAsync(kind);
        foreach ((string filter, Func<OrganisationSeed, bool> lets) in Filters)
        {
            string[] expected = [.. Market.Organisations.Where(lets).Select(o => o.Name).Order(StringComparer.Ordinal)];
            JsonElement given = JsonSerializer.Deserialize<JsonElement>(filter);

            JsonElement whole = await AskAsync(host, new { filter = given, first = 100 });
            Assert.Equal(expected.Length, whole.GetProperty("totalCount").GetInt32());
            Assert.Equal(expected.Take(100), whole.GetProperty("nodes").Texts("name"));
            Assert.Equal(expected, await WalkAsync(host, given, forward: true));
            Assert.Equal(expected, await WalkAsync(host, given, forward: false));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task What_hangs_on_organisations_takes_the_same_commands_for_1_20_and_100(StoreKind kind)
    {
        await using MarketHost host = await StartAsync(kind);
        // Beside the page itself. What is told to parties only asks once whom the caller deals with; an operator sees everything.
        foreach ((string selection, int further) in new[]
        {
            ("name kind roles ars population federalState { code } address { city } leitwegId electronicAddress { value } vatId iban approvalRules { approvals }", 0),
            ("owns(first: 3) { totalCount nodes { owned { name } } }", 3),
            ("ownedBy(first: 3) { nodes { owner { name } kind } }", 2),
            ("contacts { name email }", 1),
            ("accreditations { state seller { name } }", 2),
            ("clients(first: 3) { nodes { name } }", 1),
            ("aggregators { name }", 2),
        })
        {
            var counts = new List<int>();
            foreach (int first in new[] { 1, 20, 100 })
            {
                Answer answer = await AnswerAsync(host, $"query($first: Int!) {{ organisations(first: $first, filter: {{ search: \"ödheim\" }}) {{ nodes {{ {selection} }} }} }}", new { first });
                Assert.Equal(first, answer.Data.At("organisations", "nodes").GetArrayLength());
                counts.Add(answer.Commands);
            }
            Assert.True(counts.TrueForAll(c => c == 1 + further), $"{selection}: {string.Join(", ", counts)}");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task By_its_leitweg_id_an_organisation_is_found_by_those_who_deal_with_it(StoreKind kind)
    {
        await using MarketHost host = await StartAsync(kind);

        foreach ((string caller, int found) in new[] { (Key(14), 1), ("verkauf", 1), (Key(50), 0) })
            Assert.Equal(found, (await AnswerAsync(host, Page, new { filter = new { leitwegId = Leitweg(14) } }, caller)).Data.At("organisations", "totalCount").GetInt32());
    }

    [Fact]
    public async Task The_sixteen_states_are_told_with_inhabitants_and_share()
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });

        using HttpResponseMessage response = await host.PostAsync("{ federalStates { code name population populationOn koenigsteinShare koenigsteinYear } }");
        JsonElement states = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.At("data", "federalStates");

        Assert.Equal(Regions.States, states.EnumerateArray().Select(s => (s.GetProperty("code").GetString()!, s.GetProperty("name").GetString()!, s.GetProperty("population").GetInt32())));
        Assert.All(states.EnumerateArray(), s => Assert.Equal(("2019-12-31", 2019), (s.GetProperty("populationOn").GetString(), s.GetProperty("koenigsteinYear").GetInt32())));
        Assert.Equal(100m, states.Texts("koenigsteinShare").Sum(share => decimal.Parse(share!, CultureInfo.InvariantCulture)));
        Assert.Equal("21.07592", states.EnumerateArray().Single(s => s.GetProperty("code").GetString() == "05").GetProperty("koenigsteinShare").GetString());
    }

    private static async Task<List<string?>> WalkAsync(MarketHost host, JsonElement filter, bool forward)
    {
        var names = new List<string?>();
        string? cursor = null;
        for (int page = 0; page < 20; page++)
        {
            JsonElement list = await AskAsync(host, forward ? new { filter, first = 17, after = cursor } : new { filter, last = 17, before = cursor });
            List<string?> here = list.GetProperty("nodes").Texts("name");
            names.InsertRange(forward ? names.Count : 0, here);
            Assert.Equal(here.Count, list.GetProperty("edges").GetArrayLength());
            cursor = list.At("pageInfo", forward ? "endCursor" : "startCursor").GetString();
            if (!list.At("pageInfo", forward ? "hasNextPage" : "hasPreviousPage").GetBoolean()) return names;
        }
        throw new InvalidOperationException("The list does not end.");
    }

    private static async Task<JsonElement> AskAsync(MarketHost host, object variables) => (await AnswerAsync(host, Page, variables)).Data.GetProperty("organisations");

    private static async Task<Answer> AnswerAsync(MarketHost host, string query, object variables, string client = Operator)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await host.TokenAsync(client));
        using HttpResponseMessage response = await host.Client.SendAsync(request);
        JsonElement json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return new Answer(json, int.Parse(Assert.Single(response.Headers.GetValues(CommandCountHeader.Name)), CultureInfo.InvariantCulture));
    }

    private static async Task<MarketHost> StartAsync(StoreKind kind)
    {
        MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Store = kind, Demo = false, Services = CommandCountHeader.AddTo, Settings = CommandCountHeader.LargePages });
        await host.Services.GetRequiredService<MarketLoader>().LoadAsync(Market, CancellationToken.None);
        return host;
    }

    private static string Key(int i) => string.Create(CultureInfo.InvariantCulture, $"o{i}");

    private static string Leitweg(int i)
    {
        string coarse = string.Create(CultureInfo.InvariantCulture, $"05{i:D6}");
        return $"{coarse}-{LeitwegId.CheckDigits(coarse)}";
    }
}
