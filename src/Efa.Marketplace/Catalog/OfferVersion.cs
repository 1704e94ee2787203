using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog;

/// <summary>What an offer says, numbered. Its content never changes: a draft is replaced, and what was published once the store itself keeps as it is.</summary>
public sealed partial class OfferVersion
{
    public Guid Id { get; init; }

    public Guid OfferId { get; init; }

    public int Number { get; init; }

    public OfferVersionState State { get; set; }

    /// <summary>That of <see cref="OfferContent.Hash"/>.</summary>
    public required string ContentHash { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public string? Description { get; init; }

    /// <summary>Code of the implementing state.</summary>
    public string? ImplementingState { get; init; }

    public OrderingMode OrderingMode { get; init; }

    public ProvisioningMode ProvisioningMode { get; init; }

    public BrokerPlan? BrokerPlan { get; init; }

    public Maturity? Maturity { get; init; }

    public bool EfaFinanced { get; init; }

    /// <summary>Stored as JSON.</summary>
    public IReadOnlyList<PriceComponent> Prices { get; init; } = [];

    public int? MinimumTermMonths { get; init; }

    public int? NoticePeriodMonths { get; init; }

    public NoticeTo? NoticeTo { get; init; }

    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>Id of the caller who submitted it, and so may not publish it.</summary>
    public string? SubmittedBy { get; set; }

    /// <summary>When it is to be published.</summary>
    public DateTimeOffset? PublishAt { get; set; }

    /// <summary>What the seller wants changed.</summary>
    public string? ReviewNote { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Codes of states; none means everywhere.</summary>
    public List<VersionState> AvailableIn { get; init; } = [];

    public List<VersionConnectionType> ConnectionTypes { get; init; } = [];

    public List<VersionApplication> SpecialistApplications { get; init; } = [];

    /// <summary>Terms that an order must accept, in the offer's order.</summary>
    public List<VersionTerms> Terms { get; init; } = [];

    /// <summary>What can be read beside it, in the offer's order.</summary>
    public List<VersionDocument> Documents { get; init; } = [];

    /// <summary>Whom to ask about it; seen by its parties.</summary>
    public List<VersionContact> Contacts { get; init; } = [];
}

/// <summary>Maturity level in a model; levels of two models are never compared.</summary>
public sealed record Maturity(string ModelVersion, int Level, DateOnly? AssessedOn = null);

/// <summary>A state in which a version is available.</summary>
public sealed class VersionState
{
    public Guid VersionId { get; init; }

    public required string State { get; init; }
}

/// <summary>A way to connect (Anbindungsart), such as FIT-Connect.</summary>
public sealed class VersionConnectionType
{
    public Guid VersionId { get; init; }

    public required string ConnectionType { get; init; }
}

/// <summary>A specialist application (Fachverfahren) that a version connects to.</summary>
public sealed class VersionApplication
{
    public Guid VersionId { get; init; }

    public required string Application { get; init; }
}

/// <summary>A terms document that a version names.</summary>
public sealed class VersionTerms
{
    public Guid VersionId { get; init; }

    public int Position { get; init; }

    public Guid TermsId { get; init; }
}

/// <summary>A document of a version; the bytes are the stored file of that hash.</summary>
public sealed class VersionDocument
{
    public Guid VersionId { get; init; }

    public int Position { get; init; }

    public DocumentKind DocumentKind { get; init; }

    public required string Title { get; init; }

    public required string Sha256 { get; init; }
}

/// <summary>Whom to ask about a version. Personal data: it can be erased, so the content hash does not cover it.</summary>
public sealed class VersionContact
{
    public Guid Id { get; init; }

    public Guid VersionId { get; init; }

    public int Position { get; init; }

    public required string Name { get; set; }

    public required string Email { get; set; }

    public string? Phone { get; set; }

    public ContactPurpose Purpose { get; set; }
}
