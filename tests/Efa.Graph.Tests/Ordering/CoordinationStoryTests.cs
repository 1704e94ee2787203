using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Evidence;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering;

/// <summary>The stories of the coordinated flow over HTTP, with the documents that clients use.</summary>
public sealed class CoordinationStoryTests
{
    public static TheoryData<StoreKind> Stores => TestDatabase.Kinds;

    /// <summary>The supplier revises terms after the customer's consent: it is void, and the customer confirms the second version.</summary>
    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task Revised_terms_want_new_consents(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        (string id, string first) = await SubmittedAsync(trade);
        JsonElement consented = await DoneAsync(trade, "ConsentToTerms", SmallMarket.Aachen, Consent(trade, id, SmallMarket.Aachen, first));
        Assert.Equal("TERMS_SUBMITTED", consented.GetProperty("state").GetString());
        Assert.Equal("Stadt Aachen", Assert.Single(consented.At("agreedTerms", "consents").EnumerateArray()).At("organisation", "name").GetString());

        JsonElement revised = await DoneAsync(trade, "SubmitTerms", SmallMarket.Supplier, Terms(id, 4, "13000.00"));
        string second = revised.At("agreedTerms", "hash").GetString()!;
        Assert.Equal((2, 0), (revised.At("agreedTerms", "number").GetInt32(), revised.At("agreedTerms", "consents").GetArrayLength()));
        // Whoever reads the terms can compute what is consented to.
        Assert.Equal(second, CanonicalJson.Hash(new { orderId = id, number = 2, annualFee = "13000.00", nextBillingAmount = "6500.00", oneTimeFee = "1800.00", scope = "Für alle Ämter." }));

        JsonElement error = await RefusedAsync(trade, "ConsentToTerms", SmallMarket.Govdigital, Consent(trade, id, SmallMarket.Govdigital, first));
        Assert.Equal(("AGREED_TERMS_CHANGED", second), (error.GetProperty("code").GetString(), error.At("currentTerms", "hash").GetString()));
        await DoneAsync(trade, "ConsentToTerms", SmallMarket.Govdigital, Consent(trade, id, SmallMarket.Govdigital, second));
        JsonElement agreed = await DoneAsync(trade, "ConsentToTerms", SmallMarket.Aachen, Consent(trade, id, SmallMarket.Aachen, second));
        Assert.Equal("TERMS_AGREED", agreed.GetProperty("state").GetString());

        const string versions = "query($id: ID!) { order(by: { id: $id }) { termsVersions { number consents { organisation { name } termsHash } } } }";
        JsonElement[] all = [.. (await trade.AskAsync(versions, new { id }, SmallMarket.Supplier)).Data.At("order", "termsVersions").EnumerateArray()];
        Assert.Equal([(2, 2), (1, 1)], all.Select(v => (v.GetProperty("number").GetInt32(), v.GetProperty("consents").GetArrayLength())));
    }

    /// <summary>A double click on the binding order under one key makes one order; the key with another payload is a conflict.</summary>
    [SkippableTheory]
    [MemberData(nameof(Stores))]
    public async Task A_binding_order_that_is_sent_again_is_one_order(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        (string id, string hash) = await SubmittedAsync(trade);
        await DoneAsync(trade, "ConsentToTerms", SmallMarket.Aachen, Consent(trade, id, SmallMarket.Aachen, hash));
        await DoneAsync(trade, "ConsentToTerms", SmallMarket.Govdigital, Consent(trade, id, SmallMarket.Govdigital, hash));
        Dictionary<string, object?> input = new()
        {
            ["orderId"] = id,
            ["expectedVersion"] = 5,
            ["agreedTermsHash"] = hash,
            ["startsOn"] = trade.Today,
            ["acceptedTerms"] = Array.Empty<object>(),
            ["declaresAuthorisedToRepresent"] = true,
            ["idempotencyKey"] = "order",
        };
        JsonElement terms = (await RefusedAsync(trade, "PlaceCoordinatedOrder", SmallMarket.Aachen, input)).GetProperty("requiredDocuments");
        input["acceptedTerms"] = terms.EnumerateArray().Select(t => new { documentId = t.GetProperty("id").GetString(), sha256 = t.GetProperty("sha256").GetString() }).ToArray();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => trade.RunAsync("PlaceCoordinatedOrder", new { input }, SmallMarket.Aachen)));
        Assert.All(answers, a =>
        {
            JsonElement order = a.Data.At("placeCoordinatedOrder", "order");
            Assert.Equal(("PLACED", "GD-2026-000001", 6), (order.GetProperty("state").GetString(), order.GetProperty("number").GetString(), order.GetProperty("version").GetInt32()));
        });

        input["startsOn"] = trade.Today.AddDays(1);
        Assert.Equal("IDEMPOTENCY_CONFLICT", (await RefusedAsync(trade, "PlaceCoordinatedOrder", SmallMarket.Aachen, input)).GetProperty("code").GetString());
        const string orders = "{ orders { totalCount nodes { state fees { effectiveYear annualFee { amount } oneTimeFee { amount } } } } }";
        JsonElement kept = (await trade.AskAsync(orders, client: SmallMarket.Aachen)).Data.GetProperty("orders");
        Assert.Equal("""[{"state":"PLACED","fees":[{"effectiveYear":2026,"annualFee":{"amount":"12000.00"},"oneTimeFee":{"amount":"1800.00"}}]}]""", kept.GetProperty("nodes").ToString());
        Assert.Equal(1, kept.GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task Terms_and_consents_of_many_orders_take_the_same_commands_as_of_one()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        foreach (string customer in new[] { SmallMarket.Aachen, SmallMarket.Lippe, SmallMarket.Unreachable })
        {
            (string id, string hash) = await SubmittedAsync(trade, customer);
            await DoneAsync(trade, "ConsentToTerms", customer, Consent(trade, id, customer, hash));
        }
        const string query = "query($first: Int!) { orders(first: $first) { nodes { agreedTerms { number consents { organisation { name } } } termsVersions { hash consents { at } } approvals { actor } fees { annualFee { amount } } } } }";

        // Orders, terms, consents, organisations, fees.
        foreach (int first in new[] { 1, 3 })
        {
            Answer answer = await trade.AskAsync(query, new { first }, SmallMarket.Govdigital);
            Assert.All(answer.Data.At("orders", "nodes").EnumerateArray(), o => Assert.Equal(1, o.At("agreedTerms", "consents").GetArrayLength()));
            Assert.Equal((first, 5), (answer.Data.At("orders", "nodes").GetArrayLength(), answer.Commands));
        }
    }

    private static async Task<(string Id, string Hash)> SubmittedAsync(TradeHost trade, string customer = SmallMarket.Aachen)
    {
        var interest = new { offerId = trade.Offer(SmallMarket.Coordinated), orderedById = trade.Organisation(customer), note = "Wir haben Interesse.", idempotencyKey = "interest" };
        string id = (await DoneAsync(trade, "ExpressInterest", customer, interest)).GetProperty("id").GetString()!;
        await DoneAsync(trade, "StartCoordination", SmallMarket.Supplier, new { orderId = id, expectedVersion = 1, idempotencyKey = trade.NewKey() });
        JsonElement order = await DoneAsync(trade, "SubmitTerms", SmallMarket.Supplier, Terms(id, 2, "12000.00"));
        Assert.Equal("TERMS_SUBMITTED", order.GetProperty("state").GetString());
        return (id, order.At("agreedTerms", "hash").GetString()!);
    }

    private static object Terms(string id, int version, string annualFee) =>
        new { orderId = id, expectedVersion = version, annualFee, nextBillingAmount = "6500.00", oneTimeFee = "1800.00", scope = "Für alle Ämter.", idempotencyKey = $"{id}-{version}" };

    private static object Consent(TradeHost trade, string id, string organisation, string hash) =>
        new { orderId = id, organisationId = trade.Organisation(organisation), termsHash = hash, idempotencyKey = trade.NewKey() };

    private static async Task<JsonElement> DoneAsync(TradeHost trade, string name, string client, object input)
    {
        JsonElement payload = (await trade.RunAsync(name, new { input }, client)).Data.EnumerateObject().Single().Value;
        Assert.True(payload.GetProperty("errors").GetArrayLength() == 0, payload.GetProperty("errors").ToString());
        return payload.GetProperty("order");
    }

    private static async Task<JsonElement> RefusedAsync(TradeHost trade, string name, string client, object input) =>
        Assert.Single((await trade.RunAsync(name, new { input }, client)).Data.EnumerateObject().Single().Value.GetProperty("errors").EnumerateArray());
}
