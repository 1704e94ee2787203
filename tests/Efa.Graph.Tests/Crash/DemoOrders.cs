using System.Globalization;
using System.Text.Json;
using Efa.Graph.Tests.Contract;

namespace Efa.Graph.Tests.Crash;

/// <summary>Orders that the municipality of the demo market places at a server that may not live long.</summary>
internal static class DemoOrders
{
    public const string Municipality = "demo-municipality";

    /// <summary>The offer that is provisioned by the supplier's service broker.</summary>
    public const string Automatic = "parkausweis-schwerbehinderung";

    /// <summary>What the municipality sends for a key: always the same offer at today's price.</summary>
    public static async Task<Func<string, object>> InputAsync(KilledServer server, string slug = "bewohnerparken")
    {
        string today = Marketplace.Storage.BerlinCalendar.Today(TimeProvider.System).ToString("O", CultureInfo.InvariantCulture);
        string municipality = (await server.AskAsync(Repository.Operation("FindOrganisation"), new { ars = "053340002002" }))
            .GetProperty("organisations").GetProperty("nodes")[0].GetProperty("id").GetString()!;
        JsonElement offer = (await server.AskAsync(Repository.Operation("OfferForOrganisation"), new { slug, organisationId = municipality, startsOn = today })).GetProperty("offer");
        object[] terms = [.. offer.GetProperty("terms").EnumerateArray().Select(t => new { documentId = t.GetProperty("id").GetString(), sha256 = t.GetProperty("sha256").GetString() })];
        return key => new
        {
            offerId = offer.GetProperty("id").GetString(),
            orderedById = municipality,
            startsOn = today,
            quoteHash = offer.GetProperty("quote").GetProperty("quote").GetProperty("hash").GetString(),
            acceptedTerms = terms,
            declaresAuthorisedToRepresent = true,
            idempotencyKey = key,
        };
    }

    public static async Task<string> PlaceAsync(KilledServer server, Func<string, object> input, string key)
    {
        JsonElement payload = (await server.AskAsync(Repository.Operation("PlaceOrder"), new { input = input(key) })).GetProperty("placeOrder");
        Assert.Equal("[]", payload.GetProperty("errors").GetRawText());
        return payload.GetProperty("order").GetProperty("id").GetString()!;
    }

    /// <summary>All nodes of a list.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PagesAsync(KilledServer server, string operation, string field)
    {
        var nodes = new List<JsonElement>();
        string? after = null;
        while (true)
        {
            JsonElement page = (await server.AskAsync(Repository.Operation(operation), new { first = 30, after })).GetProperty(field);
            nodes.AddRange(page.GetProperty("nodes").EnumerateArray());
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return nodes;
            after = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        }
    }
}
