using Efa.Marketplace.Events;

namespace Efa.Marketplace.Organisations;

/// <summary>How far an accreditation is.</summary>
public enum AccreditationState { Requested, Granted, Rejected, Suspended, Revoked, Expired }

/// <summary>The in-house relation on which an organisation may order from a seller (§ 108 GWB).</summary>
public enum EligibilityBasis
{
    /// <summary>It owns the seller (§ 108 (1), (4)).</summary>
    SellerOwner,

    /// <summary>A public-public cooperation agreement with the seller (§ 108 (6)).</summary>
    CooperationAgreement,

    /// <summary>It is a member of the seller.</summary>
    Member,

    /// <summary>It owns a member of the seller: the "grandchild" case of § 108 (2).</summary>
    OwnerOfMember,

    /// <summary>Through an aggregator.</summary>
    ViaAggregator,
}

/// <summary>A seller's decision that an organisation may order from it, and on which basis.</summary>
public sealed class Accreditation : Aggregate
{
    public override string Kind => IdPrefix.Accreditation;

    public override IEnumerable<Guid> Parties => [OrganisationId, SellerId];

    public Guid OrganisationId { get; init; }

    public Guid SellerId { get; init; }

    public AccreditationState State { get; set; }

    public EligibilityBasis? Basis { get; set; }

    public string? Evidence { get; set; }

    public string? Reason { get; set; }

    public DateOnly? ValidFrom { get; set; }

    /// <summary>Last day.</summary>
    public DateOnly? ValidTo { get; set; }

    public DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; set; }
}
