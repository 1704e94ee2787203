namespace Efa.Marketplace.Events;

/// <summary>A thing with a life of its own: an id made before it is stored, a row version, and facts about what happened to it.</summary>
public abstract class Aggregate
{
    private readonly List<Fact> facts = [];

    public Guid Id { get; init; }

    /// <summary>Counts every change; callers give it back as <c>expectedVersion</c>.</summary>
    public int Version { get; private set; }

    /// <summary>Facts since the aggregate was loaded, in order.</summary>
    public IReadOnlyList<Fact> Facts => facts;

    /// <summary>The kind of thing, one of <see cref="IdPrefix"/>.</summary>
    public abstract string Kind { get; }

    /// <summary>The organisations that may see what happens to it.</summary>
    public abstract IEnumerable<Guid> Parties { get; }

    protected void Record(string type, IReadOnlyList<string> changedFields, string? from = null, string? to = null, string? note = null)
    {
        Version++;
        facts.Add(new Fact(type, Version, changedFields, from, to, note));
    }

    /// <summary>Called once the facts are in the log.</summary>
    internal void ForgetFacts() => facts.Clear();
}
