using System.Net;
using System.Text.Json;
using Efa.Graph.Identity;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Access;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Identity;

public sealed class TokenTests
{
    [SkippableTheory]
    [MemberData(nameof(TestDatabase.Kinds), MemberType = typeof(TestDatabase))]
    public async Task A_client_with_its_secret_gets_a_token_that_says_who_calls(StoreKind store)
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Store = store });

        using HttpResponseMessage response = await host.TokenResponseAsync("demo-municipality", "demo-secret");
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Bearer", answer.RootElement.GetProperty("token_type").GetString());
        Assert.InRange(answer.RootElement.GetProperty("expires_in").GetInt32(), 598, 600);
        Assert.Equal("orders:write invoices:read", answer.RootElement.GetProperty("scope").GetString());

        Caller? caller = await CallerAsync(host, answer.RootElement.GetProperty("access_token").GetString()!);
        Assert.Equal("demo-municipality", caller!.Id);
        ApiClient client = await ClientAsync(host, "demo-municipality");
        Assert.Equal(client.Id, caller.ApiClientId);
        Assert.Equal([client.OrganisationId], caller.Organisations);
        Assert.Equal(["invoices:read", "orders:write"], caller.Scopes.Order());
        Assert.True(caller.Has("orders:read"));
        Assert.False(caller.Has("billing:write"));
        Assert.False(caller.IsOperator);
    }

    [Fact]
    [Trait("attack", "A27")]
    public async Task Wrong_secrets_unknown_clients_and_unknown_scopes_are_refused()
    {
        await using MarketHost host = await MarketHost.StartAsync();

        await RefusedAsync(host, "demo-municipality", "wrong", null, HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(host, "demo-nobody", "demo-secret", null, HttpStatusCode.Unauthorized, "invalid_client");
        await RefusedAsync(host, "demo-municipality", "demo-secret", "catalog:read", HttpStatusCode.BadRequest, "invalid_scope");
        await RefusedAsync(host, "demo-municipality", "demo-secret", "billing:write", HttpStatusCode.BadRequest, "invalid_scope");
    }

    [Fact]
    public async Task A_token_is_granted_what_was_asked_for_and_the_client_has()
    {
        await using MarketHost host = await MarketHost.StartAsync();

        Caller? narrow = await CallerAsync(host, await host.TokenAsync("demo-municipality", "orders:read billing:write"));
        Assert.Equal(["orders:read"], narrow!.Scopes);
        Assert.False(narrow.Has("orders:write"));
        Caller? none = await CallerAsync(host, await host.TokenAsync("demo-portal"));
        Assert.Empty(none!.Scopes);
        Assert.False(none.IsAnonymous);
        Caller? all = await CallerAsync(host, await host.TokenAsync("demo-operator"));
        Assert.Equal(Scopes.All.Order(StringComparer.Ordinal), all!.Scopes.Order(StringComparer.Ordinal));
        Assert.True(all.IsOperator);
    }

    [Fact]
    public async Task A_token_ends_after_ten_minutes()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 2, 15, 9, 0, 0, TimeSpan.Zero));
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Clock = clock });
        string token = await host.TokenAsync("demo-seller");

        clock.Advance(TimeSpan.FromSeconds(595));
        Assert.NotNull(await CallerAsync(host, token));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await CallerAsync(host, token));
        Assert.NotNull(await CallerAsync(host, await host.TokenAsync("demo-seller")));
    }

    [Fact]
    [Trait("attack", "A22")]
    public async Task A_revoked_client_is_refused_within_a_second_whatever_token_it_holds()
    {
        await using MarketHost host = await MarketHost.StartAsync();
        TokenCallers callers = host.Services.GetRequiredService<TokenCallers>();
        string token = await host.TokenAsync("demo-stranger");
        Caller caller = (await CallerAsync(host, token))!;
        Assert.NotNull(callers.Now(caller));

        // As another node would do it: this one is not told.
        await ChangeAsync(host, "demo-stranger", c => c.Revoke(DateTimeOffset.UtcNow));

        await EventuallyAsync(async () => await CallerAsync(host, token) is null);
        Assert.Null(callers.Now(caller));
        await RefusedAsync(host, "demo-stranger", "demo-secret", null, HttpStatusCode.Unauthorized, "invalid_client");
        Assert.NotNull(await CallerAsync(host, await host.TokenAsync("demo-seller")));
    }

    [Fact]
    public async Task A_client_that_loses_a_scope_loses_it_in_the_tokens_it_holds()
    {
        await using MarketHost host = await MarketHost.StartAsync();
        string token = await host.TokenAsync("demo-seller");

        await ChangeAsync(host, "demo-seller", c => c.Scopes = ["orders:read"]);

        await EventuallyAsync(async () => !(await CallerAsync(host, token))!.Has("billing:write"));
        Assert.False((await CallerAsync(host, token))!.Has("orders:write"));
    }

    [Fact]
    public async Task Tokens_from_before_a_client_was_reset_are_refused()
    {
        await using MarketHost host = await MarketHost.StartAsync();
        string token = await host.TokenAsync("demo-seller");
        Caller caller = (await CallerAsync(host, token))!;

        await ChangeAsync(host, "demo-seller", c => c.TokensNotBefore = DateTimeOffset.UtcNow.AddSeconds(1));

        await EventuallyAsync(async () => await CallerAsync(host, token) is null);
        Assert.Null(host.Services.GetRequiredService<TokenCallers>().Now(caller));
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        Assert.NotNull(await CallerAsync(host, await host.TokenAsync("demo-seller")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-token")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJkZW1vLW9wZXJhdG9yIn0.")]
    public async Task What_is_no_token_is_never_taken_for_an_anonymous_call(string token)
    {
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false });
        Assert.Null(await CallerAsync(host, token));
    }

    [Fact]
    public async Task A_token_whose_signature_was_touched_is_refused()
    {
        await using MarketHost host = await MarketHost.StartAsync();
        string token = await host.TokenAsync("demo-seller");
        string[] parts = token.Split('.');
        string other = (await host.TokenAsync("demo-operator")).Split('.')[1];

        Assert.Null(await CallerAsync(host, $"{parts[0]}.{other}.{parts[2]}"));
        Assert.NotNull(await CallerAsync(host, token));
    }

    [Fact]
    public async Task A_call_asks_the_store_for_nothing_to_know_who_calls()
    {
        var commands = new CommandCount();
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Services = s => s.ConfigureDbContext<Efa.Marketplace.Storage.Sqlite.SqliteMarketContext>(o => o.AddInterceptors(commands)) });
        string token = await host.TokenAsync("demo-seller");
        Assert.NotNull(await CallerAsync(host, token));

        commands.Begin();
        for (int i = 0; i < 50; i++) Assert.NotNull(await CallerAsync(host, token));
        Assert.Equal(0, commands.Here);
        await ClientAsync(host, "demo-seller");
        Assert.Equal(1, commands.Here);
    }

    private static ValueTask<Caller?> CallerAsync(MarketHost host, string token) =>
        host.Services.GetRequiredService<TokenCallers>().CallerOfTokenAsync(token, CancellationToken.None);

    private static async Task<ApiClient> ClientAsync(MarketHost host, string clientId)
    {
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        return await context.Set<ApiClient>().AsNoTracking().SingleAsync(c => c.ClientId == clientId);
    }

    private static async Task ChangeAsync(MarketHost host, string clientId, Action<ApiClient> change)
    {
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        change(await context.Set<ApiClient>().SingleAsync(c => c.ClientId == clientId));
        await context.SaveChangesAsync();
    }

    /// <summary>Within a second, and what a busy machine adds.</summary>
    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(3), "It took longer than a second.");
            await Task.Delay(20);
        }
    }

    private static async Task RefusedAsync(MarketHost host, string clientId, string secret, string? scope, HttpStatusCode status, string error)
    {
        using HttpResponseMessage response = await host.TokenResponseAsync(clientId, secret, scope);
        using JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(error, answer.RootElement.GetProperty("error").GetString());
        Assert.False(answer.RootElement.TryGetProperty("access_token", out _));
    }
}
