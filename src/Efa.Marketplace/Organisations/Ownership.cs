using Efa.Marketplace.Events;

namespace Efa.Marketplace.Organisations;

/// <summary>How an organisation owns another.</summary>
public enum OwnershipKind { Share, Membership }

/// <summary>One organisation owns a share of another or is its member, from a day on and perhaps until one.</summary>
public sealed class Ownership : Aggregate
{
    public override string Kind => IdPrefix.Ownership;

    public override IEnumerable<Guid> Parties => [OwnerId, OwnedId];

    public Guid OwnerId { get; init; }

    public Guid OwnedId { get; init; }

    public OwnershipKind OwnershipKind { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day; null while it goes on.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <inheritdoc cref="Organisation.IsDemo"/>
    public bool IsDemo { get; init; }

    public void Begin() => Record("ownership.recorded", ["owner", "owned", "kind", "validFrom", "validTo"]);

    public void End(DateOnly lastDay)
    {
        ValidTo = lastDay;
        Record("ownership.ended", ["validTo"]);
    }
}

/// <summary>An organisation gets services through an aggregator.</summary>
public sealed class ClientLink
{
    public Guid AggregatorId { get; init; }

    public Guid ClientId { get; init; }

    public DateOnly ValidFrom { get; init; }
}
