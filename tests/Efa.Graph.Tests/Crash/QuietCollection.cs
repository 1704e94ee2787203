namespace Efa.Graph.Tests.Crash;

/// <summary>Tests that measure time or memory: each has the machine for itself, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QuietCollection
{
    public const string Name = "Quiet";
}
