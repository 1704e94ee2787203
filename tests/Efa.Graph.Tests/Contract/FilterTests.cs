using Efa.Graph.Engine.Types;
using GraphQL.Types;

namespace Efa.Graph.Tests.Contract;

public sealed class FilterTests
{
    [Fact]
    public void The_lists_of_every_filter_are_bounded()
    {
        IInputObjectGraphType[] filters = [.. SchemaTests.Schema().AllTypes.OfType<IInputObjectGraphType>().Where(t => t.Name.EndsWith("Filter", StringComparison.Ordinal))];

        Assert.Contains(filters, f => f.Name == "OfferFilter");
        Assert.All(filters, f => Assert.True(IsBounded(f.GetType()), f.Name));
    }

    private static bool IsBounded(Type? type) => type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FilterType<>)) || IsBounded(type.BaseType));
}
