using System.Text.Json;
using Efa.Graph.Engine;
using Efa.Graph.Engine.Types;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Seeding;
using Efa.Marketplace.Storage;
using GraphQL;
using GraphQL.MicrosoftDI;
using GraphQL.SystemTextJson;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Efa.Graph.Tests.Catalog;

/// <summary>The market of <see cref="CatalogSeed"/>, loaded once; no test changes it but by offers of its own.</summary>
public sealed class CatalogMarket : IAsyncLifetime
{
    public const string Name = "Catalogue";

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static readonly GraphQLSerializer Serializer = new();

    private readonly CommandCounter counter = new();
    private MarketHost host = null!;
    private MarketSchema schema = null!;

    internal LoadedMarket Loaded { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        host = await MarketHost.StartAsync(new MarketHostOptions { Demo = false, Clock = new FakeTimeProvider(Now), Services = counter.AddTo });
        schema = new MarketSchema(new SelfActivatingServiceProvider(host.Services));
        Loaded = await host.Services.GetRequiredService<MarketLoader>().LoadAsync(CatalogSeed.Market, CancellationToken.None);
        await ChangeAsync(async context =>
        {
            foreach ((string before, string after) in new[] { ("terms-1", "terms-2"), ("terms-2", "terms-3") })
                await context.Set<TermsDocument>().Where(t => t.Id == Loaded.Terms[before]).ExecuteUpdateAsync(t => t.SetProperty(d => d.SupersededById, Loaded.Terms[after]));
            foreach ((int index, OfferSeed offer) in CatalogSeed.Offers.Index())
                await context.Set<Offer>().Where(o => o.Id == Loaded.Offers[offer.Key]).ExecuteUpdateAsync(o => o.SetProperty(x => x.UpdatedAt, UpdatedAt(index)));
        });
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    /// <summary>When the offer at this place of the seed was changed last; several share an instant.</summary>
    public static DateTimeOffset UpdatedAt(int index) => Now.AddHours(-(index * 7 % 40));

    public string IdOf(string prefix, string key) => GlobalIds.Of(prefix, prefix switch
    {
        IdPrefix.Offer => Loaded.Offers[key],
        IdPrefix.Service => Loaded.Services[key],
        IdPrefix.Terms => Loaded.Terms[key],
        _ => Loaded.Organisations[key],
    });

    public async Task ChangeAsync(Func<MarketContext, Task> change)
    {
        await using MarketContext context = await host.Services.GetRequiredService<IDbContextFactory<MarketContext>>().CreateDbContextAsync();
        await change(context);
        await context.SaveChangesAsync();
    }

    /// <summary>Asks as a caller who acts for an organisation of the seed, or without a token.</summary>
    public async Task<Answer> AskAsync(string query, object? variables = null, string? actingFor = null, Language language = Language.German)
    {
        Caller caller = actingFor is null
            ? Caller.Anonymous
            : new Caller(actingFor, null, [Loaded.Organisations[actingFor]], new HashSet<string>()) { IsOperator = actingFor == "operator" };
        await using AsyncServiceScope scope = host.Services.CreateAsyncScope();
        using CommandCounter.Counting counting = counter.Start();
        ExecutionResult result = await new DocumentExecuter().ExecuteAsync(options =>
        {
            options.Schema = schema;
            options.Query = query;
            options.Variables = Serializer.Deserialize<Inputs>(JsonSerializer.Serialize(variables ?? new { }));
            options.RequestServices = scope.ServiceProvider;
            options.UserContext = new RequestContext(caller, language, scope.ServiceProvider).AsUserContext();
            options.UnhandledExceptionDelegate = failure => throw failure.OriginalException;
        });
        return new Answer(JsonDocument.Parse(Serializer.Serialize(result)).RootElement, counting.Commands);
    }
}

/// <summary>What was answered, and by how many SQL commands.</summary>
public sealed record Answer(JsonElement Json, int Commands)
{
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
