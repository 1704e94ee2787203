using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Organisations;

public sealed class ClientTests
{
    private const string Seen = "query($id: ID!) { organisation(id: $id) { name contacts { name email } leitwegId clients { nodes { name } } aggregators { name } } }";

    [Fact]
    public async Task An_aggregator_registers_its_client_and_orders_for_it()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement registered = (await trade.RunAsync("RegisterOrganisation", new { input = Registration(trade) }, SmallMarket.Aggregator)).Data.GetProperty("registerOrganisation");

        Assert.Empty(registered.GetProperty("errors").EnumerateArray());
        JsonElement organisation = registered.GetProperty("organisation");
        Assert.Equal(("Markt Titting", "MUNICIPALITY", """["CLIENT"]""", "09"), (organisation.GetProperty("name").GetString(), organisation.GetProperty("kind").GetString(),
            organisation.GetProperty("roles").ToString(), organisation.At("federalState", "code").GetString()));
        Assert.Equal("Rathaus", organisation.GetProperty("contacts")[0].GetProperty("name").GetString());
        Assert.Contains("Markt Titting", await ClientsAsync(trade));
        string id = organisation.GetProperty("id").GetString()!;
        Assert.Equal(JsonValueKind.Null, (await trade.AskAsync(Seen, new { id }, SmallMarket.Wismar)).Data.At("organisation", "contacts").ValueKind);

        Dictionary<string, object?> order = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aggregator);
        Answer quote = await trade.AskAsync("query($id: ID!, $quote: QuoteInput!) { offer(by: { id: $id }) { quote(input: $quote) { quote { hash } } } }",
            new { id = trade.Offer(SmallMarket.Portal), quote = new { @for = new { organisationId = trade.Organisation(SmallMarket.Aggregator) }, usedByIds = new[] { id }, startsOn = trade.Today } }, SmallMarket.Aggregator);
        order["usedByIds"] = new[] { id };
        order["quoteHash"] = quote.Data.At("offer", "quote", "quote", "hash").GetString();
        JsonElement placed = (await trade.RunAsync("PlaceOrder", new { input = order }, SmallMarket.Aggregator)).Data.GetProperty("placeOrder");
        Assert.Equal("PLACED", placed.At("order", "state").GetString());
    }

    [Fact]
    public async Task Others_register_nobody_and_bad_data_are_told_by_their_path()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long head = await trade.HeadAsync();
        await RefusedAsync("PERMISSION_DENIED aggregatorId", ("aggregatorId", null));
        await RefusedAsync("NOT_FOUND aggregatorId", ("aggregatorId", trade.Organisation(SmallMarket.Aachen)));
        await RefusedAsync("ROLE_NOT_OPEN roles.1", ("roles", new[] { "CLIENT", "SELLER" }));
        await RefusedAsync("REQUIRED roles", ("roles", Array.Empty<string>()));
        await RefusedAsync("REQUIRED name", ("name", " "));
        await RefusedAsync("EMAIL_INVALID contacts.0.email", ("contacts", new[] { new { name = "Rathaus", email = "keine", purpose = "GENERAL" } }));
        await RefusedAsync("DECLARATION_MISSING declaresAuthorisedToRepresent", ("declaresAuthorisedToRepresent", false));
        Assert.Equal(head, await trade.HeadAsync());

        Dictionary<string, object?> supplier = Registration(trade);
        (supplier["aggregatorId"], supplier["roles"]) = (null, new[] { "SUPPLIER", "CUSTOMER" });
        Answer byOperator = await trade.RunAsync("RegisterOrganisation", new { input = supplier }, TradeHost.Operator);
        Assert.Equal("Markt Titting", byOperator.Data.At("registerOrganisation", "organisation", "name").GetString());

        async Task RefusedAsync(string expected, (string Field, object? Value) change)
        {
            Dictionary<string, object?> input = Registration(trade);
            input[change.Field] = change.Value;
            JsonElement payload = (await trade.RunAsync("RegisterOrganisation", new { input }, SmallMarket.Aggregator)).Data.GetProperty("registerOrganisation");
            JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
            Assert.Equal(expected, $"{error.GetProperty("code").GetString()} {string.Join('.', error.GetProperty("path").EnumerateArray().Select(p => p.GetString()).Skip(1))}");
            Assert.Equal(JsonValueKind.Null, payload.GetProperty("organisation").ValueKind);
        }
    }

    [Fact]
    public async Task Who_speaks_for_itself_becomes_a_client_with_both_wills_whoever_is_first()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        foreach ((string client, string first, string second) in new[]
        {
            (SmallMarket.Eichstaett, SmallMarket.Aggregator, SmallMarket.Eichstaett), (SmallMarket.Wismar, SmallMarket.Wismar, SmallMarket.Aggregator),
        })
        {
            Assert.Equal("[] false", await AddAsync(trade, client, first));
            Assert.DoesNotContain(await NameAsync(trade, client), await ClientsAsync(trade));
            Assert.Equal("[\"CONSENT_AWAITED\"] null", await AddAsync(trade, client, first));
            Assert.Equal(JsonValueKind.Null, (await trade.AskAsync(Seen, new { id = trade.Organisation(client) }, SmallMarket.Aggregator)).Data.At("organisation", "contacts").ValueKind);

            Assert.Equal("[] true", await AddAsync(trade, client, second));
            Assert.Contains(await NameAsync(trade, client), await ClientsAsync(trade));
            Assert.Equal(JsonValueKind.Array, (await trade.AskAsync(Seen, new { id = trade.Organisation(client) }, SmallMarket.Aggregator)).Data.At("organisation", "contacts").ValueKind);
            Assert.Equal("[\"ALREADY_CLIENT\"] null", await AddAsync(trade, client, second));
        }
    }

    [Fact]
    public async Task Who_has_no_access_is_linked_by_the_aggregators_word_but_tells_nothing_before_it_agrees()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string id = trade.Organisation(SmallMarket.Eichstaett);
        await using (MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync())
        {
            Guid key = GlobalIds.Parse(id, IdPrefix.Organisation);
            await context.Set<ApiClient>().Where(c => c.OrganisationId == key).ExecuteUpdateAsync(c => c.SetProperty(x => x.RevokedAt, trade.Clock.GetUtcNow()));
        }

        Assert.Equal("[] true", await AddAsync(trade, SmallMarket.Eichstaett, SmallMarket.Aggregator));
        Assert.Contains("Eichstätt", await ClientsAsync(trade));
        JsonElement closed = (await trade.AskAsync(Seen, new { id }, SmallMarket.Aggregator)).Data.GetProperty("organisation");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (closed.GetProperty("contacts").ValueKind, closed.GetProperty("leitwegId").ValueKind));
        // Yet it can be ordered for.
        Dictionary<string, object?> order = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aggregator, [SmallMarket.Eichstaett]);
        Assert.Equal("PLACED", (await trade.RunAsync("PlaceOrder", new { input = order }, SmallMarket.Aggregator)).Data.At("placeOrder", "order", "state").GetString());

        Assert.Equal("[] true", await AddAsync(trade, SmallMarket.Eichstaett, TradeHost.Operator));
        Assert.Equal(JsonValueKind.Array, (await trade.AskAsync(Seen, new { id }, SmallMarket.Aggregator)).Data.At("organisation", "contacts").ValueKind);
    }

    [Fact]
    public async Task Strangers_and_wrong_roles_are_refused()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long head = await trade.HeadAsync();
        Assert.Equal("[\"PERMISSION_DENIED\"] null", await AddAsync(trade, SmallMarket.Eichstaett, SmallMarket.Aachen));
        Assert.Equal("[\"NOT_AN_AGGREGATOR\"] null", await AddAsync(trade, SmallMarket.Eichstaett, SmallMarket.Aachen, SmallMarket.Aachen));
        Assert.Equal("[\"CLIENT_OF_ITSELF\"] null", await AddAsync(trade, SmallMarket.Aggregator, SmallMarket.Aggregator));
        Assert.Equal("[\"ALREADY_CLIENT\"] null", await AddAsync(trade, SmallMarket.Solnhofen, SmallMarket.Aggregator));
        Assert.Equal(head, await trade.HeadAsync());
    }

    private static Dictionary<string, object?> Registration(TradeHost trade) => new()
    {
        ["name"] = "Markt Titting",
        ["kind"] = "MUNICIPALITY",
        ["roles"] = new[] { "CLIENT" },
        ["ars"] = "091760164164",
        ["contacts"] = new[] { new { name = "Rathaus", email = "rathaus@titting.example", purpose = "GENERAL" } },
        ["aggregatorId"] = trade.Organisation(SmallMarket.Aggregator),
        ["declaresAuthorisedToRepresent"] = true,
        ["idempotencyKey"] = trade.NewKey(),
    };

    private static async Task<string> AddAsync(TradeHost trade, string client, string by, string aggregator = SmallMarket.Aggregator)
    {
        var input = new { aggregatorId = trade.Organisation(aggregator), organisationId = trade.Organisation(client), idempotencyKey = trade.NewKey() };
        JsonElement payload = (await trade.RunAsync("AddClient", new { input }, by)).Data.GetProperty("addClient");
        return $"{JsonSerializer.Serialize(payload.GetProperty("errors").Texts("code"))} {payload.GetProperty("isClient").GetRawText()}";
    }

    private static async Task<string[]> ClientsAsync(TradeHost trade) =>
        [.. (await trade.AskAsync(Seen, new { id = trade.Organisation(SmallMarket.Aggregator) }, SmallMarket.Aggregator)).Data.At("organisation", "clients", "nodes").Texts("name").OfType<string>()];

    private static async Task<string> NameAsync(TradeHost trade, string key) =>
        (await trade.AskAsync(Seen, new { id = trade.Organisation(key) }, SmallMarket.Aggregator)).Data.At("organisation", "name").GetString()!;
}
