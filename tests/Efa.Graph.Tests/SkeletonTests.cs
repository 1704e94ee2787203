namespace Efa.Graph.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void The_two_assemblies_are_there() => Assert.NotNull(typeof(Program).Assembly);
}
