using System.Text.Json.Serialization;
using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Seeding;

/// <summary>A market to load into an empty store. Keys are handles by which the parts refer to each other.</summary>
public sealed record MarketSeed
{
    public IReadOnlyList<OrganisationSeed> Organisations { get; init; } = [];

    public IReadOnlyList<OwnershipSeed> Ownerships { get; init; } = [];

    public IReadOnlyList<AccreditationSeed> Accreditations { get; init; } = [];

    public IReadOnlyList<ClientSeed> Clients { get; init; } = [];

    public IReadOnlyList<ServiceSeed> Services { get; init; } = [];

    public IReadOnlyList<TermsSeed> Terms { get; init; } = [];

    public IReadOnlyList<OfferSeed> Offers { get; init; } = [];

    public IReadOnlyList<ApiClientSeed> ApiClients { get; init; } = [];
}

/// <summary>An organisation to load.</summary>
public sealed record OrganisationSeed(string Key, string Name, OrganisationKind Kind, IReadOnlyList<OrganisationRole> Roles)
{
    public string? Ars { get; init; }

    public string? FederalState { get; init; }

    public int? Population { get; init; }

    public DateOnly? PopulationOn { get; init; }

    public string? LeitwegId { get; init; }

    public ElectronicAddressSeed? ElectronicAddress { get; init; }

    public PostalAddress? Address { get; init; }

    public string? VatId { get; init; }

    public string? TaxNumber { get; init; }

    public string? RegisterNumber { get; init; }

    public string? Iban { get; init; }

    public IReadOnlyList<ContactSeed> Contacts { get; init; } = [];

    public Selling? Selling { get; init; }

    public bool IsDemo { get; init; }
}

/// <summary>An e-invoice address to load.</summary>
public sealed record ElectronicAddressSeed(string Scheme, string Value);

/// <summary>A contact to load.</summary>
public sealed record ContactSeed(string Name, string Email, ContactPurpose Purpose, string? Phone = null);

/// <summary>An ownership to load.</summary>
/// <param name="IsDemo">Invented to show how eligibility follows from ownership.</param>
public sealed record OwnershipSeed(string Owner, string Owned, OwnershipKind Kind, DateOnly ValidFrom, DateOnly? ValidTo = null, bool IsDemo = false);

/// <summary>An accreditation to load.</summary>
public sealed record AccreditationSeed(string Organisation, string Seller, AccreditationState State, DateOnly RequestedOn)
{
    public EligibilityBasis? Basis { get; init; }

    public string? Evidence { get; init; }

    public string? Reason { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }
}

/// <summary>An aggregator's client to load.</summary>
public sealed record ClientSeed(string Aggregator, string Client, DateOnly ValidFrom);

/// <summary>A service to load.</summary>
public sealed record ServiceSeed(string Key, string Name, ServiceKind Kind)
{
    public IReadOnlyList<string> LeikaKeys { get; init; } = [];

    public IReadOnlyList<string> OzgIds { get; init; } = [];

    public string? SubjectArea { get; init; }

    public string? FimType { get; init; }
}

/// <summary>Terms to load; the text stands in a file beside the seed, or in the seed itself.</summary>
public sealed record TermsSeed(string Key, string Owner, DocumentKind Kind, string Title, string VersionLabel, DateOnly ValidFrom)
{
    public string? File { get; init; }

    public string? Text { get; init; }
}

/// <summary>An offer to load, with its only version.</summary>
public sealed record OfferSeed(string Key, string ExternalId, string Slug, string Service, string Seller, string Supplier, string Title, string Summary, OrderingMode OrderingMode)
{
    public string? Description { get; init; }

    public string? ImplementingState { get; init; }

    public IReadOnlyList<string> AvailableIn { get; init; } = [];

    public ProvisioningMode ProvisioningMode { get; init; }

    public BrokerPlan? BrokerPlan { get; init; }

    public IReadOnlyList<string> ConnectionTypes { get; init; } = [];

    public IReadOnlyList<string> SpecialistApplications { get; init; } = [];

    public Maturity? Maturity { get; init; }

    public bool EfaFinanced { get; init; }

    public IReadOnlyList<PriceComponent> Prices { get; init; } = [];

    public IReadOnlyList<string> Terms { get; init; } = [];

    public IReadOnlyList<ContactSeed> Contacts { get; init; } = [];

    public int? MinimumTermMonths { get; init; }

    public int? NoticePeriodMonths { get; init; }

    public NoticeTo? NoticeTo { get; init; }

    public OfferState State { get; init; } = OfferState.Published;

    public DateOnly? PublishedOn { get; init; }
}

/// <summary>A machine client to load; its secret is given when loading and never stands in a file.</summary>
public sealed record ApiClientSeed(string ClientId, string Name, string Organisation, IReadOnlyList<string> Scopes, bool IsOperator = false)
{
    [JsonIgnore]
    public string? Secret { get; init; }

    /// <summary>What the store keeps of a secret, where that was made already.</summary>
    [JsonIgnore]
    internal string? SecretHash { get; init; }
}
