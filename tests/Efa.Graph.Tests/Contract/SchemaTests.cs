using Efa.Graph.Engine;
using GraphQL.MicrosoftDI;
using Microsoft.Extensions.DependencyInjection;

namespace Efa.Graph.Tests.Contract;

public sealed class SchemaTests
{
    [Fact]
    public void The_printed_schema_is_the_served_one()
    {
        string served = SchemaText.Of(Schema());
        Repository.IsAsPrinted("schema/efa.graphql", served);
    }

    internal static MarketSchema Schema()
    {
        var schema = new MarketSchema(new SelfActivatingServiceProvider(new ServiceCollection().BuildServiceProvider()));
        schema.Initialize();
        return schema;
    }
}
