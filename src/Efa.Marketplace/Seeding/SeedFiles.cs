using System.Text.Json;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Seeding;

/// <summary>Reads a market from a folder of JSON files: organisations, ownerships, accreditations, clients, services, terms, offers, api-clients.</summary>
public static class SeedFiles
{
    public static async Task<MarketSeed> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var seed = new MarketSeed
        {
            Organisations = await ReadAsync<OrganisationSeed>(folder, "organisations", cancellationToken),
            Ownerships = await ReadAsync<OwnershipSeed>(folder, "ownerships", cancellationToken),
            Accreditations = await ReadAsync<AccreditationSeed>(folder, "accreditations", cancellationToken),
            Clients = await ReadAsync<ClientSeed>(folder, "clients", cancellationToken),
            Services = await ReadAsync<ServiceSeed>(folder, "services", cancellationToken),
            Terms = await ReadAsync<TermsSeed>(folder, "terms", cancellationToken),
            Offers = await ReadAsync<OfferSeed>(folder, "offers", cancellationToken),
            ApiClients = await ReadAsync<ApiClientSeed>(folder, "api-clients", cancellationToken),
        };
        var terms = new List<TermsSeed>();
        foreach (TermsSeed document in seed.Terms)
            terms.Add(document.File is { } file ? document with { Text = await File.ReadAllTextAsync(Path.Combine(folder, file), cancellationToken) } : document);
        return seed with { Terms = terms };
    }

    /// <summary>A file that is not there is an empty list; one that cannot be read names itself and the place.</summary>
    private static async Task<IReadOnlyList<T>> ReadAsync<T>(string folder, string name, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, name + ".json");
        if (!File.Exists(file)) return [];
        await using FileStream stream = File.OpenRead(file);
        try
        {
            return await JsonSerializer.DeserializeAsync<List<T>>(stream, MarketJson.Options, cancellationToken) ?? [];
        }
        catch (JsonException failure)
        {
            throw new SeedException($"{name}.json cannot be read: {failure.Message}");
        }
    }
}

/// <summary>A seed that cannot be loaded, and why.</summary>
public sealed class SeedException(string message) : Exception(message);
