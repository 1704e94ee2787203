using System.Diagnostics;
using System.Text.Json;
using Efa.Graph.Tests.Contract;
using Efa.Graph.Tests.Fuzz;
using Efa.Graph.Tests.Ordering;
using Efa.Marketplace.Storage;
using GraphQL.Types;

namespace Efa.Graph.Tests.Catalog;

/// <summary>Every argument that takes a text, asked with texts that mean something to a database.</summary>
public sealed class HostileTextTests
{
    private const string Harmless = "xyzzy";

    // A letter or digit is in none of these.
    private static readonly string[] OnlySigns = ["%", "_", "'", "\"", "\\", "*", "%%%__", "--", "';"];

    private static readonly string[] Statements =
    [
        "' OR 1=1--", "' OR '1'='1", "'; DROP TABLE \"Orders\";--", "xyzzy%27", "xyzzy%", "_yzzy", "%yzzy", "xyzzy' UNION SELECT \"SecretHash\" FROM \"ApiClients\"--",
        "xyzzy'||pg_sleep(5)||'", "xyzzy' AND 1=(SELECT count(*) FROM generate_series(1,100000000))--", "xyzzy'; WAITFOR DELAY '0:0:5'--",
        "xyzzy' AND randomblob(1000000000)--", "xyzzy\") OR (\"1\"=\"1", "xyzzy\\' OR 1=1", "xyzzy OR true", "xyzzy NEAR/2 *", "xyzzy:*", "xyzzy & !", "xyzzy\u2019 OR 1=1",
    ];

    [SkippableTheory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.PostgreSql)]
    [Trait("attack", "V15"), Trait("attack", "V16")]
    public async Task A_text_is_a_text_wherever_it_is_asked_for(StoreKind kind)
    {
        await using TradeHost trade = await TradeHost.StartAsync(kind);
        await trade.PlaceAsync(SmallMarket.Portal, SmallMarket.Aachen);
        string client = TradeHost.AllOf(SmallMarket.Aachen);
        (string Query, Func<string, object> Variables)[] places = [.. Places()];
        Assert.InRange(places.Length, 8, 100);

        foreach ((string query, Func<string, object> variables) in places)
        {
            string harmless = await AskAsync(Harmless), sign = await AskAsync("!");
            foreach (string text in Statements) Assert.Equal((query, text, harmless), (query, text, await AskAsync(text)));
            foreach (string text in OnlySigns) Assert.Equal((query, text, sign), (query, text, await AskAsync(text)));

            async Task<string> AskAsync(string text)
            {
                long began = Stopwatch.GetTimestamp();
                JsonElement data = (await trade.AskAsync(query, variables(text), client)).Data;
                Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(3));
                return data.GetRawText();
            }
        }
    }

    /// <summary>A query for each field of type String, or list of it, in the input objects of the root fields.</summary>
    private static IEnumerable<(string Query, Func<string, object> Variables)> Places()
    {
        foreach (FieldType field in SchemaTests.Schema().Query.Fields)
            foreach (QueryArgument argument in field.Arguments ?? [])
            {
                if (argument.ResolvedType!.GetNamed() is not IInputObjectGraphType input || field.Arguments!.Any(a => a != argument && a.ResolvedType is NonNullGraphType && a.DefaultValue is null)) continue;
                if (input.Fields.Any(f => f.ResolvedType is NonNullGraphType && f.DefaultValue is null)) continue;
                string selection = field.ResolvedType!.GetNamed() is IComplexGraphType type && type.Fields.Find("nodes") is not null ? "nodes { __typename }" : "__typename";
                string query = $"query($x: {argument.ResolvedType}) {{ {field.Name}({argument.Name}: $x) {{ {selection} }} }}";
                foreach (FieldType place in input.Fields.Where(f => f.ResolvedType!.GetNamed() is StringGraphType))
                    yield return (query, text => new { x = new Dictionary<string, object> { [place.Name] = place.ResolvedType is ListGraphType ? new[] { text } : text } });
            }
    }
}
