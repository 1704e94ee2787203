using System.Net;
using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Hosting;
using Efa.Graph.Identity;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Microsoft.Extensions.Configuration;

namespace Efa.Graph.Tests.Identity;

/// <summary>People whom an OpenID provider of others vouches for.</summary>
public sealed class IssuerTests
{
    private const string Orders = "{ orders { totalCount } }";

    [Fact]
    public async Task A_person_acts_for_the_organisation_and_has_the_scopes_of_the_role()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        await using TradeHost trade = await StartAsync(shop);
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);

        JsonElement viewer = (await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow()), Repository.Operation("Viewer"))).Data.GetProperty("viewer");
        Assert.Equal($"{shop.Authority} erika", viewer.GetProperty("subject").GetString());
        Assert.Equal(JsonValueKind.Null, viewer.GetProperty("apiClient").ValueKind);
        Assert.Equal(trade.Organisation(SmallMarket.Aachen), Assert.Single(viewer.GetProperty("actsFor").EnumerateArray()).At("organisation", "id").GetString());
        Assert.Equal("""["invoices:read","orders:write"]""", viewer.GetProperty("scopes").ToString());

        Assert.Equal(1, await CountAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow())));
        Assert.Equal(0, await CountAsync(shop.Token(trade.Organisation(SmallMarket.Lippe), trade.Clock.GetUtcNow())));
        Assert.Equal(0, await CountAsync(shop.Token("no organisation of ours", trade.Clock.GetUtcNow())));
        Answer without = await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow(), role: "visitor"), Orders);
        Assert.Equal("FORBIDDEN", without.OnlyError.At("extensions", "code").GetString());

        async Task<int> CountAsync(string token) => (await trade.AskWithAsync(token, Orders)).Data.At("orders", "totalCount").GetInt32();
    }

    [Fact]
    public async Task A_person_places_an_order_under_keys_of_their_own()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        await using TradeHost trade = await StartAsync(shop);
        Dictionary<string, object?> input = await trade.InputAsync(SmallMarket.Portal, SmallMarket.Aachen);

        string erika = await PlaceAsync("erika"), max = await PlaceAsync("max"), again = await PlaceAsync("erika");
        Assert.NotEqual(erika, max);
        Assert.Equal(erika, again);

        async Task<string> PlaceAsync(string subject)
        {
            JsonElement payload = (await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow(), subject: subject), Repository.Operation("PlaceOrder"), new { input })).Data.GetProperty("placeOrder");
            Assert.Empty(payload.GetProperty("errors").EnumerateArray());
            return payload.At("order", "id").GetString()!;
        }
    }

    public static TheoryData<string> BadTokens => ["expired", "not yet", "other audience", "no audience", "other issuer", "issuer with a slash", "identity token", "unknown key", "known kid, other key", "no kid", "issued ahead", "long subject", "no subject"];

    [Theory]
    [MemberData(nameof(BadTokens))]
    [Trait("attack", "A16"), Trait("attack", "A17"), Trait("attack", "A18"), Trait("attack", "A19"), Trait("attack", "A20")]
    public async Task A_token_that_is_not_good_is_refused_with_the_same_words(string fault)
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        await using TradeHost trade = await StartAsync(shop);
        using var stranger = new TestKey("stranger");
        DateTimeOffset now = trade.Clock.GetUtcNow();
        string organisation = trade.Organisation(SmallMarket.Aachen);
        string token = fault switch
        {
            "expired" => shop.Token(organisation, now, lifetime: TimeSpan.FromSeconds(-61)),
            "not yet" => shop.Token(organisation, now, notBefore: TimeSpan.FromSeconds(120)),
            "other audience" => shop.Token(organisation, now, audience: "shop"),
            "no audience" => shop.Token(organisation, now, audience: null),
            "other issuer" => shop.Token(organisation, now, issuer: "https://elsewhere.example"),
            "issuer with a slash" => shop.Token(organisation, now, issuer: shop.Authority + "/"),
            "identity token" => shop.Token(organisation, now, type: "JWT"),
            "unknown key" => shop.Token(organisation, now, key: stranger),
            "known kid, other key" => shop.Token(organisation, now, key: stranger, kid: "first"),
            "no kid" => shop.Token(organisation, now, kid: ""),
            "issued ahead" => shop.Token(organisation, now + TimeSpan.FromSeconds(120), notBefore: TimeSpan.FromSeconds(-120)),
            "long subject" => shop.Token(organisation, now, subject: new string('x', 200)),
            _ => shop.Token(organisation, now, subject: ""),
        };

        Answer answer = await trade.AskWithAsync(token, Orders);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("UNAUTHENTICATED", answer.OnlyError.At("extensions", "code").GetString());
        Assert.Equal("The access token is malformed, has expired or was withdrawn.", answer.OnlyError.GetProperty("message").GetString());
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Challenge);
        Assert.Equal(HttpStatusCode.OK, (await trade.AskWithAsync(shop.Token(organisation, now), Orders)).Status);
    }

    [Fact]
    public async Task Keys_are_kept_read_anew_for_a_new_one_and_not_for_each_unknown_one()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        await using TradeHost trade = await StartAsync(shop);
        for (int i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        Assert.Equal(1, shop.Reads);

        shop.Keys.Add(new TestKey("second"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync()).Status);
        trade.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        Assert.Equal(2, shop.Reads);

        using var stranger = new TestKey("stranger");
        for (int i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Unauthorized, (await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow(), key: stranger), Orders)).Status);
        Assert.Equal(2, shop.Reads);

        // A key that the issuer has withdrawn is out within the hour.
        using TestKey withdrawn = shop.Keys[0];
        shop.Keys.RemoveAt(0);
        trade.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow(), key: withdrawn), Orders)).Status);
        Assert.Equal(3, shop.Reads);

        Task<Answer> AskAsync() => trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow()), Orders);
    }

    [Fact]
    public async Task Organisations_can_be_named_as_the_issuer_names_them()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        var aachen = Guid.CreateVersion7();
        var issuer = new Issuer(new IssuerOptions
        {
            Authority = shop.Authority,
            Audience = "market",
            OrganisationClaim = "organisation",
            Organisations = { ["05334002"] = GlobalIds.Of(IdPrefix.Organisation, aachen) },
            Roles = { ["buyer"] = ["orders:write"] },
            AllowPrivateAddresses = true,
        });

        Caller caller = (await issuer.CallerOfAsync(shop.Token("05334002", TimeProvider.System.GetUtcNow()), TimeProvider.System, CancellationToken.None))!;
        Assert.Equal([aachen], caller.Organisations);
        // Its roles stand elsewhere than these options say.
        Assert.Empty(caller.Scopes);
        Assert.Empty((await issuer.CallerOfAsync(shop.Token("05334003", TimeProvider.System.GetUtcNow()), TimeProvider.System, CancellationToken.None))!.Organisations);
    }

    [Fact]
    public async Task An_issuer_that_is_down_is_said_to_be_and_known_keys_go_on()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        await using TradeHost trade = await StartAsync(shop);
        shop.IsDown = true;
        Answer down = await AskAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "UNAVAILABLE"), (down.Status, down.OnlyError.At("extensions", "code").GetString()));
        Assert.Equal($"The issuer of this token, {shop.Authority}, cannot be asked for its keys at the moment.", down.OnlyError.GetProperty("message").GetString());
        // Clients of our own go on.
        Assert.Equal(HttpStatusCode.OK, (await trade.AskAsync(Orders, client: SmallMarket.Aachen)).Status);

        shop.IsDown = false;
        trade.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        shop.IsDown = true;
        trade.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);

        Task<Answer> AskAsync() => trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow()), Orders);
    }

    [Fact]
    public async Task An_issuer_that_calls_itself_another_is_not_believed()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        await using TradeHost trade = await StartAsync(shop);
        shop.Pretends = "https://elsewhere.example";
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow()), Orders)).Status);
        Assert.Equal(0, shop.Reads);
    }

    [Fact]
    public async Task An_issuer_inside_the_own_network_is_asked_only_where_that_is_allowed()
    {
        await using ShopIssuer shop = await ShopIssuer.StartAsync();
        string https = shop.Authority.Replace("http://", "https://", StringComparison.Ordinal);
        await using TradeHost trade = await StartAsync(shop, ("Identity:Issuers:0:AllowPrivateAddresses", "false"), ("Identity:Issuers:0:Authority", https));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await trade.AskWithAsync(shop.Token(trade.Organisation(SmallMarket.Aachen), trade.Clock.GetUtcNow(), issuer: https), Orders)).Status);
        Assert.Equal(0, shop.Reads);
    }

    [Theory]
    [InlineData("Identity:Issuer", "x", "Identity:Issuer is no setting")]
    [InlineData("Identity:Issuers:0:Audiense", "x", "Identity:Issuers:0:Audiense is no setting")]
    [InlineData("Identity:Issuers:0:Authority", "http://login.example", "Identity:Issuers:0:Authority is http://login.example")]
    [InlineData("Identity:Issuers:0:Authority", "", "Identity:Issuers:0:Authority is missing")]
    [InlineData("Identity:Issuers:0:Audience", "", "Identity:Issuers:0:Audience is missing")]
    [InlineData("Identity:Issuers:0:Roles:buyer:0", "orders:place", "Identity:Issuers:0:Roles:buyer has orders:place")]
    [InlineData("Identity:Issuers:0:Organisations:05334002", "aachen", "Identity:Issuers:0:Organisations:05334002 is aachen")]
    [InlineData("Identity:Issuers:1:Authority", "https://login.example", "Identity:Issuers:1:Audience is missing")]
    public void Settings_that_are_wrong_refuse_the_start_by_their_name(string key, string value, string says)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Identity:Issuers:0:Authority"] = "https://login.example",
            ["Identity:Issuers:0:Audience"] = "market",
            ["Identity:Issuers:0:Roles:buyer:0"] = "orders:write",
        };
        Issuers.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

        settings[key] = value;
        var refused = Assert.Throws<StartRefused>(() => Issuers.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        Assert.StartsWith(says, refused.Message, StringComparison.Ordinal);
    }

    private static Task<TradeHost> StartAsync(ShopIssuer shop, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Identity:Issuers:0:Authority"] = shop.Authority,
            ["Identity:Issuers:0:Audience"] = "market",
            ["Identity:Issuers:0:RoleClaim"] = "realm_access.roles",
            ["Identity:Issuers:0:Roles:buyer:0"] = "orders:write",
            ["Identity:Issuers:0:Roles:buyer:1"] = "invoices:read",
            ["Identity:Issuers:0:AllowPrivateAddresses"] = "true",
        };
        foreach ((string key, string value) in settings) all[key] = value;
        return TradeHost.StartAsync(settings: all);
    }
}
