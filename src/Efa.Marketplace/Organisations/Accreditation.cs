using Efa.Marketplace.Events;
using Efa.Marketplace.Operations;

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
    /// <summary>Of evidence and reason.</summary>
    public const int TextLength = 2_000;

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

    public DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>A first request, or a new one after it was refused or had ended.</summary>
    public void Request(EligibilityBasis? basis, string? evidence, DateTimeOffset at)
    {
        string? from = Version == 0 ? null : ApiName.Of(State);
        (State, Basis, Evidence, Reason, ValidFrom, ValidTo) = (AccreditationState.Requested, basis, evidence, null, null, null);
        (RequestedAt, DecidedAt) = (at, null);
        Record("accreditation.requested", ["state", "basis", "evidence", "reason", "validFrom", "validTo", "requestedAt", "decidedAt"], from, ApiName.Of(State));
    }

    /// <param name="days">From when to when it is valid, where it is granted; kept as they are otherwise.</param>
    public void Decide(AccreditationState state, EligibilityBasis? basis, string? reason, (DateOnly From, DateOnly? To)? days, DateTimeOffset at)
    {
        string from = ApiName.Of(State);
        (State, Reason, DecidedAt) = (state, reason, at);
        if (basis is not null) Basis = basis;
        if (days is { } valid) (ValidFrom, ValidTo) = valid;
        Record("accreditation.decided", ["state", "basis", "reason", "validFrom", "validTo", "decidedAt"], from, ApiName.Of(state));
    }
}
