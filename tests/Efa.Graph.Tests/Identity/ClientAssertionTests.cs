using System.Net;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Hosting;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;

namespace Efa.Graph.Tests.Identity;

/// <summary>Clients that prove themselves by a key of their own: private_key_jwt.</summary>
public sealed class ClientAssertionTests
{
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_client_with_keys_has_no_secret_and_gets_tokens_with_each_of_its_keys(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        using TestKey first = new("first"), second = new("second");
        JsonElement made = await DoneAsync(trade, "CreateApiClient", Input(trade, TestKey.Set(first, second)));
        Assert.Equal(JsonValueKind.Null, made.GetProperty("clientSecret").ValueKind);
        string clientId = made.At("apiClient", "clientId").GetString()!;

        foreach (TestKey key in new[] { first, second })
        {
            JsonElement granted = await SendAsync(trade, Assertion(trade, key, clientId), HttpStatusCode.OK);
            Answer viewer = await trade.AskWithAsync(granted.GetProperty("access_token").GetString(), "{ viewer { subject scopes } }");
            Assert.Equal((clientId, """["orders:read"]"""), (viewer.Data.At("viewer", "subject").GetString(), viewer.Data.At("viewer", "scopes").ToString()));
        }
        using HttpResponseMessage guessed = await trade.Host.TokenResponseAsync(clientId, "a secret");
        Assert.Equal(HttpStatusCode.Unauthorized, guessed.StatusCode);
    }

    // What a proof of a client says of itself (draft-ietf-oauth-rfc7523bis), so that no other token is taken for one.
    private const string Type = "client-authentication+jwt";

    public static TheoryData<string> BadAssertions => ["expired", "good for too long", "other audience", "unknown key", "known kid, other key", "of another client", "no jti"];

    [Theory]
    [MemberData(nameof(BadAssertions))]
    public async Task An_assertion_that_is_not_good_is_refused_with_the_same_words(string fault)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        using TestKey key = new("mine"), other = new("other");
        string clientId = (await DoneAsync(trade, "CreateApiClient", Input(trade, TestKey.Set(key)))).At("apiClient", "clientId").GetString()!;
        string foreign = (await DoneAsync(trade, "CreateApiClient", Input(trade, TestKey.Set(other)))).At("apiClient", "clientId").GetString()!;
        string assertion = fault switch
        {
            "expired" => Assertion(trade, key, clientId, lifetime: TimeSpan.FromSeconds(-301)),
            "good for too long" => Assertion(trade, key, clientId, lifetime: TimeSpan.FromMinutes(61)),
            "other audience" => Assertion(trade, key, clientId, audience: "https://elsewhere.example/connect/token"),
            "unknown key" => Assertion(trade, other, clientId),
            "known kid, other key" => Assertion(trade, other, clientId, kid: "mine"),
            "of another client" => Assertion(trade, key, foreign),
            _ => Assertion(trade, key, clientId, jti: ""),
        };

        JsonElement refused = await SendAsync(trade, assertion, HttpStatusCode.Unauthorized);
        Assert.Equal("invalid_client", refused.GetProperty("error").GetString());
        Assert.Equal("There is no such client, or its secret or assertion is not good.", refused.GetProperty("error_description").GetString());
        await SendAsync(trade, Assertion(trade, key, clientId), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Neither_an_endless_assertion_nor_any_other_token_is_taken_for_a_proof()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        using TestKey key = new("mine");
        string clientId = (await DoneAsync(trade, "CreateApiClient", Input(trade, TestKey.Set(key)))).At("apiClient", "clientId").GetString()!;
        object endless = new { iss = clientId, sub = clientId, aud = Audience(trade), jti = "x" };
        Assert.Equal("invalid_request", (await SendAsync(trade, key.Sign(endless, Type), HttpStatusCode.BadRequest)).GetProperty("error").GetString());
        long end = (trade.Clock.GetUtcNow() + TimeSpan.FromMinutes(1)).ToUnixTimeSeconds();
        object plain = new { iss = clientId, sub = clientId, aud = Audience(trade), jti = "x", exp = end };
        Assert.Equal("invalid_client", (await SendAsync(trade, key.Sign(plain, "JWT"), HttpStatusCode.Unauthorized)).GetProperty("error").GetString());
    }

    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    [Trait("attack", "B17")]
    public async Task An_assertion_is_good_once(StoreKind store)
    {
        await using TradeHost trade = await TradeHost.StartAsync(store);
        using TestKey key = new("mine");
        string clientId = (await DoneAsync(trade, "CreateApiClient", Input(trade, TestKey.Set(key)))).At("apiClient", "clientId").GetString()!;
        string assertion = Assertion(trade, key, clientId, jti: "once");
        await SendAsync(trade, assertion, HttpStatusCode.OK);
        await SendAsync(trade, assertion, HttpStatusCode.Unauthorized);
        await SendAsync(trade, Assertion(trade, key, clientId, jti: "once", lifetime: TimeSpan.FromMinutes(2)), HttpStatusCode.Unauthorized);
        await SendAsync(trade, Assertion(trade, key, clientId, jti: "twice"), HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_are_replaced_and_those_left_out_are_good_no_more()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        using TestKey old = new("old"), next = new("next");
        JsonElement client = (await DoneAsync(trade, "CreateApiClient", Input(trade, TestKey.Set(old)))).GetProperty("apiClient");
        string id = client.GetProperty("id").GetString()!, clientId = client.GetProperty("clientId").GetString()!;

        await DoneAsync(trade, "RotateApiClientSecret", new { apiClientId = id, jwks = TestKey.Set(old, next), idempotencyKey = trade.NewKey() });
        await SendAsync(trade, Assertion(trade, old, clientId), HttpStatusCode.OK);
        await SendAsync(trade, Assertion(trade, next, clientId), HttpStatusCode.OK);

        JsonElement rotated = await DoneAsync(trade, "RotateApiClientSecret", new { apiClientId = id, jwks = TestKey.Set(next), idempotencyKey = trade.NewKey() });
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (rotated.GetProperty("clientSecret").ValueKind, rotated.GetProperty("oldSecretUntil").ValueKind));
        await SendAsync(trade, Assertion(trade, old, clientId), HttpStatusCode.Unauthorized);
        await SendAsync(trade, Assertion(trade, next, clientId), HttpStatusCode.OK);

        await RefusedAsync(trade, "RotateApiClientSecret", new { apiClientId = id, idempotencyKey = trade.NewKey() }, "REQUIRED");
        string secretive = (await DoneAsync(trade, "CreateApiClient", Input(trade, null))).At("apiClient", "id").GetString()!;
        await RefusedAsync(trade, "RotateApiClientSecret", new { apiClientId = secretive, jwks = TestKey.Set(next), idempotencyKey = trade.NewKey() }, "KEYS_NOT_USED");
    }

    public static TheoryData<string> BadKeys => ["", "no json", "{}", """{"keys":[]}""", "private", "same kid", "no kid", "off the curve", "symmetric", "small rsa", "too many"];

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task Keys_that_no_client_should_have_are_refused(string fault)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        using TestKey key = new("mine"), twin = new("mine"), nameless = new("");
        using var small = System.Security.Cryptography.RSA.Create(1024);
        string keys = fault switch
        {
            "private" => TestKey.Set(key.Jwk(withPrivate: true)),
            "same kid" => TestKey.Set(key, twin),
            "no kid" => TestKey.Set(nameless),
            "off the curve" => TestKey.Set(new { kty = "EC", crv = "P-256", kid = "mine", x = new string('A', 43), y = new string('A', 43) }),
            "symmetric" => TestKey.Set(new { kty = "oct", kid = "mine", k = new string('A', 43) }),
            "small rsa" => TestKey.Set(new { kty = "RSA", kid = "mine", e = "AQAB", n = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(small.ExportParameters(false).Modulus) }),
            "too many" => TestKey.Set([.. Enumerable.Range(0, 11).Select(i => new TestKey($"{i}"))]),
            _ => fault,
        };
        await RefusedAsync(trade, "CreateApiClient", Input(trade, keys), "KEYS_INVALID");
    }

    /// <summary>The server as issuer, and not one of its addresses.</summary>
    private static string Audience(TradeHost trade) => trade.Host.Address.ToString();

    private static string Assertion(TradeHost trade, TestKey key, string clientId, string? audience = null, TimeSpan? lifetime = null, string? jti = null, string? kid = null)
    {
        DateTimeOffset now = trade.Clock.GetUtcNow();
        return key.Sign(
            new { iss = clientId, sub = clientId, aud = audience ?? Audience(trade), jti = jti ?? Guid.NewGuid().ToString(), iat = now.ToUnixTimeSeconds(), exp = (now + (lifetime ?? TimeSpan.FromMinutes(1))).ToUnixTimeSeconds() },
            Type, kid);
    }

    private static async Task<JsonElement> SendAsync(TradeHost trade, string assertion, HttpStatusCode expected)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        };
        using HttpResponseMessage response = await trade.Host.Client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private static object Input(TradeHost trade, string? jwks) =>
        new { organisationId = trade.Organisation(SmallMarket.Aachen), name = "Programm", scopes = new[] { "orders:read" }, jwks, idempotencyKey = trade.NewKey() };

    private static async Task<JsonElement> DoneAsync(TradeHost trade, string operation, object input)
    {
        JsonElement payload = (await trade.RunAsync(operation, new { input }, TradeHost.Manager)).Data.EnumerateObject().Single().Value;
        Assert.Empty(payload.GetProperty("errors").EnumerateArray());
        return payload;
    }

    private static async Task RefusedAsync(TradeHost trade, string operation, object input, string code)
    {
        long head = await trade.HeadAsync();
        JsonElement payload = (await trade.RunAsync(operation, new { input }, TradeHost.Manager)).Data.EnumerateObject().Single().Value;
        JsonElement error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        Assert.Equal((code, """["input","jwks"]"""), (error.GetProperty("code").GetString(), error.GetProperty("path").ToString()));
        Assert.Equal(head, await trade.HeadAsync());
    }
}
