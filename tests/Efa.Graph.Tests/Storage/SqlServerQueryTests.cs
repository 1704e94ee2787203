using Efa.Graph.Tests.Authorisation;
using Efa.Graph.Tests.Contract;
using GraphQL.Types;

namespace Efa.Graph.Tests.Storage;

/// <summary>What the market asks its store, worded for SQL Server and parsed as it would parse it.</summary>
[Collection(FullMarket.Name)]
public sealed class SqlServerQueryTests(FullMarket market)
{
    // As many as there are at least: who asks nothing finds no fault.
    private const int Least = 120;

    [Fact]
    public async Task Every_query_of_every_field_and_of_the_operations_before_it_is_valid()
    {
        await AskEverythingAsync();
        var text = new SqlServerText();
        var faults = new List<string>();
        int statements = 0;

        foreach (System.Linq.Expressions.Expression query in market.Asked.All)
            foreach (string statement in text.Of(query))
            {
                statements++;
                faults.AddRange(SqlServerTextTests.Errors(statement).Select(error => $"line {error.Line}: {error.Message}\n{statement}"));
            }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(statements >= Least, $"{statements} statements");
    }

    private async Task AskEverythingAsync()
    {
        MarketSchema schema = SchemaTests.Schema();
        var selection = new Selection(schema, market.Arguments);
        var query = (IObjectGraphType)schema.Query;
        foreach (FieldType field in query.Fields.Where(f => f.Name is not ("node" or "nodes")))
            _ = (await market.AskAsync($"{{ {selection.Field(query, field, null, []).Text} }}", Who.Right, FullMarket.PartyOf(field.Name))).Data;
        foreach (Thing thing in market.Things)
            _ = (await market.AskAsync($"{{ node(id: \"{thing.Id}\") {{ ... on {thing.Type} {{ {selection.Of(thing.Type).Text} }} }} }}", Who.Right, thing.Party)).Data;
    }
}
