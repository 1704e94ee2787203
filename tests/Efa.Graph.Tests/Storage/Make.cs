using Efa.Marketplace.Organisations;

namespace Efa.Graph.Tests.Storage;

/// <summary>The simplest things that a store takes.</summary>
internal static class Make
{
    public static Organisation Organisation(string name, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        Name = name,
        NameKey = NameKey.Of(name),
        OrganisationKind = OrganisationKind.Municipality,
    };
}
