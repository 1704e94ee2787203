using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Ordering;

/// <summary>The story of the README on the demo market, with the documents and variables that it names.</summary>
public sealed partial class StoryTests
{
    public static TheoryData<StoreKind, int> StoresAndMonths
    {
        get
        {
            var data = new TheoryData<StoreKind, int>();
            foreach (StoreKind store in Enum.GetValues<StoreKind>())
                foreach (int month in new[] { 2, 11 })
                    data.Add(store, month);
            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(StoresAndMonths))]
    public async Task The_marketplace_runs_end_to_end(StoreKind store, int month)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, month, 15, 12, 0, 0, TimeSpan.Zero));
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Store = store, Clock = clock });
        var known = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TODAY"] = clock.Today().ToString("O", CultureInfo.InvariantCulture),
            ["YEAR"] = "2026",
            ["DUE"] = clock.Today().AddDays(30).ToString("O", CultureInfo.InvariantCulture),
            ["KEY"] = "story",
        };

        // Without a token a portal lists, filters and pages.
        JsonElement offers = (await RunAsync("SearchOffers", null)).GetProperty("offers");
        Assert.Contains("bewohnerparken", offers.GetProperty("nodes").Texts("slug"));
        Assert.True(offers.GetProperty("totalCount").GetInt32() > offers.GetProperty("nodes").GetArrayLength());
        Assert.All(offers.GetProperty("nodes").EnumerateArray(), o => Assert.Equal("DIRECT", o.GetProperty("orderingMode").GetString()));
        JsonElement next = (await AskAsync("SearchOffers", null, Next(offers))).GetProperty("offers");
        Assert.NotEmpty(next.GetProperty("nodes").EnumerateArray());
        Assert.Empty(next.GetProperty("nodes").Texts("id").Intersect(offers.GetProperty("nodes").Texts("id")));
        Assert.Equal("DIRECT", Assert.Single(offers.At("facets", "orderingModes").EnumerateArray(), f => f.GetProperty("value").GetString() == "DIRECT").GetProperty("value").GetString());

        // The municipality asks whether it may, and what it costs.
        known["MUNICIPALITY"] = (await RunAsync("FindOrganisation", "demo-municipality")).At("organisations", "nodes")[0].GetProperty("id").GetString()!;
        JsonElement offer = (await RunAsync("OfferForOrganisation", "demo-municipality")).GetProperty("offer");
        Assert.True(offer.At("eligibility", "eligible").GetBoolean());
        Assert.Equal("OWNER_OF_MEMBER", offer.At("eligibility", "basis").GetString());
        Assert.Equal(["OWNER_OF_MEMBER"], offer.At("eligibility", "reasons").Texts("code"));
        Assert.NotEmpty(offer.At("quote", "quote", "years")[0].GetProperty("lines")[0].GetProperty("explanation").EnumerateArray());
        Assert.Equal(Sums(month).Gross, offer.At("quote", "quote", "gross", "amount").GetString());
        known["SELLER"] = offer.At("seller", "id").GetString()!;
        known["OFFER"] = offer.GetProperty("id").GetString()!;
        known["QUOTE_HASH"] = offer.At("quote", "quote", "hash").GetString()!;
        foreach ((int i, JsonElement terms) in offer.GetProperty("terms").EnumerateArray().Index())
        {
            known[$"TERMS_{i + 1}"] = terms.GetProperty("id").GetString()!;
            known[$"TERMS_{i + 1}_SHA256"] = terms.GetProperty("sha256").GetString()!;
        }

        // It takes its place in the log, listens, and orders bindingly.
        known["CURSOR"] = (await RunAsync("OrderEventsHead", "demo-municipality")).At("orderEvents", "head").GetString()!;
        string strangersHead = (await RunAsync("OrderEventsHead", "demo-stranger")).At("orderEvents", "head").GetString()!;
        await using OrderSocket socket = await OrderSocket.SubscribeAsync(host.Address, await host.TokenAsync("demo-municipality"), Repository.Operation("FollowOrders"), Variables("FollowOrders"));
        await using OrderSocket stranger = await OrderSocket.SubscribeAsync(host.Address, await host.TokenAsync("demo-stranger"), Repository.Operation("FollowOrders"), new { after = strangersHead });
        JsonElement order = Done(await RunAsync("PlaceOrder", "demo-municipality")).GetProperty("order");
        Assert.Equal("GD-2026-000001", order.GetProperty("number").GetString());
        Assert.Equal("PLACED", order.GetProperty("state").GetString());
        Assert.Equal(offer.At("quote", "quote", "gross", "amount").GetString(), order.At("quote", "gross", "amount").GetString());
        known["ORDER"] = order.GetProperty("id").GetString()!;
        known["ORDER_NUMBER"] = order.GetProperty("number").GetString()!;

        // The seller accepts, the supplier provisions and activates.
        Assert.Equal("ACCEPTED", Done(await RunAsync("AcceptOrder", "demo-seller")).At("order", "state").GetString());
        Assert.Equal("PROVISIONING", Done(await RunAsync("StartProvisioning", "demo-supplier")).At("order", "state").GetString());
        Assert.Equal("ACTIVE", Done(await RunAsync("ActivateOrder", "demo-supplier")).At("order", "state").GetString());
        foreach ((string type, int version) in new[] { ("order.placed", 1), ("order.accepted", 2), ("order.provisioning", 3), ("order.activated", 4) })
        {
            JsonElement change = await socket.NextAsync();
            Assert.Equal(type, change.GetProperty("type").GetString());
            Assert.Equal(version, change.GetProperty("version").GetInt32());
            Assert.Equal(known["ORDER"], change.At("order", "id").GetString());
        }

        // The seller bills the year; the municipality reads the invoice.
        JsonElement preview = (await RunAsync("BillingPreview", "demo-seller")).GetProperty("billingPreview");
        string? state = Done(await RunAsync("ExecuteBillingRun", "demo-seller")).At("run", "state").GetString();
        for (int i = 0; state == "RUNNING" && i < 300; i++)
        {
            await Task.Delay(100);
            state = Assert.Single((await RunAsync("BillingRuns", "demo-seller")).At("billingRuns", "nodes").EnumerateArray()).GetProperty("state").GetString();
        }
        Assert.Equal("FINISHED", state);
        JsonElement invoice = Assert.Single((await RunAsync("Invoices", "demo-municipality")).At("invoices", "nodes").EnumerateArray());
        (string net, string tax, string gross) = Sums(month);
        Assert.Equal(net, invoice.At("net", "amount").GetString());
        Assert.Equal(tax, invoice.At("tax", "amount").GetString());
        Assert.Equal(gross, invoice.At("gross", "amount").GetString());
        Assert.Equal(gross, preview.At("gross", "amount").GetString());
        Assert.Equal("GD-R-2026-000001", invoice.GetProperty("number").GetString());
        JsonElement line = Assert.Single(invoice.At("lines", "nodes").EnumerateArray());
        Assert.Equal("GD-2026-000001", line.At("order", "number").GetString());
        Assert.Equal(net, line.At("net", "amount").GetString());
        Assert.Equal("STANDARD", Assert.Single(invoice.GetProperty("taxes").EnumerateArray()).GetProperty("treatment").GetString());
        known["INVOICE"] = invoice.GetProperty("id").GetString()!;
        Assert.Equal(gross, (await RunAsync("Invoice", "demo-municipality")).At("invoice", "gross", "amount").GetString());
        JsonElement kept = (await RunAsync("Order", "demo-municipality")).GetProperty("order");
        Assert.Equal(["GD-R-2026-000001"], kept.At("invoices", "nodes").Texts("number"));
        Assert.Equal(4, (await RunAsync("OrderEvents", "demo-municipality")).At("orderEvents", "nodes").GetArrayLength());
        Assert.Single((await RunAsync("Orders", "demo-supplier")).At("orders", "nodes").EnumerateArray());
        Assert.Single((await RunAsync("BillingRuns", "demo-seller")).At("billingRuns", "nodes").EnumerateArray());

        // Another order is rejected.
        known["KEY"] = "story-2";
        known["ORDER"] = Done(await RunAsync("PlaceOrder", "demo-municipality")).At("order", "id").GetString()!;
        Assert.Equal("REJECTED", Done(await RunAsync("RejectOrder", "demo-seller")).At("order", "state").GetString());

        // A stranger sees none of it.
        Assert.Empty((await RunAsync("Orders", "demo-stranger")).At("orders", "nodes").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, (await RunAsync("Order", "demo-stranger")).GetProperty("order").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await RunAsync("Invoice", "demo-stranger")).GetProperty("invoice").ValueKind);
        Assert.Empty((await RunAsync("Invoices", "demo-stranger")).At("invoices", "nodes").EnumerateArray());
        known["CURSOR"] = strangersHead;
        Assert.Empty((await RunAsync("OrderEvents", "demo-stranger")).At("orderEvents", "nodes").EnumerateArray());
        // Its stream is open, and silent until something of its own happens.
        Assert.Null(await stranger.MessageAsync(TimeSpan.FromMilliseconds(300)));
        Assert.True(stranger.IsOpen);

        Assert.Equal(Directory.GetFiles(Repository.PathOf("samples/queries"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(), used.Order());

        Task<JsonElement> RunAsync(string name, string? client) => AskAsync(name, client, Variables(name));

        async Task<JsonElement> AskAsync(string name, string? client, JsonElement variables)
        {
            string body = $"{{\"query\":{JsonSerializer.Serialize(Repository.Operation(name))},\"variables\":{variables}}}";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (client is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await host.TokenAsync(client));
            using HttpResponseMessage response = await host.Client.SendAsync(request);
            return new Answer(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement, 0).Data;
        }

        JsonElement Next(JsonElement offers) => JsonSerializer.SerializeToElement(new Dictionary<string, object>(Variables("SearchOffers").EnumerateObject().Select(v => KeyValuePair.Create(v.Name, (object)v.Value)))
        {
            ["after"] = offers.At("pageInfo", "endCursor").GetString()!,
        });

        JsonElement Variables(string name)
        {
            used.Add(name);
            string template = File.ReadAllText(Repository.PathOf($"samples/queries/{name}.json"));
            return JsonDocument.Parse(Placeholder().Replace(template, match => known[match.Groups[1].Value])).RootElement;
        }
    }

    private readonly SortedSet<string> used = new(StringComparer.Ordinal);

    /// <summary>950.00 a year by the day, from the 15th of the month on, with 19 %.</summary>
    private static (string Net, string Tax, string Gross) Sums(int month) => month == 2 ? ("832.88", "158.25", "991.13") : ("122.33", "23.24", "145.57");

    private static JsonElement Done(JsonElement data)
    {
        JsonElement payload = data.EnumerateObject().Single().Value;
        Assert.True(payload.GetProperty("errors").GetArrayLength() == 0, payload.GetProperty("errors").ToString());
        return payload;
    }

    [GeneratedRegex(@"\$\{([A-Z0-9_]+)\}")]
    private static partial Regex Placeholder();
}
