namespace Efa.Graph.Tests.Crash;

/// <summary>Tests that measure time or memory of a server: they have the machine for themselves, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QuietCollection
{
    public const string Name = "Quiet";
}
