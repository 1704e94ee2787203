using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Evidence;

namespace Efa.Graph.Tests.Evidence;

public sealed class AuditApiTests
{
    private const string Query = """
        query($subject: ID, $organisation: ID, $after: Cursor, $first: Int) {
          audit(subjectId: $subject, organisationId: $organisation, after: $after, first: $first) {
            nodes { cursor index action actor clientId organisation { id } role subjectId subject { id } subjectHash leafHash }
            pageInfo { hasNextPage endCursor } head
          }
        }
        """;

    [Fact]
    [Trait("attack", "Z23")]
    public async Task Parties_read_who_did_what_and_strangers_read_nothing()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        await trade.StepAsync("AcceptOrder", id, 1, SmallMarket.Govdigital);

        foreach (string party in new[] { SmallMarket.Aachen, SmallMarket.Govdigital, SmallMarket.Supplier })
        {
            JsonElement[] entries = [.. (await trade.AskAsync(Query, new { subject = id }, party)).Data.At("audit", "nodes").EnumerateArray()];
            Assert.Equal(["placeOrder", "acceptOrder"], entries.Select(e => e.GetProperty("action").GetString()));
            Assert.Equal([SmallMarket.Aachen, SmallMarket.Govdigital], entries.Select(e => e.GetProperty("clientId").GetString()));
            Assert.Equal([trade.Organisation(SmallMarket.Aachen), trade.Organisation(SmallMarket.Govdigital)], entries.Select(e => e.GetProperty("organisation").GetProperty("id").GetString()));
            Assert.Equal([null, "SELLER"], entries.Select(e => e.GetProperty("role").GetString()));
            Assert.All(entries, e => Assert.Equal((id, id), (e.GetProperty("subjectId").GetString(), e.GetProperty("subject").GetProperty("id").GetString())));
        }

        Answer stranger = await trade.AskAsync(Query, new { subject = id }, SmallMarket.Wismar);
        Assert.Empty(stranger.Data.At("audit", "nodes").EnumerateArray());
        Assert.NotNull(stranger.Data.At("audit", "pageInfo", "endCursor").GetString());
        Assert.Equal(2, (await trade.AskAsync(Query, new { subject = id }, TradeHost.Operator)).Data.At("audit", "nodes").GetArrayLength());
        // The order twice, and the supply contract that the acceptance concluded.
        List<string?> subjects = (await trade.AskAsync(Query, new { organisation = trade.Organisation(SmallMarket.Supplier) }, SmallMarket.Supplier)).Data.At("audit", "nodes").Texts("subjectId");
        Assert.Equal(["contract", "order", "order"], subjects.Select(subject => subject!.Split('_')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("attack", "Z23")]
    public async Task Without_its_scope_the_log_is_kept_back_and_its_head_is_public()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        Answer reader = await trade.AskAsync($"query($after: Cursor) {{ audit(after: $after) {{ head }} auditTreeHead {{ size }} }}", null, TradeHost.Reader);
        Assert.Equal("FORBIDDEN", reader.Json.At("errors")[0].At("extensions", "code").GetString());
        Answer anonymous = await trade.AskAsync("{ auditTreeHead { size } }");
        Assert.False(anonymous.Json.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task Pages_follow_by_cursor_and_each_entry_is_proven_against_any_size()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        for (int i = 0; i < 5; i++) await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        var indices = new List<int>();
        string? after = null;
        bool more = true;
        while (more)
        {
            JsonElement page = (await trade.AskAsync(Query, new { after, first = 2 }, SmallMarket.Aachen)).Data.GetProperty("audit");
            indices.AddRange(page.GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("index").GetInt32()));
            (after, more) = (page.At("pageInfo", "endCursor").GetString(), page.At("pageInfo", "hasNextPage").GetBoolean());
        }
        Assert.Equal([0, 1, 2, 3, 4], indices);

        JsonElement[] proven = [.. (await trade.AskAsync("{ audit { nodes { index leafHash inclusionProof(treeSize: 5) } } }", null, SmallMarket.Aachen)).Data.At("audit", "nodes").EnumerateArray()];
        string[] roots = [.. proven.Select(e => Convert.ToHexString(MerkleTree.RootBy(
            Convert.FromHexString(e.GetProperty("leafHash").GetString()!), e.GetProperty("index").GetInt32(), 5, [.. e.GetProperty("inclusionProof").EnumerateArray().Select(h => Convert.FromHexString(h.GetString()!))])!))];
        Assert.Single(roots.Distinct());

        Answer beyond = await trade.AskAsync("{ audit { nodes { inclusionProof(treeSize: 6) } } }", null, SmallMarket.Aachen);
        Assert.Equal(("INVALID_VALUE", "a tree size from 1 to 5"), (beyond.Json.At("errors")[0].At("extensions", "code").GetString(), beyond.Json.At("errors")[0].At("extensions", "expected").GetString()));
        Answer foreign = await trade.AskAsync(Query, new { after = (await trade.AskAsync("{ orderEvents { head } }", null, SmallMarket.Aachen)).Data.At("orderEvents", "head").GetString() }, SmallMarket.Aachen);
        Assert.Equal("CURSOR_OTHER_LOG", foreign.Json.At("errors")[0].At("extensions", "code").GetString());
    }

    [Fact]
    public async Task Entries_with_proofs_take_as_many_commands_for_one_as_for_many()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        for (int i = 0; i < 12; i++) await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        const string query = "query($first: Int!) { audit(first: $first) { nodes { subject { id } organisation { name } inclusionProof(treeSize: 12) } } }";

        Answer one = await trade.AskAsync(query, new { first = 1 }, SmallMarket.Aachen);
        Answer all = await trade.AskAsync(query, new { first = 12 }, SmallMarket.Aachen);

        Assert.Equal(12, all.Data.At("audit", "nodes").GetArrayLength());
        Assert.Equal(one.Commands, all.Commands);
    }
}
