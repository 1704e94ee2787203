using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Efa.Graph.Tests.LongestFirst", "Efa.Graph.Tests")]

namespace Efa.Graph.Tests;

/// <summary>Begins with the tests that kill servers: they wait as often as they work, and others fill their pauses.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => !c.DisplayName.Contains(".Crash.", StringComparison.Ordinal));
}
