using System.Net;
using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Access;
using Efa.Marketplace.Events;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Organisations;

public sealed class ApiClientTests
{
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_client_is_told_its_secret_once_and_calls_with_it(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        object input = Input(trade, SmallMarket.Aachen, "orders:read");

        JsonElement made = await DoneAsync(trade, "CreateApiClient", input, TradeHost.Manager);
        JsonElement client = made.GetProperty("apiClient");
        string clientId = client.GetProperty("clientId").GetString()!;
        Assert.Equal(["orders:read"], client.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(43, made.GetProperty("clientSecret").GetString()!.Length);

        JsonElement viewer = (await ViewerAsync(trade, await trade.Host.TokenAsync(clientId, secret: made.GetProperty("clientSecret").GetString()!))).Data.GetProperty("viewer");
        Assert.Equal(clientId, viewer.GetProperty("subject").GetString());
        Assert.Equal(client.GetProperty("id").GetString(), viewer.At("apiClient", "id").GetString());
        Assert.Equal(trade.Organisation(SmallMarket.Aachen), Assert.Single(viewer.GetProperty("actsFor").EnumerateArray()).At("organisation", "id").GetString());
        Assert.Equal("""["orders:read"]""", viewer.GetProperty("scopes").ToString());

        JsonElement again = await DoneAsync(trade, "CreateApiClient", input, TradeHost.Manager);
        Assert.Equal(clientId, again.At("apiClient", "clientId").GetString());
        Assert.Equal(JsonValueKind.Null, again.GetProperty("clientSecret").ValueKind);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_viewing()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        Assert.Equal("""{"subject":null,"apiClient":null,"actsFor":[],"scopes":[]}""", (await trade.RunAsync("Viewer")).Data.GetProperty("viewer").ToString());
    }

    [Fact]
    public async Task Nobody_hands_on_more_than_the_token_has()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement error = await RefusedAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "orders:read", "billing:write"), TradeHost.Manager, "PermissionDeniedError", "SCOPE_MISSING", "input", "scopes", "1");
        Assert.Equal("billing:write", error.GetProperty("requiredScope").GetString());
        await RefusedAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "orders:write"), TradeHost.Manager, "PermissionDeniedError", "SCOPE_MISSING", "input", "scopes", "0");
        await RefusedAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "catalog:read"), TradeHost.Manager, "ValidationError", "SCOPE_UNKNOWN", "input", "scopes", "0");
        await RefusedAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "orders:read", "orders:read"), TradeHost.Manager, "ValidationError", "DUPLICATE", "input", "scopes", "1");
        await RefusedAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Lippe, "orders:read"), TradeHost.Manager, "NotFoundError", "NOT_FOUND", "input", "organisationId");
        await RefusedAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "orders:read"), SmallMarket.Aachen, "PermissionDeniedError", "SCOPE_MISSING");
    }

    [Fact]
    public async Task The_operator_makes_clients_for_every_organisation_and_operators_only_for_its_own()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement lippe = await DoneAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Lippe, "orders:write", "clients:write"), TradeHost.Operator);
        JsonElement own = await DoneAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Wismar, "audit:read"), TradeHost.Operator);
        Assert.False((await ClientAsync(trade, lippe)).IsOperator);
        Assert.True((await ClientAsync(trade, own)).IsOperator);

        object unknown = new { organisationId = GlobalIds.Of(IdPrefix.Organisation, Guid.CreateVersion7()), name = "x", scopes = Array.Empty<string>(), idempotencyKey = trade.NewKey() };
        await RefusedAsync(trade, "CreateApiClient", unknown, TradeHost.Operator, "NotFoundError", "NOT_FOUND", "input", "organisationId");
    }

    [Fact]
    public async Task Both_secrets_are_good_for_a_day_and_no_third_one()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement made = await DoneAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "orders:read"), TradeHost.Manager);
        string id = made.At("apiClient", "id").GetString()!, clientId = made.At("apiClient", "clientId").GetString()!;
        string first = made.GetProperty("clientSecret").GetString()!;

        object rotate = new { apiClientId = id, idempotencyKey = trade.NewKey() };
        JsonElement rotated = await DoneAsync(trade, "RotateApiClientSecret", rotate, TradeHost.Manager);
        string second = rotated.GetProperty("clientSecret").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal(trade.Clock.GetUtcNow().AddHours(24), rotated.GetProperty("oldSecretUntil").GetDateTimeOffset());
        Assert.Equal("good good", await GoodAsync(trade, clientId, first, second));

        JsonElement again = await DoneAsync(trade, "RotateApiClientSecret", rotate, TradeHost.Manager);
        Assert.Equal(JsonValueKind.Null, again.GetProperty("clientSecret").ValueKind);
        Assert.Equal(rotated.GetProperty("oldSecretUntil").ToString(), again.GetProperty("oldSecretUntil").ToString());

        trade.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal("bad good", await GoodAsync(trade, clientId, first, second));

        string third = (await DoneAsync(trade, "RotateApiClientSecret", new { apiClientId = id, idempotencyKey = trade.NewKey() }, TradeHost.Manager)).GetProperty("clientSecret").GetString()!;
        string fourth = (await DoneAsync(trade, "RotateApiClientSecret", new { apiClientId = id, idempotencyKey = trade.NewKey() }, TradeHost.Manager)).GetProperty("clientSecret").GetString()!;
        Assert.Equal("bad good good", await GoodAsync(trade, clientId, second, third, fourth));
    }

    [Fact]
    public async Task The_secret_of_a_client_that_can_more_is_told_to_nobody()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        string strong = GlobalIds.Of(IdPrefix.ApiClient, (await ClientAsync(trade, SmallMarket.Aachen)).Id);
        JsonElement error = await RefusedAsync(trade, "RotateApiClientSecret", new { apiClientId = strong, idempotencyKey = trade.NewKey() }, TradeHost.Manager, "PermissionDeniedError", "SCOPE_MISSING", "input", "apiClientId");
        Assert.Equal("offers:write", error.GetProperty("requiredScope").GetString());

        string foreign = GlobalIds.Of(IdPrefix.ApiClient, (await ClientAsync(trade, SmallMarket.Lippe)).Id);
        await RefusedAsync(trade, "RotateApiClientSecret", new { apiClientId = foreign, idempotencyKey = trade.NewKey() }, TradeHost.Manager, "NotFoundError", "NOT_FOUND", "input", "apiClientId");
        await RefusedAsync(trade, "RevokeApiClient", new { apiClientId = foreign, idempotencyKey = trade.NewKey() }, TradeHost.Manager, "NotFoundError", "NOT_FOUND", "input", "apiClientId");
    }

    [Fact]
    public async Task A_client_that_is_no_operators_is_not_told_the_secret_of_one()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement weak = await DoneAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Wismar, "clients:write"), TradeHost.Operator);
        await using (MarketContext context = await ContextAsync(trade))
            await context.Set<ApiClient>().Where(c => c.ClientId == weak.At("apiClient", "clientId").GetString()).ExecuteUpdateAsync(c => c.SetProperty(x => x.IsOperator, false));
        await trade.Host.Services.GetRequiredService<CallerTable>().RefreshAsync(CancellationToken.None);
        JsonElement bare = await DoneAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Wismar), TradeHost.Operator);

        string token = await trade.Host.TokenAsync(weak.At("apiClient", "clientId").GetString()!, secret: weak.GetProperty("clientSecret").GetString()!);
        JsonElement payload = (await trade.AskWithAsync(token, Contract.Repository.Operation("RotateApiClientSecret"), new { input = new { apiClientId = bare.At("apiClient", "id").GetString(), idempotencyKey = "k" } })).Data.GetProperty("rotateApiClientSecret");
        Assert.Equal("PERMISSION_DENIED", Assert.Single(payload.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("clientSecret").ValueKind);
    }

    [Fact]
    public async Task A_revoked_client_is_refused_from_the_answer_on()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement made = await DoneAsync(trade, "CreateApiClient", Input(trade, SmallMarket.Aachen, "orders:read"), TradeHost.Manager);
        string id = made.At("apiClient", "id").GetString()!, clientId = made.At("apiClient", "clientId").GetString()!, secret = made.GetProperty("clientSecret").GetString()!;
        string token = await trade.Host.TokenAsync(clientId, secret: secret);
        Assert.Equal(clientId, (await ViewerAsync(trade, token)).Data.At("viewer", "subject").GetString());

        JsonElement revoked = await DoneAsync(trade, "RevokeApiClient", new { apiClientId = id, idempotencyKey = trade.NewKey() }, TradeHost.Manager);
        Assert.Equal(trade.Clock.GetUtcNow(), revoked.At("apiClient", "revokedAt").GetDateTimeOffset());
        Answer after = await ViewerAsync(trade, token);
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (after.Status, after.OnlyError.At("extensions", "code").GetString()));
        Assert.Equal("bad", await GoodAsync(trade, clientId, secret));

        await RefusedAsync(trade, "RevokeApiClient", new { apiClientId = id, idempotencyKey = trade.NewKey() }, TradeHost.Manager, "ValidationError", "CLIENT_REVOKED", "input", "apiClientId");
        await RefusedAsync(trade, "RotateApiClientSecret", new { apiClientId = id, idempotencyKey = trade.NewKey() }, TradeHost.Manager, "ValidationError", "CLIENT_REVOKED", "input", "apiClientId");
    }

    [SkippableFact]
    public async Task Another_node_refuses_a_revoked_client_within_a_second()
    {
        await using TestDatabase database = await TestDatabase.MakeAsync(StoreKind.PostgreSql);
        var options = new MarketHostOptions { Store = StoreKind.PostgreSql, Database = database };
        await using MarketHost first = await MarketHost.StartAsync(options);
        await using MarketHost second = await MarketHost.StartAsync(options);
        const string viewer = "{ viewer { subject apiClient { id } actsFor { organisation { id } } } }";
        JsonElement own = JsonDocument.Parse(await (await first.PostAsync(viewer, clientId: "demo-operator")).Content.ReadAsStringAsync()).RootElement.At("data", "viewer");
        var input = new { organisationId = own.GetProperty("actsFor")[0].At("organisation", "id").GetString(), name = "Leser", scopes = new[] { "orders:read" }, idempotencyKey = "make" };
        JsonElement made = JsonDocument.Parse(await (await first.PostAsync(Contract.Repository.Operation("CreateApiClient"), new { input }, "demo-operator")).Content.ReadAsStringAsync()).RootElement.At("data", "createApiClient");

        string token = await second.TokenAsync(made.At("apiClient", "clientId").GetString()!, secret: made.GetProperty("clientSecret").GetString()!);
        var callers = second.Services.GetRequiredService<Efa.Graph.Identity.TokenCallers>();
        Assert.NotNull(await callers.CallerOfTokenAsync(token, CancellationToken.None));

        using HttpResponseMessage revoked = await first.PostAsync(Contract.Repository.Operation("RevokeApiClient"), new { input = new { apiClientId = made.At("apiClient", "id").GetString(), idempotencyKey = "revoke" } }, "demo-operator");
        long start = TimeProvider.System.GetTimestamp();
        while (await callers.CallerOfTokenAsync(token, CancellationToken.None) is not null)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(3), "It took longer than a second, and what a busy machine adds.");
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Clients_are_listed_for_those_who_manage_them()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        object aachen = new { organisationId = trade.Organisation(SmallMarket.Aachen) };
        string[] Names(Answer answer) => [.. answer.Data.GetProperty("apiClients").Texts("clientId").Order(StringComparer.Ordinal)!];

        Assert.Equal([SmallMarket.Aachen, TradeHost.AllOf(SmallMarket.Aachen), TradeHost.Powerless, TradeHost.Colleague, TradeHost.Manager, TradeHost.Reader], Names(await trade.RunAsync("ApiClients", aachen, TradeHost.Manager)));
        Assert.Equal([SmallMarket.Aachen, TradeHost.AllOf(SmallMarket.Aachen), TradeHost.Powerless, TradeHost.Colleague, TradeHost.Manager, TradeHost.Reader], Names(await trade.RunAsync("ApiClients", aachen, TradeHost.Operator)));
        Assert.Empty(Names(await trade.RunAsync("ApiClients", new { organisationId = trade.Organisation(SmallMarket.Lippe) }, TradeHost.Manager)));
        Assert.Equal("FORBIDDEN", (await trade.RunAsync("ApiClients", aachen, TradeHost.Reader)).OnlyError.At("extensions", "code").GetString());
        Assert.Equal("UNAUTHENTICATED", (await trade.RunAsync("ApiClients", aachen)).OnlyError.At("extensions", "code").GetString());
    }

    [Fact]
    public async Task When_a_client_was_last_used_is_kept_to_the_hour()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        trade.Clock.Advance(TimeSpan.FromMinutes(75));
        Assert.Null((await ClientAsync(trade, SmallMarket.Lippe)).LastUsedAt);
        await trade.TokenAsync(SmallMarket.Lippe);
        await UsedAsync(new DateTimeOffset(2026, 2, 15, 13, 0, 0, TimeSpan.Zero));

        trade.Clock.Advance(TimeSpan.FromMinutes(50));
        await trade.TokenAsync(SmallMarket.Lippe);
        await UsedAsync(new DateTimeOffset(2026, 2, 15, 14, 0, 0, TimeSpan.Zero));

        async Task UsedAsync(DateTimeOffset hour)
        {
            for (int i = 0; i < 200; i++)
            {
                if ((await ClientAsync(trade, SmallMarket.Lippe)).LastUsedAt == hour) return;
                await Task.Delay(25);
            }
            Assert.Fail("The use was not written down.");
        }
    }

    private static object Input(TradeHost trade, string organisation, params string[] scopes) =>
        new { organisationId = trade.Organisation(organisation), name = "Programm", scopes, idempotencyKey = trade.NewKey() };

    private static async Task<JsonElement> DoneAsync(TradeHost trade, string operation, object input, string client)
    {
        JsonElement payload = (await trade.RunAsync(operation, new { input }, client)).Data.EnumerateObject().Single().Value;
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        return payload;
    }

    /// <summary>Asserts the one refusal, and that nothing has changed.</summary>
    private static async Task<JsonElement> RefusedAsync(TradeHost trade, string operation, object input, string client, string type, string code, params string[] path)
    {
        long head = await trade.HeadAsync();
        JsonElement payload = (await trade.RunAsync(operation, new { input }, client)).Data.EnumerateObject().Single().Value;
        JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        Assert.Equal((type, code), (error.GetProperty("__typename").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(path, error.GetProperty("path") is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray().Select(p => p.GetString()) : []);
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("apiClient").ValueKind);
        Assert.Equal(head, await trade.HeadAsync());
        return error;
    }

    /// <summary>Which of the secrets get a token.</summary>
    private static async Task<string> GoodAsync(TradeHost trade, string clientId, params string[] secrets)
    {
        var good = new List<string>();
        foreach (string secret in secrets)
        {
            using HttpResponseMessage response = await trade.Host.TokenResponseAsync(clientId, secret);
            good.Add(response.StatusCode == HttpStatusCode.OK ? "good" : "bad");
        }
        return string.Join(' ', good);
    }

    private static Task<Answer> ViewerAsync(TradeHost trade, string token) => trade.AskWithAsync(token, Contract.Repository.Operation("Viewer"));

    private static Task<ApiClient> ClientAsync(TradeHost trade, JsonElement payload) => ClientAsync(trade, payload.At("apiClient", "clientId").GetString()!);

    private static async Task<ApiClient> ClientAsync(TradeHost trade, string clientId)
    {
        await using MarketContext context = await ContextAsync(trade);
        return await context.Set<ApiClient>().AsNoTracking().SingleAsync(c => c.ClientId == clientId);
    }

    private static Task<MarketContext> ContextAsync(TradeHost trade) =>
        trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
}
