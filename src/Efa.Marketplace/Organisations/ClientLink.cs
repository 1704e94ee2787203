namespace Efa.Marketplace.Organisations;

/// <summary>An organisation gets services through an aggregator.</summary>
public sealed class ClientLink
{
    public Guid AggregatorId { get; init; }

    public Guid ClientId { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary>Whether the client itself has agreed, or was registered by the aggregator; only then the aggregator is told how to reach, bill and pay it.</summary>
    public bool ClientAgreed { get; set; }
}

/// <summary>One of two, aggregator and client, wants the link that the other has still to agree to.</summary>
public sealed class ClientRequest
{
    public Guid AggregatorId { get; init; }

    public Guid ClientId { get; init; }

    /// <summary>True where the aggregator has asked, false where the client has.</summary>
    public bool ByAggregator { get; init; }

    public DateTimeOffset AskedAt { get; init; }
}
