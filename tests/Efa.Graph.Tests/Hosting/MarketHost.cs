using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Marketplace.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Hosting;

/// <summary>How a test wants the application started.</summary>
public sealed record MarketHostOptions
{
    public StoreKind Store { get; init; } = StoreKind.Sqlite;

    /// <summary>A store that outlives the host; otherwise the host makes one of its own and takes it away.</summary>
    public TestDatabase? Database { get; init; }

    public string Environment { get; init; } = "Development";

    /// <summary>Whether the demo market is loaded; null leaves it to the application.</summary>
    public bool? Demo { get; init; } = true;

    /// <summary>A clock that the test moves; such a test owns its host.</summary>
    public FakeTimeProvider? Clock { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Last changes to the services, such as an interceptor that counts commands.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}

/// <summary>The real application on a port of its own.</summary>
public sealed class MarketHost : IAsyncDisposable
{
    private readonly Application application;
    private readonly TestDatabase database;
    private readonly bool ownsDatabase;

    private MarketHost(Application application, TestDatabase database, bool ownsDatabase)
    {
        this.application = application;
        this.database = database;
        this.ownsDatabase = ownsDatabase;
        Client = application.CreateClient();
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public IServiceProvider Services => application.Services;

    public static async Task<MarketHost> StartAsync(MarketHostOptions? options = null)
    {
        options ??= new MarketHostOptions();
        TestDatabase database = options.Database ?? await TestDatabase.MakeAsync(options.Store, await TestTemplate.OfAsync(options.Store));
        var application = new Application(options, database);
        try
        {
            application.UseKestrel();
            await Task.Run(application.StartServer);
            return new MarketHost(application, database, options.Database is null);
        }
        catch
        {
            // A host that never started may refuse to be disposed; its store goes all the same.
            if (options.Database is null) await database.DisposeAsync();
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>An access token of a client.</summary>
    public async Task<string> TokenAsync(string clientId, string? scope = null, string secret = "demo-secret")
    {
        using HttpResponseMessage response = await TokenResponseAsync(clientId, secret, scope);
        string answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonDocument.Parse(answer).RootElement.GetProperty("access_token").GetString()!;
    }

    public Task<HttpResponseMessage> TokenResponseAsync(string clientId, string secret, string? scope = null)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret };
        if (scope is not null) form["scope"] = scope;
        return Client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
    }

    /// <summary>Sends a GraphQL document, as a client where one is named.</summary>
    public async Task<HttpResponseMessage> PostAsync(string query, object? variables = null, string? clientId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        if (clientId is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(clientId));
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
        if (ownsDatabase) await database.DisposeAsync();
    }

    private sealed class Application(MarketHostOptions options, TestDatabase database) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(options.Environment);
            builder.UseSetting("urls", "http://127.0.0.1:0");
            builder.UseSetting("Store:Provider", options.Store.ToString());
            builder.UseSetting("Store:ConnectionString", database.ConnectionString);
            builder.UseSetting("Store:MigrateOnStart", "true");
            if (options.Demo is { } demo) builder.UseSetting("Demo:Load", demo.ToString());
            builder.UseSetting("Keys:MasterKeyFile", database.MasterKeyFile);
            // A machine that runs all tests at once is no overloaded server.
            builder.UseSetting("Limits:WaitingSeconds", "60");
            foreach ((string key, string value) in options.Settings) builder.UseSetting(key, value);
            builder.ConfigureTestServices(services =>
            {
                if (options.Clock is not null) services.AddSingleton<TimeProvider>(new MarketClock(options.Clock));
                options.Services?.Invoke(services);
            });
        }
    }
}
