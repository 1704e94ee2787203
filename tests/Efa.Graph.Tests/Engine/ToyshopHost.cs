using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Efa.Graph.Http;
using Efa.Marketplace.Operations;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Efa.Graph.Tests.Engine;

/// <summary>The toyshop on a real server on a free port, because sockets, back-pressure and limits of connections exist on a real one only.</summary>
internal sealed class ToyshopHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private ToyshopHost(WebApplication app, ToyshopLog log)
    {
        this.app = app;
        Log = log;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public ToyshopLog Log { get; }

    /// <summary>Callers by token; those taken out have lost access.</summary>
    public Tokens Known => app.Services.GetRequiredService<Tokens>();

    public int Total => app.Services.GetRequiredService<Toyshop.Sum>().Total;

    public Uri Socket => new(app.Urls.First().Replace("http://", "ws://", StringComparison.Ordinal) + "/graphql");

    public IServiceProvider Services => app.Services;

    public static async Task<ToyshopHost> StartAsync(string environment = "Development", int port = 0, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = typeof(ToyshopHost).Assembly.GetName().Name });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        var log = new ToyshopLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.LimitConnections().UseUrls($"http://127.0.0.1:{port}");
        var tokens = new Tokens();
        builder.Services.AddSingleton(tokens);
        builder.Services.AddSingleton(new SocketAuthentication((_, token, _) => Task.FromResult(tokens.Of(token))));
        builder.Services.AddSingleton<ISchema>(s => new Toyshop(new SelfActivatingServiceProvider(s)));
        builder.Services.AddSingleton<Toyshop.Sum>();
        builder.Services.AddGraphQLOverHttp(builder.Configuration);
        WebApplication app = builder.Build();
        app.Use((context, next) =>
        {
            string? header = context.Request.Headers.Authorization.FirstOrDefault();
            if (header is not null && tokens.Of(header["Bearer ".Length..]) is { } signedIn) context.Features.Set(signedIn);
            return next(context);
        });
        app.MapGraphQL("/graphql");
        await app.StartAsync();
        return new ToyshopHost(app, log);
    }

    public Task<HttpResponseMessage> PostAsync(object request, string accept = "application/graphql-response+json", string? token = null) =>
        PostRawAsync(JsonSerializer.Serialize(request), accept, token);

    public Task<HttpResponseMessage> PostRawAsync(string body, string accept = "application/graphql-response+json", string? token = null)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Add("Accept", accept);
        if (token is not null) message.Headers.Add("Authorization", "Bearer " + token);
        return Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The answer to a document, as JSON.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null, string? token = null)
    {
        HttpResponseMessage response = await PostAsync(new { query, variables }, token: token);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits for something that comes about in the server.</summary>
    public async Task UntilAsync(Func<bool> comes)
    {
        for (int i = 0; i < 1_000 && !comes(); i++) await Task.Delay(10);
        Assert.True(comes());
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>Whose token is good.</summary>
    public sealed class Tokens
    {
        public System.Collections.Concurrent.ConcurrentDictionary<string, Caller> ByToken { get; } = new() { ["anna"] = new("anna", null, [], new HashSet<string>()) };

        public SignedIn? Of(string token) =>
            ByToken.TryGetValue(token, out Caller? caller) ? new SignedIn(caller, () => ByToken.GetValueOrDefault(token)) : null;
    }
}

/// <summary>What the server would have logged.</summary>
internal sealed class ToyshopLog : ILoggerProvider, ILogger
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Errors { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Errors.Enqueue($"{formatter(state, exception)} {exception?.Message}");
    }

    public void Dispose()
    {
    }
}
