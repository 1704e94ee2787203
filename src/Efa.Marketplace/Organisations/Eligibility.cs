namespace Efa.Marketplace.Organisations;

/// <summary>How two organisations in a chain are related.</summary>
public enum EligibilityRelation { Owns, MemberOf, CooperatesWith, ClientOf }

/// <summary>Whether an organisation may order from a seller in-house (§ 108 GWB), and why. An answer of its time: an order keeps its own.</summary>
/// <param name="Reasons">Codes; what speaks for it where it is eligible, what stands against it where it is not.</param>
/// <param name="Chain">From the organisation to the seller.</param>
/// <param name="Alternatives">Ways that are open instead.</param>
public sealed record Eligibility(
    Guid OrganisationId,
    Guid SellerId,
    bool Eligible,
    EligibilityBasis? Basis,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<EligibilityLink> Chain,
    IReadOnlyList<EligibilityAlternative> Alternatives,
    DateTimeOffset CheckedAt);

/// <summary>A step of the chain, with the days between which it is valid.</summary>
public sealed record EligibilityLink(Guid FromId, EligibilityRelation Relation, Guid ToId, DateOnly? ValidFrom, DateOnly? ValidTo);

/// <summary>A way that is open instead: through another organisation, or another offer of the same service.</summary>
/// <param name="Reason">Code of the text.</param>
/// <param name="Name">Of the organisation or offer, for the text.</param>
public sealed record EligibilityAlternative(string Reason, string Name, Guid? ThroughId = null, Guid? OfferId = null);

/// <summary>A question for eligibility.</summary>
public readonly record struct EligibilityQuestion(Guid OrganisationId, Guid SellerId);
