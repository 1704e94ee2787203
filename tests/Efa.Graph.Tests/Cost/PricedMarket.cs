using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Tests.Hosting;

namespace Efa.Graph.Tests.Cost;

/// <summary>What tests of cost send and read.</summary>
internal static class PricedMarket
{
    /// <summary>Sends a document with its extensions, or asks for its price only.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this MarketHost host, string query, object? variables = null, object? extensions = null, string? token = null, string accept = "application/graphql-response+json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables, extensions }) };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Client.SendAsync(request);
    }

    public static object DryRun => new { cost = new { dryRun = true } };

    /// <summary>The answer's requested, limit and budget.</summary>
    public static (long Requested, int Limit, int? Budget) Cost(this JsonElement answer)
    {
        JsonElement cost = answer.GetProperty("extensions").GetProperty("cost");
        JsonElement budget = cost.GetProperty("budget");
        return (cost.GetProperty("requested").GetInt64(), cost.GetProperty("limit").GetInt32(), budget.ValueKind == JsonValueKind.Null ? null : budget.GetInt32());
    }
}
