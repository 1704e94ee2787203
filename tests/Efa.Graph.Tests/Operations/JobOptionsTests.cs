using Efa.Marketplace.Operations.Jobs;

namespace Efa.Graph.Tests.Operations;

public sealed class JobOptionsTests
{
    [Theory]
    [InlineData(3, null)]
    [InlineData(600, null)]
    [InlineData(2, "Jobs:LeaseSeconds is 2, but must be from 3 to 600.")]
    [InlineData(601, "Jobs:LeaseSeconds is 601, but must be from 3 to 600.")]
    public void A_lease_that_no_node_can_keep_is_named(int seconds, string? problem) => Assert.Equal(problem, new JobOptions { LeaseSeconds = seconds }.Problem());
}
