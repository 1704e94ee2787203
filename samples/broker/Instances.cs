using System.Collections.Concurrent;

namespace Efa.Samples.Broker;

/// <summary>What the broker has provisioned, and how often it was asked for what.</summary>
public sealed class Instances
{
    private readonly ConcurrentDictionary<string, string> byId = new();
    private readonly ConcurrentDictionary<string, int> made = new();
    private readonly ConcurrentDictionary<(string Id, string What), int> asked = new();

    /// <summary>The plans of the instances that there are, by id.</summary>
    public IReadOnlyDictionary<string, string> All => byId;

    /// <summary>How often an instance was made, by id.</summary>
    public IReadOnlyDictionary<string, int> Made => made;

    /// <summary>Makes an instance; false where it is there already.</summary>
    public bool Make(string id, string plan)
    {
        if (!byId.TryAdd(id, plan)) return false;
        made.AddOrUpdate(id, 1, (_, times) => times + 1);
        return true;
    }

    public bool Remove(string id) => byId.TryRemove(id, out _);

    /// <summary>How often this was asked for an instance, this time included.</summary>
    public int Count(string id, string what) => asked.AddOrUpdate((id, what), 1, (_, times) => times + 1);

    /// <summary>How often it was asked so far.</summary>
    public int Asked(string id, string what) => asked.GetValueOrDefault((id, what));
}
