using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Storage;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Ordering;

public sealed class OrderMutationTests
{
    private const string PlaceWithRefusals =
        """
        mutation($input: PlaceOrderInput!) {
          placeOrder(input: $input) {
            order { id }
            errors {
              __typename code message path
              ... on NotEligibleError { eligibility { eligible organisation { name } reasons { code } chain { relation } } }
              ... on TermsNotAcceptedError { requiredDocuments { id sha256 } }
              ... on PriceChangedError { quoted { amount } current { amount currency } currentQuote { hash gross { amount } years { lines { net { amount } } } } }
              ... on IdempotencyConflictError { firstSeenAt }
            }
          }
        }
        """;

    [SkippableTheory]
    [MemberData(nameof(StoreUnderTest.Kinds), MemberType = typeof(StoreUnderTest))]
    public async Task Fifty_requests_with_one_key_get_fifty_equal_answers_and_thirty_two_others_their_own_orders(StoreKind kind)
    {
        await using TradeHost trade = await TradeHost.StartAsync(kind, new Dictionary<string, string> { ["Limits:WaitingSeconds"] = "60" });
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);

        Answer[] same = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aachen)));
        string only = Assert.Single(same.Select(answer => answer.Data.GetRawText()).Distinct());
        Assert.Equal("GD-2026-000001", JsonDocument.Parse(only).RootElement.At("placeOrder", "order", "number").GetString());
        Assert.Equal(1, await CountAsync(trade));

        Answer[] others = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => trade.RunAsync("PlaceOrder", new { input = new Dictionary<string, object?>(input) { ["idempotencyKey"] = $"other-{i}" } }, SmallMarket.Aachen)));
        Assert.Equal(Enumerable.Range(2, 32).Select(n => $"GD-2026-{n:D6}"), others.Select(answer => answer.Data.At("placeOrder", "order", "number").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(33, await CountAsync(trade));
    }

    [Fact]
    public async Task Who_is_not_eligible_is_told_why()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement error = await RefusedAsync(trade, SmallMarket.Wismar, await trade.InputAsync(SmallMarket.Portal, SmallMarket.Wismar), "NotEligibleError", "NOT_ELIGIBLE", "input", "orderedById");
        Assert.Equal("""{"eligible":false,"organisation":{"name":"Hansestadt Wismar"},"reasons":[{"code":"NO_INHOUSE_RELATION"},{"code":"NOT_ACCREDITED"}],"chain":[]}""", error.GetProperty("eligibility").ToString());
    }

    [Fact]
    public async Task Terms_that_are_not_all_accepted_are_named()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        object? complete = input["acceptedTerms"];
        input["acceptedTerms"] = Array.Empty<object>();
        JsonElement error = await RefusedAsync(trade, SmallMarket.Aachen, input, "TermsNotAcceptedError", "TERMS_NOT_ACCEPTED", "input", "acceptedTerms");
        Assert.Equal([trade.Terms("general"), trade.Terms("level")], error.GetProperty("requiredDocuments").Texts("id"));

        // What was refused used up nothing: mended, it goes through under the same key.
        input["acceptedTerms"] = complete;
        Assert.Empty(await ErrorsAsync(trade, SmallMarket.Aachen, input));
    }

    [Fact]
    public async Task A_price_that_changed_comes_with_the_quote_that_can_be_ordered_at_once()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        object? good = input["quoteHash"];
        input["quoteHash"] = new string('0', 64);
        JsonElement error = await RefusedAsync(trade, SmallMarket.Aachen, input, "PriceChangedError", "PRICE_CHANGED", "input", "quoteHash");
        Assert.Equal(JsonValueKind.Null, error.GetProperty("quoted").ValueKind);
        Assert.Equal("EUR", error.At("current", "currency").GetString());
        Assert.Equal(error.At("current", "amount").GetString(), error.At("currentQuote", "gross", "amount").GetString());
        Assert.Equal(good, error.At("currentQuote", "hash").GetString());

        input["quoteHash"] = error.At("currentQuote", "hash").GetString();
        Assert.Empty(await ErrorsAsync(trade, SmallMarket.Aachen, input));
    }

    [Fact]
    public async Task Inputs_that_break_a_rule_are_told_by_their_path()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "declaresAuthorisedToRepresent", false), "ValidationError", "DECLARATION_MISSING", "input", "declaresAuthorisedToRepresent");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "usedByIds", Array.Empty<string>()), "ValidationError", "REQUIRED", "input", "usedByIds");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "expectedUses", -1), "ValidationError", "EXPECTED_USES_OUT_OF_RANGE", "input", "expectedUses");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "startsOn", trade.Today.AddDays(-1)), "ValidationError", "START_OUT_OF_RANGE", "input", "startsOn");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "purchaseOrderNumber", new string('x', 101)), "ValidationError", "TOO_LONG", "input", "purchaseOrderNumber");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "idempotencyKey", "with blank"), "ValidationError", "IDEMPOTENCY_KEY_INVALID", "input", "idempotencyKey");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "usedByIds", new[] { trade.Organisation(SmallMarket.Lippe) }), "ValidationError", "USER_NOT_ALLOWED", "input", "usedByIds", "0");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "offerId", trade.Offer(SmallMarket.Coordinated)), "ValidationError", "OFFER_NOT_DIRECT", "input", "offerId");
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "offerId", trade.Offer(SmallMarket.Unpublished)), "NotFoundError", "NOT_FOUND", "input", "offerId");
        await RefusedAsync(trade, SmallMarket.Lippe, input, "NotFoundError", "NOT_FOUND", "input", "orderedById");
    }

    [Fact]
    public async Task The_same_key_gives_the_same_order_and_other_input_is_refused()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        JsonElement first = (await trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aachen)).Data.At("placeOrder", "order");
        await trade.StepAsync("AcceptOrder", first.GetProperty("id").GetString()!, 1, SmallMarket.Govdigital);
        JsonElement again = (await trade.RunAsync("PlaceOrder", new { input }, SmallMarket.Aachen)).Data.At("placeOrder", "order");
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal("ACCEPTED", again.GetProperty("state").GetString());
        JsonElement error = await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "purchaseOrderNumber", "B-1"), "IdempotencyConflictError", "IDEMPOTENCY_CONFLICT", "input", "idempotencyKey");
        Assert.Equal("2026-02-15T12:00:00.000Z", error.GetProperty("firstSeenAt").GetString());
    }

    [Fact]
    [Trait("attack", "Z21")]
    public async Task A_step_is_refused_to_whom_it_does_not_belong()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string order = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        JsonElement denied = await StepRefusedAsync(trade, "AcceptOrder", order, 1, SmallMarket.Aachen, "PermissionDeniedError", "PERMISSION_DENIED", "input", "orderId");
        Assert.Equal(["SELLER"], denied.GetProperty("requiredRoles").Texts());
        Assert.Equal(JsonValueKind.Null, denied.GetProperty("requiredScope").ValueKind);
        JsonElement unscoped = await StepRefusedAsync(trade, "AcceptOrder", order, 1, TradeHost.Reader, "PermissionDeniedError", "SCOPE_MISSING");
        Assert.Equal("orders:write", unscoped.GetProperty("requiredScope").GetString());
        await StepRefusedAsync(trade, "AcceptOrder", order, 1, SmallMarket.Wismar, "NotFoundError", "NOT_FOUND", "input", "orderId");

        long head = await trade.HeadAsync();
        Answer anonymous = await trade.RunAsync("AcceptOrder", new { input = new { orderId = order, expectedVersion = 1, idempotencyKey = "k" } });
        Assert.Equal("UNAUTHENTICATED", anonymous.OnlyError.At("extensions", "code").GetString());
        Assert.Equal(head, await trade.HeadAsync());
    }

    [Fact]
    public async Task A_step_is_refused_that_comes_too_late_or_too_early()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string order = (await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        JsonElement early = await StepRefusedAsync(trade, "StartProvisioning", order, 1, SmallMarket.Supplier, "InvalidStateError", "INVALID_STATE", "input", "orderId");
        Assert.Equal("PLACED", early.GetProperty("state").GetString());
        Assert.Equal(["acceptOrder", "rejectOrder"], early.GetProperty("allowed").Texts());

        await trade.StepAsync("AcceptOrder", order, 1, SmallMarket.Govdigital);
        JsonElement stale = await StepRefusedAsync(trade, "StartProvisioning", order, 1, SmallMarket.Supplier, "StaleVersionError", "STALE_VERSION", "input", "expectedVersion");
        Assert.Equal(2, stale.GetProperty("currentVersion").GetInt32());
        Assert.Equal(["state", "contracts"], stale.GetProperty("changedFields").Texts());

        await trade.StepAsync("StartProvisioning", order, 2, SmallMarket.Supplier);
        await StepRefusedAsync(trade, "ActivateOrder", order, 3, SmallMarket.Supplier, "ValidationError", "ACTIVE_BEFORE_START", "input", "activeFrom");
        await StepRefusedAsync(trade, "ActivateOrder", trade.Organisation(SmallMarket.Aachen).Replace("org_", "order_", StringComparison.Ordinal), 3, SmallMarket.Supplier, "NotFoundError", "NOT_FOUND", "input", "orderId");
    }

    [Fact]
    public async Task A_rejection_is_read_by_the_customer()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement order = await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        var input = new { orderId = order.GetProperty("id").GetString(), expectedVersion = 1, reason = "Leider erst nächstes Jahr.", idempotencyKey = "r" };
        JsonElement rejected = (await trade.RunAsync("RejectOrder", new { input }, SmallMarket.Govdigital)).Data.At("rejectOrder", "order");
        Assert.Equal("REJECTED", rejected.GetProperty("state").GetString());
        Assert.Empty(rejected.GetProperty("nextActions").EnumerateArray());
        JsonElement read = (await trade.RunAsync("Order", new { number = order.GetProperty("number").GetString() }, SmallMarket.Aachen)).Data.At("order", "events", "nodes")[1];
        Assert.Equal("order.rejected", read.GetProperty("type").GetString());
        Assert.Equal("Leider erst nächstes Jahr.", read.GetProperty("note").GetString());
        Assert.Equal(SmallMarket.Govdigital, read.GetProperty("actor").GetString());
    }

    [Fact]
    [Trait("attack", "B13")]
    public async Task Each_mutation_of_a_document_is_answered_before_the_next_begins()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long before = await trade.HeadAsync();
        const string twice =
            """
            mutation($first: PlaceOrderInput!, $second: PlaceOrderInput!) {
              first: placeOrder(input: $first) { order { events { head nodes { type } } } }
              second: placeOrder(input: $second) { order { events { head nodes { type } } } }
            }
            """;
        var variables = new { first = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen), second = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen) };
        JsonElement data = (await trade.AskAsync(twice, variables, SmallMarket.Aachen)).Data;
        Assert.Equal(before + 1, Head("first"));
        Assert.Equal(before + 2, Head("second"));

        long Head(string name) => LogCursor.Parse(data.At(name, "order", "events", "head").GetString()!)!.Position;
    }

    [Fact]
    public async Task Ids_of_other_things_are_request_errors_with_path_and_expectation()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Answer step = await trade.RunAsync("AcceptOrder", new { input = new { orderId = trade.Offer(SmallMarket.Portal), expectedVersion = 1, idempotencyKey = "k" } }, SmallMarket.Govdigital);
        Assert.Equal("INVALID_ID", step.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("an id that begins with order_", step.OnlyError.At("extensions", "expected").GetString());
        Assert.Equal("""["variables","input","orderId"]""", step.OnlyError.At("extensions", "path").ToString());
        Answer many = await trade.RunAsync("OrderEvents", new { orderIds = Enumerable.Repeat("order_00000000000000000000000000", 201) }, SmallMarket.Govdigital);
        Assert.Equal("INVALID_VALUE", many.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("at most 200 ids", many.OnlyError.At("extensions", "expected").GetString());
        Answer events = await trade.RunAsync("OrderEvents", new { orderIds = new[] { "order_00000000000000000000000000", trade.Offer(SmallMarket.Portal) } }, SmallMarket.Govdigital);
        Assert.Equal("INVALID_ID", events.OnlyError.At("extensions", "code").GetString());
    }

    [Fact]
    [Trait("attack", "V11")]
    public async Task A_day_that_is_none_is_refused_with_its_place()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);
        long head = await trade.HeadAsync();
        foreach (string day in new[] { "0000-01-01", "1899-12-31", "2026-02-30", "2200-01-01", "9999-12-31", "2026-02-15T00:00:00Z", "15.02.2026" })
        {
            JsonElement extensions = (await trade.RunAsync("PlaceOrder", new { input = Changed(input, "startsOn", day) }, SmallMarket.Aachen)).OnlyError.GetProperty("extensions");
            Assert.Equal((day, "INVALID_VALUE", """["variables","input","startsOn"]"""), (day, extensions.GetProperty("code").GetString(), extensions.GetProperty("path").GetRawText()));
        }
        Assert.Equal(head, await trade.HeadAsync());
        await RefusedAsync(trade, SmallMarket.Aachen, Changed(input, "startsOn", "2199-12-31"), "ValidationError", "START_OUT_OF_RANGE", "input", "startsOn");
    }

    [Fact]
    [Trait("attack", "B14")]
    public async Task Of_two_mutations_the_refused_one_leaves_the_other_done()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        const string twice =
            """
            mutation($first: PlaceOrderInput!, $second: PlaceOrderInput!) {
              first: placeOrder(input: $first) { order { number } errors { code } }
              second: placeOrder(input: $second) { order { number } errors { code } }
            }
            """;
        Dictionary<string, object?> good = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen), bad = Changed(good, "idempotencyKey", trade.NewKey());
        bad["quoteHash"] = new string('0', 64);

        JsonElement data = (await trade.AskAsync(twice, new { first = bad, second = good }, SmallMarket.Aachen)).Data;
        Assert.Equal("""{"order":null,"errors":[{"code":"PRICE_CHANGED"}]}""", data.GetProperty("first").GetRawText());
        Assert.Equal("""{"order":{"number":"GD-2026-000001"},"errors":[]}""", data.GetProperty("second").GetRawText());
        Assert.Equal(1, (await trade.AskAsync("{ orders { totalCount } }", client: SmallMarket.Aachen)).Data.At("orders", "totalCount").GetInt32());
    }

    private static Dictionary<string, object?> Changed(Dictionary<string, object?> input, string field, object? value) => new(input) { [field] = value };

    private static async Task<JsonElement[]> ErrorsAsync(TradeHost trade, string client, object input) =>
        [.. (await trade.AskAsync(PlaceWithRefusals, new { input }, client)).Data.At("placeOrder", "errors").EnumerateArray()];

    private static async Task<JsonElement> RefusedAsync(TradeHost trade, string client, object input, string type, string code, params string[] path)
    {
        long head = await trade.HeadAsync();
        JsonElement payload = (await trade.AskAsync(PlaceWithRefusals, new { input }, client)).Data.GetProperty("placeOrder");
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("order").ValueKind);
        Assert.Equal(head, await trade.HeadAsync());
        return Only(payload, type, code, path);
    }

    private static async Task<int> CountAsync(TradeHost trade) => (await trade.AskAsync("{ orders { totalCount } }", client: SmallMarket.Aachen)).Data.At("orders", "totalCount").GetInt32();

    private static async Task<JsonElement> StepRefusedAsync(TradeHost trade, string name, string orderId, int version, string client, string type, string code, params string[] path)
    {
        long head = await trade.HeadAsync();
        var input = new Dictionary<string, object?> { ["orderId"] = orderId, ["expectedVersion"] = version, ["idempotencyKey"] = trade.NewKey() };
        if (name == "ActivateOrder") input["activeFrom"] = trade.Today.AddDays(-1);
        JsonElement payload = (await trade.AskAsync(Repository.Operation(name), new { input }, client)).Data.EnumerateObject().Single().Value;
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("order").ValueKind);
        Assert.Equal(head, await trade.HeadAsync());
        return Only(payload, type, code, path);
    }

    private static JsonElement Only(JsonElement payload, string type, string code, string[] path)
    {
        JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        Assert.Equal(type, error.GetProperty("__typename").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        JsonElement where = error.GetProperty("path");
        Assert.Equal(path, where.ValueKind == JsonValueKind.Null ? [] : where.Texts());
        return error;
    }
}
