using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Efa.Graph.Tests.Ordering.Brokers;

public sealed class SetServiceBrokerTests
{
    private const string Path = "geheimer-pfad-4711";
    private const string Username = "nutzerin-0815";
    private const string Password = "kennwort-ä-99-<&>";

    [Fact]
    public async Task The_server_provisions_by_itself_and_tells_the_parties_how_far_it_is()
    {
        await using BrokerHost broker = await BrokerHost.StartAsync();
        await using TradeHost trade = await TradeHost.StartAsync(change: _ => BrokerStory.Seed("patient"));
        string order = await AcceptedAsync(trade, "patient");
        JsonElement waiting = await UntilAsync(trade, order, p => p.GetProperty("message").GetString() == "Der Bereitsteller hat noch keinen Service-Broker hinterlegt.");
        Assert.Equal(("PENDING", JsonValueKind.Null, 0), (waiting.GetProperty("state").GetString(), waiting.GetProperty("nextAttemptAt").ValueKind, waiting.GetProperty("attempts").GetInt32()));

        trade.Clock.Advance(TimeSpan.FromSeconds(1));
        Done(await SetAsync(trade, broker.Url, Samples.Broker.BrokerApp.Username, Samples.Broker.BrokerApp.Password));
        JsonElement done = await UntilAsync(trade, order, p => p.GetProperty("state").GetString() == "SUCCEEDED");

        Assert.Equal(Assert.Single(broker.Instances.All).Key, done.GetProperty("instanceId").GetString());
        Assert.Equal(JsonValueKind.Null, done.GetProperty("message").ValueKind);
        foreach (string party in new[] { SmallMarket.Aachen, SmallMarket.Govdigital, SmallMarket.Supplier })
            Assert.Equal("ACTIVE", (await trade.RunAsync("Provisioning", new { id = order }, party)).Data.At("order", "state").GetString());
        Assert.Equal(JsonValueKind.Null, (await trade.RunAsync("Provisioning", new { id = order }, SmallMarket.Wismar)).Data.GetProperty("order").ValueKind);
    }

    [Fact]
    public async Task A_broker_that_hangs_keeps_no_other_waiting()
    {
        await using BrokerHost broker = await BrokerHost.StartAsync();
        MarketSeed silent = BrokerStory.Seed("silent"), instant = BrokerStory.Seed("instant");
        MarketSeed both = silent with
        {
            Organisations = [.. silent.Organisations, new("other", "Anderer Bereitsteller", OrganisationKind.ItProvider, [OrganisationRole.Supplier])],
            Offers = [.. silent.Offers, instant.Offers[0] with { Supplier = "other" }],
        };
        await using TradeHost trade = await TradeHost.StartAsync(change: _ => both);
        foreach (string supplier in new[] { SmallMarket.Supplier, "other" })
            Done(await SetAsync(trade, broker.Url, Samples.Broker.BrokerApp.Username, Samples.Broker.BrokerApp.Password, supplier, supplier));
        for (int i = 0; i < 12; i++) await AcceptedAsync(trade, "silent");

        string order = await AcceptedAsync(trade, "instant");
        long began = Stopwatch.GetTimestamp();
        await UntilAsync(trade, order, p => p.GetProperty("state").GetString() == "SUCCEEDED");

        // Each of the others would be waited for thirty seconds.
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(25));
    }

    [Fact]
    public async Task Neither_address_nor_password_is_told_to_anybody_or_stands_readable_in_the_store()
    {
        var logged = new LogSink();
        await using TradeHost trade = await TradeHost.StartAsync(services: services => services.AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(logged)), change: _ => BrokerStory.Seed("instant"));
        // Nobody listens there, so that there is something to complain about.
        Done(await SetAsync(trade, $"{Hosting.Executable.FreeAddress()}{Path}", Username, Password));
        string order = await AcceptedAsync(trade, "instant");
        await UntilAsync(trade, order, p => p.GetProperty("attempts").GetInt32() == 1);
        await SetAsync(trade, $"http://{Username}:{Password}@127.0.0.1/{Path}", Username, Password);
        string told = (await trade.AskAsync(
            "{ orders { nodes { provisioning { message } events { nodes { type note } } } } audit { nodes { action subjectHash } } }", client: TradeHost.AllOf(SmallMarket.Supplier))).Json.ToString();

        await using MarketContext context = await trade.Host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        string file = ((SqliteConnection)context.Database.GetDbConnection()).DataSource;
        await context.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        string stored = await ReadAsync(file);

        Assert.Contains("setServiceBroker", stored, StringComparison.Ordinal);
        Assert.Contains("setServiceBroker", told, StringComparison.Ordinal);
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));
        foreach (string secret in new[] { Path, Username, Password, basic })
            foreach ((string where, string text) in new[] { ("store", stored), ("answers", told), ("log", logged.Text) })
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{secret} stands in the {where}");
    }

    [Fact]
    public async Task A_call_is_repeated_by_its_key_and_another_password_is_another_call()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        JsonElement first = Done(await SetAsync(trade, "http://127.0.0.1:1", Username, Password, key: "once"));
        JsonElement again = Done(await SetAsync(trade, "http://127.0.0.1:1", Username, Password, key: "once"));
        Assert.Equal((1, 1), (first.At("supplier", "version").GetInt32(), again.At("supplier", "version").GetInt32()));

        JsonElement other = (await SetAsync(trade, "http://127.0.0.1:1", Username, Password + "!", key: "once")).Data.GetProperty("setServiceBroker");
        Assert.Equal(["IDEMPOTENCY_CONFLICT"], other.GetProperty("errors").Texts("code"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", Username, Password, "ADDRESS_NOT_ALLOWED input/url")]
    [InlineData("https://user:pw@broker.example/", Username, Password, "ADDRESS_NOT_ALLOWED input/url")]
    [InlineData("https://broker.example/", "a:b", Password, "USERNAME_INVALID input/username")]
    [InlineData("https://broker.example/", "", "", "REQUIRED input/username", "REQUIRED input/password")]
    [InlineData("https://broker.example/", "a\u0001b", "c\r\nd\u0007", "TEXT_INVALID input/username", "TEXT_INVALID input/password")]
    public async Task What_cannot_be_called_is_refused_by_its_field(string url, string username, string password, params string[] refusals)
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long head = await trade.HeadAsync();

        JsonElement refused = (await SetAsync(trade, url, username, password)).Data.GetProperty("setServiceBroker");

        Assert.Equal(refusals, refused.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code").GetString()} {string.Join('/', e.GetProperty("path").Texts())}"));
        Assert.Equal(head, await trade.HeadAsync());
    }

    [Fact]
    public async Task Only_a_supplier_sets_its_own_broker()
    {
        await using TradeHost trade = await TradeHost.StartAsync();
        long head = await trade.HeadAsync();

        Assert.Equal("PERMISSION_DENIED", await CodeAsync(SmallMarket.Supplier, SmallMarket.Govdigital));
        Assert.Equal("NOT_A_SUPPLIER", await CodeAsync(SmallMarket.Aachen, SmallMarket.Aachen));
        Assert.Equal("PERMISSION_DENIED", await CodeAsync(SmallMarket.Supplier, TradeHost.Operator));
        Assert.Equal("SCOPE_MISSING", await CodeAsync(SmallMarket.Supplier, TradeHost.NoneOf(SmallMarket.Supplier)));
        Assert.Equal(head, await trade.HeadAsync());

        async Task<string?> CodeAsync(string supplier, string client) =>
            Assert.Single((await SetAsync(trade, "https://broker.example/", Username, Password, supplier, client)).Data.At("setServiceBroker", "errors").Texts("code"));
    }

    private static Task<Answer> SetAsync(TradeHost trade, string url, string username, string password, string supplier = SmallMarket.Supplier, string client = SmallMarket.Supplier, string? key = null) =>
        trade.RunAsync("SetServiceBroker", new { input = new { supplierId = trade.Organisation(supplier), url, username, password, idempotencyKey = key ?? trade.NewKey() } }, client);

    private static JsonElement Done(Answer answer)
    {
        JsonElement payload = answer.Data.GetProperty("setServiceBroker");
        Assert.Equal("[]", payload.GetProperty("errors").ToString());
        return payload;
    }

    private static async Task<string> AcceptedAsync(TradeHost trade, string plan)
    {
        string order = (await trade.PlaceAsync(plan, SmallMarket.Aachen)).GetProperty("id").GetString()!;
        await trade.StepAsync("AcceptOrder", order, 1, SmallMarket.Govdigital);
        return order;
    }

    /// <summary>Lets the market's clock run until the provisioning is so.</summary>
    private static async Task<JsonElement> UntilAsync(TradeHost trade, string order, Func<JsonElement, bool> isSo)
    {
        JsonElement provisioning = default;
        for (int i = 0; i < 300; i++)
        {
            provisioning = (await trade.RunAsync("Provisioning", new { id = order }, SmallMarket.Aachen)).Data.At("order", "provisioning");
            if (isSo(provisioning)) return provisioning;
            trade.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(100);
        }
        throw new TimeoutException(provisioning.ToString());
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Everything that the server logs.</summary>
    private sealed class LogSink : ILoggerProvider, ILogger
    {
        private readonly StringBuilder text = new();

        public string Text
        {
            get { lock (text) return text.ToString(); }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (text) text.Append(formatter(state, exception)).Append(exception).Append('\n');
        }

        public void Dispose()
        {
        }
    }
}
