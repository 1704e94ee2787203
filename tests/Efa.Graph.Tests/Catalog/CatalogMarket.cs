using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Catalog;

/// <summary>The market of <see cref="CatalogSeed"/>, loaded once into the real host; tests only read it.</summary>
public sealed class CatalogMarket : IAsyncLifetime
{
    public const string Name = "Catalogue";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private readonly StoreKind store;
    private readonly Dictionary<string, string> tokens = [];
    private MarketHost? host;
    private LoadedMarket loaded = null!;

    public CatalogMarket()
        : this(StoreKind.Sqlite)
    {
    }

    internal CatalogMarket(StoreKind store) => this.store = store;

    public Uri Address => host!.Address;

    public async Task InitializeAsync()
    {
        host = await MarketHost.StartAsync(new MarketHostOptions
        {
            Store = store,
            Demo = false,
            Clock = new FakeTimeProvider(Now),
            Services = CommandCountHeader.AddTo,
            Settings = CommandCountHeader.LargePages,
        });
        loaded = await host.Services.GetRequiredService<MarketLoader>().LoadAsync(CatalogSeed.Market, CancellationToken.None);
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        await ChangeAsync(context);
        foreach (ApiClientSeed client in CatalogSeed.Market.ApiClients) tokens[client.ClientId] = await host.TokenAsync(client.ClientId);
    }

    // Null where the store is not configured.
    public async Task DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
    }

    /// <summary>When the offer at this place of the seed was changed last; several share an instant.</summary>
    public static DateTimeOffset UpdatedAt(int index) => Now.AddHours(-(index * 7 % 40));

    public string IdOf(string prefix, string key) => GlobalIds.Of(prefix, prefix switch
    {
        IdPrefix.Offer => loaded.Offers[key],
        IdPrefix.Service => loaded.Services[key],
        IdPrefix.Terms => loaded.Terms[key],
        _ => loaded.Organisations[key],
    });

    /// <summary>Asks as the client of an organisation of the seed, or without a token.</summary>
    public async Task<Answer> AskAsync(string query, object? variables = null, string? actingFor = null, string language = "de")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/graphql-response+json"));
        request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (actingFor is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[actingFor]);
        using HttpResponseMessage response = await host!.Client.SendAsync(request);
        JsonElement json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return new Answer(json, int.Parse(Assert.Single(response.Headers.GetValues(CommandCountHeader.Name)), CultureInfo.InvariantCulture));
    }

    public Task<HttpResponseMessage> GetAsync(string address) => host!.Client.GetAsync(address);

    // What a seed cannot say: successors of terms, days of change, a second version, documents.
    private async Task ChangeAsync(MarketContext context)
    {
        foreach ((string before, string after) in new[] { ("terms-1", "terms-2"), ("terms-2", "terms-3") })
            await context.Set<TermsDocument>().Where(t => t.Id == loaded.Terms[before]).ExecuteUpdateAsync(t => t.SetProperty(d => d.SupersededById, loaded.Terms[after]));
        foreach ((int index, OfferSeed offer) in CatalogSeed.Offers.Index())
            await context.Set<Offer>().Where(o => o.Id == loaded.Offers[offer.Key]).ExecuteUpdateAsync(o => o.SetProperty(x => x.UpdatedAt, UpdatedAt(index)));
        await CatalogVersions.AddAsync(context, loaded.Offers[CatalogVersions.Offer]);
    }
}

/// <summary>What was answered, and by how many SQL commands.</summary>
public sealed record Answer(JsonElement Json, int Commands)
{
    public System.Net.HttpStatusCode Status { get; init; }

    /// <summary>How to prove oneself, where that was asked for.</summary>
    public string Challenge { get; init; } = "";

    /// <summary>The data of an answer without errors.</summary>
    public JsonElement Data
    {
        get
        {
            Assert.False(Json.TryGetProperty("errors", out JsonElement errors), errors.ToString());
            return Json.GetProperty("data");
        }
    }

    public JsonElement OnlyError
    {
        get
        {
            Assert.True(Json.TryGetProperty("errors", out JsonElement errors), Json.ToString());
            return Assert.Single(errors.EnumerateArray());
        }
    }
}

/// <summary>Short ways through JSON.</summary>
internal static class JsonPaths
{
    public static JsonElement At(this JsonElement json, params string[] path) => path.Aggregate(json, (element, name) => element.GetProperty(name));

    public static List<string?> Texts(this JsonElement list, string? property = null) =>
        [.. list.EnumerateArray().Select(item => property is null ? item.GetString() : item.GetProperty(property).GetString())];
}

[CollectionDefinition(CatalogMarket.Name)]
public sealed class CatalogMarketCollection : ICollectionFixture<CatalogMarket>;
