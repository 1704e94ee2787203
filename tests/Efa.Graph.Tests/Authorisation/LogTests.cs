using System.Collections.Concurrent;
using System.Text.Json;
using Efa.Graph.Tests.Catalog;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Efa.Graph.Tests.Authorisation;

public sealed class LogTests
{
    [Fact]
    [Trait("attack", "I12")]
    public async Task No_secret_token_or_person_stands_in_the_log()
    {
        var log = new Collected();
        // Everything that is not silenced by the application itself.
        await using MarketHost host = await MarketHost.StartAsync(new MarketHostOptions { Services = s => s.AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Trace)) });
        JsonElement viewer = await AskAsync(Repository.Operation("Viewer"), null);
        string organisation = viewer.At("viewer", "actsFor")[0].At("organisation", "id").GetString()!;
        JsonElement made = await AskAsync(Repository.Operation("CreateApiClient"), new { input = new { organisationId = organisation, name = "Programm", scopes = new[] { "orders:read" }, idempotencyKey = "make" } });
        string secret = made.At("createApiClient", "clientSecret").GetString()!;
        string token = await host.TokenAsync(made.At("createApiClient", "apiClient", "clientId").GetString()!, secret: secret);
        using (await host.TokenResponseAsync("demo-operator", "a-guessed-secret"))
        {
        }
        int version = (await AskAsync("query($id: ID!) { organisation(id: $id) { version } }", new { id = organisation })).At("organisation", "version").GetInt32();
        var contact = new { name = "Erika Musterfrau", email = "erika.musterfrau@stadt.example", phone = "+49 170 5550199", purpose = "GENERAL" };
        JsonElement updated = await AskAsync(Repository.Operation("UpdateOrganisation"), new { input = new { organisationId = organisation, expectedVersion = version, contacts = new[] { contact }, iban = "DE89370400440532013000", idempotencyKey = "update" } });
        string id = updated.At("updateOrganisation", "organisation", "contacts")[0].GetProperty("id").GetString()!;
        await AskAsync(Repository.Operation("EraseContact"), new { input = new { contactId = id, idempotencyKey = "erase" } });

        Assert.NotEmpty(log.Lines);
        foreach (string hidden in new[] { secret, token, "a-guessed-secret", contact.name, contact.email, contact.phone, "DE89370400440532013000" })
            Assert.DoesNotContain(log.Lines, line => line.Contains(hidden, StringComparison.Ordinal));

        async Task<JsonElement> AskAsync(string query, object? variables)
        {
            using HttpResponseMessage response = await host.PostAsync(query, variables, "demo-operator");
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("data");
        }
    }

    private sealed class Collected : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
