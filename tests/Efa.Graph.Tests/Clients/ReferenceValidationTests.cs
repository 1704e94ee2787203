using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Engine;
using Efa.Graph.Tests.Fuzz;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Events;
using GraphQL.Types;

namespace Efa.Graph.Tests.Clients;

/// <summary>Random documents, and some that nearly fit: the server finds those valid that graphql-js, the reference implementation, finds valid by the printed schema.</summary>
[Collection(DemoMarket.Name)]
public sealed partial class ReferenceValidationTests(DemoMarket market)
{
    private const string Valid = "valid";

    // Of so many about one is left to compare.
    private const int MadeForEach = 4;

    private static readonly ISchema Schema = SchemaTests.Schema();

    // Well formed; nothing is executed.
    private static readonly string[] Known = [.. IdPrefix.All.Select(prefix => TypeId.Encode(prefix, Guid.CreateVersion7())), new LogCursor("orders", 1, 1).ToString()];

    [SkippableFact]
    public async Task A_document_is_valid_where_graphql_js_says_so()
    {
        RandomRequest[] requests = [.. Enumerable.Range(0, FuzzTests.Cases * MadeForEach).Select(seed => new RandomDocument(Schema, new Random(seed), Known).Make(null)).Where(r => !HoldsWhatNoStoreHolds(r))];
        string[] reference = await JudgeAsync(requests.Select(r => r.Query));
        Assert.Equal(requests.Length, reference.Length);
        var differences = new List<string>();
        int valid = 0, invalid = 0;

        foreach ((RandomRequest request, string verdict) in requests.Zip(reference))
        {
            if (valid + invalid == FuzzTests.Cases) break;
            JsonElement answer = await PriceAsync(request);
            if (IsBeyondTheDocument(answer)) continue;
            bool refused = !answer.TryGetProperty("data", out _);
            if (refused != (verdict != Valid)) differences.Add($"{request.Query}\n  graphql-js: {verdict}\n  the server: {answer}");
            if (verdict == Valid) valid++;
            else invalid++;
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(10)));
        // Had one side refused them all, nothing would have been compared.
        Assert.True(valid + invalid == FuzzTests.Cases && valid > FuzzTests.Cases / 4 && invalid > FuzzTests.Cases / 4, $"{valid} valid, {invalid} invalid");
        Figures.Say($"{FuzzTests.Cases} random documents judged like graphql-js: {valid} valid, {invalid} invalid, no difference");
    }

    /// <summary>What graphql-js says of each.</summary>
    private static async Task<string[]> JudgeAsync(IEnumerable<string> documents)
    {
        using Process node = NpmPackages.Start("validate.mjs", Repository.PathOf("schema/efa.graphql"));
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        foreach (string document in documents) await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(document));
        node.StandardInput.Close();
        await node.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string>(line)!)];
    }

    /// <summary>Has a request checked and priced, and not executed.</summary>
    private async Task<JsonElement> PriceAsync(RandomRequest request)
    {
        const string dryRun = """{"cost":{"dryRun":true}}""";
        string body = $$"""{"query":{{JsonSerializer.Serialize(request.Query)}},"variables":{{request.Variables}},"extensions":{{dryRun}}}""";
        using var message = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        message.Headers.Add("Accept", "application/graphql-response+json, text/event-stream;q=0.5");
        using HttpResponseMessage response = await market.Host.Client.SendAsync(message);
        return await response.JsonAsync();
    }

    /// <summary>Whether the answer is about a size, the value of a variable, or a value of whose type the schema's text says the name only.</summary>
    private static bool IsBeyondTheDocument(JsonElement answer) =>
        answer.TryGetProperty("errors", out JsonElement errors) && errors.EnumerateArray().Any(error =>
        {
            JsonElement extensions = error.GetProperty("extensions");
            return extensions.GetProperty("code").GetString() switch
            {
                "LIMIT_EXCEEDED" or "INVALID_ID" or "INVALID_CURSOR" => true,
                "INVALID_VALUE" => (extensions.TryGetProperty("path", out JsonElement path) && path[0].GetString() == "variables")
                    || (extensions.TryGetProperty("expected", out JsonElement expected) && !TypeName().IsMatch(expected.GetString()!)),
                _ => false,
            };
        });

    // Refused on all stores alike, because one of them cannot hold it.
    private static bool HoldsWhatNoStoreHolds(RandomRequest request) =>
        request.Query.Contains(@"\u0000", StringComparison.Ordinal) || request.Variables.Contains(@"\u0000", StringComparison.Ordinal);

    [GeneratedRegex(@"^(\w+: )?\[*[A-Z]\w*[\]!]*\z")]
    private static partial Regex TypeName();
}
