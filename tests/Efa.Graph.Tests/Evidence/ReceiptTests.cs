using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Evidence;

/// <summary>Places an order, takes its receipt away, and checks it as a court of audit would: without the server.</summary>
public sealed class ReceiptTests
{
    private const string Query =
        "query($id: ID!) { order: node(id: $id) { ... on Order { number receipt { jws keyId auditIndex inclusionProof treeHead { size rootHash at jws keyId } } } } }";

    [Fact]
    public async Task A_receipt_is_checked_offline_and_any_change_of_it_is_found()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement order = await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        for (int i = 0; i < 5; i++) await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string receipt = await ReceiptAsync(trade, order, SmallMarket.Aachen);
        string keys = await trade.Host.Client.GetStringAsync("/.well-known/receipt-keys.json");

        string folder = Directory.CreateTempSubdirectory("efa-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "receipt-keys.json"), keys);
            Assert.Equal((0, ""), await VerifyAsync(folder, receipt));

            JsonElement parts = JsonDocument.Parse(receipt).RootElement;
            string jws = parts.GetProperty("jws").GetString()!;
            string head = parts.GetProperty("treeHead").GetProperty("jws").GetString()!;
            string root = parts.GetProperty("treeHead").GetProperty("rootHash").GetString()!;
            Assert.Equal((1, "The receipt is not signed by one of these keys, or was changed."), await VerifyAsync(folder, receipt.Replace(jws, Flipped(jws), StringComparison.Ordinal)));
            Assert.Equal((1, "The tree head is not signed by one of these keys, or was changed."), await VerifyAsync(folder, receipt.Replace(head, Flipped(head), StringComparison.Ordinal)));
            Assert.Equal((1, "The tree head does not say what was signed."), await VerifyAsync(folder, receipt.Replace(root, new string('a', 64), StringComparison.Ordinal)));
            Assert.Equal((1, "The receipt is that of entry 0, not 1."), await VerifyAsync(folder, receipt.Replace("\"auditIndex\":0", "\"auditIndex\":1", StringComparison.Ordinal)));
            string step = parts.GetProperty("inclusionProof")[0].GetString()!;
            Assert.Equal((1, "Entry 0 is not in the tree of this head."), await VerifyAsync(folder, receipt.Replace(step, new string('b', 64), StringComparison.Ordinal)));
            Assert.Equal((1, "The receipt is not in the expected form."), await VerifyAsync(folder, "{}"));

            await using TradeHost other = await TradeHost.StartAsync();
            await File.WriteAllTextAsync(Path.Combine(folder, "receipt-keys.json"), await other.Host.Client.GetStringAsync("/.well-known/receipt-keys.json"));
            Assert.Equal((1, "The receipt is not signed by one of these keys, or was changed."), await VerifyAsync(folder, receipt));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_receipt_says_what_was_ordered_by_ids_and_hashes_and_nobodys_name()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        JsonElement order = (await trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aachen)).Data.At("placeOrder", "order");
        JsonElement receipt = JsonDocument.Parse(await ReceiptAsync(trade, order, SmallMarket.Aachen)).RootElement;

        string text = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(receipt.GetProperty("jws").GetString()!.Split('.')[1]));
        JsonElement signed = JsonDocument.Parse(text).RootElement;
        JsonElement content = signed.GetProperty("content");
        Assert.Equal(("placeOrder", SmallMarket.Aachen, 1, 0), (signed.GetProperty("action").GetString(), signed.GetProperty("clientId").GetString(), signed.GetProperty("format").GetInt32(), signed.GetProperty("auditIndex").GetInt32()));
        Assert.Equal(order.GetProperty("id").GetString(), signed.GetProperty("subject").GetString());
        Assert.Equal(trade.Organisation(SmallMarket.Aachen), signed.GetProperty("organisation").GetString());
        Assert.Equal(order.GetProperty("number").GetString(), content.GetProperty("number").GetString());
        Assert.Equal(trade.Organisation(SmallMarket.Aachen), content.GetProperty("orderedBy").GetString());
        Assert.Equal(trade.Offer(SmallMarket.Portal), content.GetProperty("offer").GetString());
        Assert.Equal((string)input["quoteHash"]!, content.GetProperty("quote").GetProperty("hash").GetString());
        Assert.Equal(
            JsonSerializer.SerializeToElement(input["acceptedTerms"]).EnumerateArray().Select(t => t.GetProperty("sha256").GetString()),
            content.GetProperty("terms").EnumerateArray().Select(t => t.GetProperty("sha256").GetString()));
        Assert.DoesNotContain("@", text, StringComparison.Ordinal);
        foreach (string name in new[] { "Stadt", "govdigital eG", "Kreis" }) Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Those_who_do_not_see_the_order_do_not_see_its_receipt()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement order = await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        Answer stranger = await trade.AskAsync(Query, new { id = order.GetProperty("id").GetString() }, SmallMarket.Wismar);

        Assert.Equal(JsonValueKind.Null, stranger.Data.GetProperty("order").ValueKind);
    }

    [Fact]
    public async Task Receipts_of_a_page_of_orders_take_as_many_commands_as_one()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        const string query = "query($first: Int!) { orders(first: $first) { nodes { receipt { jws inclusionProof treeHead { size } } } } }";
        for (int i = 0; i < 12; i++) await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        Answer one = await trade.AskAsync(query, new { first = 1 }, SmallMarket.Aachen);
        Answer all = await trade.AskAsync(query, new { first = 12 }, SmallMarket.Aachen);

        Assert.Equal(12, all.Data.At("orders", "nodes").GetArrayLength());
        Assert.Equal(one.Commands, all.Commands);
    }

    private static async Task<string> ReceiptAsync(TradeHost trade, JsonElement order, string client) =>
        (await trade.AskAsync(Query, new { id = order.GetProperty("id").GetString() }, client)).Data.At("order", "receipt").GetRawText();

    private static async Task<(int ExitCode, string Errors)> VerifyAsync(string folder, string receipt)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "receipt.json"), receipt);
        (int exitCode, _, string errors) = await Executable.RunAsync(folder, "verify", "receipt.json");
        return (exitCode, errors.Trim());
    }

    private static string Flipped(string jws)
    {
        int middle = jws.IndexOf('.', StringComparison.Ordinal) + 20;
        return string.Concat(jws.AsSpan(0, middle), jws[middle] == 'A' ? "B" : "A", jws.AsSpan(middle + 1));
    }
}
