using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;

namespace Efa.Graph.Tests.Ordering.Contracts;

public sealed class ContractApiTests
{
    // Contracts; orders; parents, children, their count; organisations; documents; contacts.
    private const int ContractsCommands = 8;

    private const string Both =
        """
        query($first: Int!) {
          contracts(first: $first) {
            nodes {
              number
              order { number }
              parent { number }
              children { totalCount nodes { number grantedTo { name } } }
              grantedBy { name }
              grantedTo { name }
              documents { title url }
              contacts { name }
            }
          }
        }
        """;

    [Fact]
    public async Task Contracts_with_all_around_them_take_the_same_commands_for_1_20_and_100()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        for (int i = 0; i < 50; i++)
        {
            string id = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
            await trade.StepAsync("AcceptOrder", id, 1, SmallMarket.Govdigital);
        }

        foreach (int first in new[] { 1, 20, 100 })
        {
            Answer answer = await trade.AskAsync(Both, new { first }, SmallMarket.Govdigital);
            Assert.Equal(first, answer.Data.At("contracts", "nodes").GetArrayLength());
            Assert.Equal((first, ContractsCommands), (first, answer.Commands));
        }
        // Orders; their contracts; the orders of these.
        const string nested = "query($first: Int!) { orders(first: $first) { nodes { number contracts { number kind order { state } } } } }";
        foreach (int first in new[] { 1, 20, 50 }) Assert.Equal((first, 3), (first, (await trade.AskAsync(nested, new { first }, SmallMarket.Govdigital)).Commands));
    }

    [Fact]
    public async Task A_contract_is_found_by_number_and_its_parties_see_what_is_theirs()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string orderId = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aggregator, [SmallMarket.Solnhofen, SmallMarket.Pappenheim])).GetProperty("id").GetString()!;
        await trade.StepAsync("AcceptOrder", orderId, 1, SmallMarket.Govdigital);

        const string tree = "query($by: ContractBy!) { contract(by: $by) { number kind parent { number } children { totalCount nodes { number } } order { number } } }";
        Assert.Equal(
            """{"number":"GD-V-2026-000002","kind":"REUSE","parent":{"number":"GD-V-2026-000001"},"children":{"totalCount":0,"nodes":[]},"order":{"number":"GD-2026-000001"}}""",
            await SeenAsync(SmallMarket.Govdigital, SmallMarket.Govdigital, "GD-V-2026-000002"));
        Assert.Equal(
            """{"number":"GD-V-2026-000002","kind":"REUSE","parent":null,"children":{"totalCount":2,"nodes":[{"number":"GD-V-2026-000003"},{"number":"GD-V-2026-000004"}]},"order":{"number":"GD-2026-000001"}}""",
            await SeenAsync(SmallMarket.Aggregator, SmallMarket.Govdigital, "GD-V-2026-000002"));
        Assert.Equal(
            """{"number":"GD-V-2026-000004","kind":"SUB_REUSE","parent":null,"children":{"totalCount":0,"nodes":[]},"order":{"number":"GD-2026-000001"}}""",
            await SeenAsync(SmallMarket.Pappenheim, SmallMarket.Aggregator, "GD-V-2026-000004"));
        Assert.Equal("null", await SeenAsync(SmallMarket.Solnhofen, SmallMarket.Aggregator, "GD-V-2026-000004"));
        Assert.Equal("null", await SeenAsync(SmallMarket.Wismar, SmallMarket.Govdigital, "GD-V-2026-000002"));

        const string filtered = "query($filter: ContractFilter) { contracts(filter: $filter) { totalCount } }";
        foreach ((object filter, int count) in new (object, int)[]
        {
            (new { kinds = new[] { "SUB_REUSE" } }, 2), (new { kinds = Array.Empty<string>() }, 0), (new { grantedToIds = new[] { trade.Organisation(SmallMarket.Solnhofen) } }, 1),
            (new { grantedByIds = new[] { trade.Organisation(SmallMarket.Govdigital) }, activeOn = "2026-02-15" }, 1), (new { activeOn = "2026-02-14" }, 0),
        })
            Assert.Equal(count, (await trade.AskAsync(filtered, new { filter }, SmallMarket.Aggregator)).Data.At("contracts", "totalCount").GetInt32());

        async Task<string> SeenAsync(string who, string grantor, string number) =>
            (await trade.AskAsync(tree, new { by = new { number = new { grantedById = trade.Organisation(grantor), number } } }, who)).Data.GetProperty("contract") is { ValueKind: not JsonValueKind.Null } seen
                ? seen.ToString() : "null";
    }

    [Fact]
    public async Task Contacts_and_documents_are_changed_and_given_to_parties_only()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string orderId = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        await trade.StepAsync("AcceptOrder", orderId, 1, SmallMarket.Govdigital);
        JsonElement contract = (await trade.RunAsync("Contracts", new { filter = new { kinds = new[] { "REUSE" } } }, SmallMarket.Aachen)).Data.At("contracts", "nodes")[0];
        string id = contract.GetProperty("id").GetString()!;
        Assert.Equal(1, contract.GetProperty("version").GetInt32());

        byte[] bytes = "Unterschriebener Vertrag."u8.ToArray();
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync());
        var document = new { contractId = id, expectedVersion = 1, document = new { kind = "CONTRACT", title = "Vertrag", sha256 }, idempotencyKey = "document" };
        JsonElement added = (await trade.RunAsync("AddContractDocument", new { input = document }, SmallMarket.Aachen)).Data.GetProperty("addContractDocument");
        Assert.Equal(["AGB", "Service-Level", "Vertrag"], added.At("contract", "documents").Texts("title"));
        foreach ((string who, HttpStatusCode status) in new[] { (SmallMarket.Aachen, HttpStatusCode.OK), (SmallMarket.Govdigital, HttpStatusCode.OK), (SmallMarket.Supplier, HttpStatusCode.NotFound), (SmallMarket.Wismar, HttpStatusCode.NotFound) })
            Assert.Equal(status, await GetAsync(who));

        var contacts = new { contractId = id, expectedVersion = 2, contacts = new[] { new { name = "Vertragsstelle", email = "vertrag@aachen.example", purpose = "COMMERCIAL" } }, idempotencyKey = "contacts" };
        JsonElement named = (await trade.RunAsync("UpdateContractContacts", new { input = contacts }, SmallMarket.Aachen)).Data.GetProperty("updateContractContacts");
        string contact = named.At("contract", "contacts")[0].GetProperty("id").GetString()!;
        JsonElement seller = (await trade.RunAsync("Contracts", new { filter = new { kinds = new[] { "REUSE" } } }, SmallMarket.Govdigital)).Data.At("contracts", "nodes")[0];
        Assert.Equal("vertrag@aachen.example", seller.GetProperty("contacts")[0].GetProperty("email").GetString());
        const string node = "query($id: ID!) { node(id: $id) { ... on Contact { name } } }";
        Assert.Equal("Vertragsstelle", (await trade.AskAsync(node, new { id = contact }, SmallMarket.Govdigital)).Data.At("node", "name").GetString());
        Assert.Equal(JsonValueKind.Null, (await trade.AskAsync(node, new { id = contact }, SmallMarket.Supplier)).Data.GetProperty("node").ValueKind);
        await trade.RunAsync("EraseContact", new { input = new { contactId = contact, idempotencyKey = "erase" } }, SmallMarket.Govdigital);
        Assert.Equal(JsonValueKind.Null, (await trade.AskAsync(node, new { id = contact }, SmallMarket.Govdigital)).Data.GetProperty("node").ValueKind);

        async Task<HttpStatusCode> PutAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, $"/documents/{sha256}") { Content = new ByteArrayContent(bytes) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await trade.TokenAsync(SmallMarket.Aachen));
            using HttpResponseMessage response = await trade.Host.Client.SendAsync(request);
            return response.StatusCode;
        }

        async Task<HttpStatusCode> GetAsync(string who)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/documents/{sha256}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await trade.TokenAsync(who));
            using HttpResponseMessage response = await trade.Host.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Over_the_api_a_seller_brings_in_a_contract()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        var input = new
        {
            offerId = trade.Offer(SmallMarket.Portal),
            contractNumber = "FITST/2023/0007",
            orderedById = trade.Organisation(SmallMarket.Aachen),
            startsOn = "2023-05-01",
            annualFee = "12000.00",
            idempotencyKey = "import",
        };
        JsonElement done = (await trade.RunAsync("ImportContract", new { input }, SmallMarket.Govdigital)).Data.GetProperty("importContract");
        Assert.Empty(done.GetProperty("errors").EnumerateArray());
        Assert.Equal(("ACTIVE", "IMPORTED", "2026-01-01"), (done.At("order", "state").GetString(), done.At("order", "origin").GetString(), done.At("order", "activeFrom").GetString()));
        Assert.Equal(("FITST/2023/0007", "2023-05-01"), (done.At("contract", "number").GetString(), done.At("contract", "startsOn").GetString()));

        JsonElement again = (await trade.RunAsync("ImportContract", new { input }, SmallMarket.Govdigital)).Data.GetProperty("importContract");
        Assert.Equal(done.ToString(), again.ToString());
        Assert.Equal(1, (await trade.AskAsync("{ contracts { totalCount } }", client: SmallMarket.Aachen)).Data.At("contracts", "totalCount").GetInt32());
    }
}
