using System.Text.Json;
using Efa.Graph.Tests.Ordering;

namespace Efa.Graph.Tests.Catalog.Mirrors;

/// <summary>A portal that keeps the public catalogue: begun with the file, kept up with the feed.</summary>
internal sealed class CatalogMirror(TradeHost trade)
{
    private const string Changes = """
        query($after: Cursor) { catalogChanges(after: $after, first: 7) { nodes { offerId removed offer { title updatedAt service { name } publishedVersion { number contentHash } } } pageInfo { hasNextPage endCursor } } }
        """;

    /// <summary>What is kept of each offer, by its id.</summary>
    public Dictionary<string, string> Offers { get; } = [];

    public string Cursor { get; private set; } = "";

    public async Task BeginAsync()
    {
        JsonElement[] lines = Lines(await trade.Host.Client.GetStringAsync("/catalog.ndjson"));
        Cursor = lines[0].GetProperty("cursor").GetString()!;
        Offers.Clear();
        foreach (JsonElement offer in lines[1..^1].Select(l => l.GetProperty("offer")))
            Assert.True(Offers.TryAdd(offer.GetProperty("id").GetString()!,
                Kept(offer.GetProperty("title"), offer.At("service", "name"), offer.GetProperty("versionNumber"), offer.GetProperty("contentHash"), offer.GetProperty("updatedAt").GetDateTimeOffset())));
        Assert.Equal(Offers.Count, lines[^1].GetProperty("offers").GetInt32());
    }

    /// <summary>Reads on; true where there may be more.</summary>
    public async Task<bool> FollowAsync()
    {
        JsonElement page = (await trade.AskAsync(Changes, new { after = Cursor })).Data.GetProperty("catalogChanges");
        foreach (JsonElement change in page.GetProperty("nodes").EnumerateArray())
        {
            string id = change.GetProperty("offerId").GetString()!;
            JsonElement offer = change.GetProperty("offer");
            Assert.Equal(offer.ValueKind == JsonValueKind.Null, change.GetProperty("removed").GetBoolean());
            if (offer.ValueKind == JsonValueKind.Null) Offers.Remove(id);
            else
                Offers[id] = Kept(offer.GetProperty("title"), offer.At("service", "name"), offer.At("publishedVersion", "number"), offer.At("publishedVersion", "contentHash"), offer.GetProperty("updatedAt").GetDateTimeOffset());
        }
        Cursor = page.At("pageInfo", "endCursor").GetString()!;
        return page.At("pageInfo", "hasNextPage").GetBoolean();
    }

    public static JsonElement[] Lines(string file) =>
        [.. file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Kept(JsonElement title, JsonElement service, JsonElement number, JsonElement hash, DateTimeOffset updatedAt) =>
        $"{title} {service} {number} {hash} {updatedAt.ToUnixTimeMilliseconds()}";
}
