using Efa.Marketplace.Evidence;
using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog;

/// <summary>What an offer says: as an upload gives it and as a version keeps it.</summary>
public sealed record OfferContent
{
    public const int TitleLength = 200;
    public const int SummaryLength = 500;
    public const int DescriptionLength = 8000;

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public string? Description { get; init; }

    /// <summary>Code of the implementing state.</summary>
    public string? ImplementingState { get; init; }

    /// <summary>Codes of states, in order; none means everywhere.</summary>
    public IReadOnlyList<string> AvailableIn { get; init; } = [];

    public OrderingMode OrderingMode { get; init; }

    public ProvisioningMode ProvisioningMode { get; init; }

    public BrokerPlan? BrokerPlan { get; init; }

    /// <summary>In ordinal order, as are specialist applications.</summary>
    public IReadOnlyList<string> ConnectionTypes { get; init; } = [];

    public IReadOnlyList<string> SpecialistApplications { get; init; } = [];

    public Maturity? Maturity { get; init; }

    public bool EfaFinanced { get; init; }

    public IReadOnlyList<PriceComponent> Prices { get; init; } = [];

    /// <summary>In the offer's sequence, as are documents and contacts.</summary>
    public IReadOnlyList<Guid> TermsIds { get; init; } = [];

    public IReadOnlyList<NamedDocument> Documents { get; init; } = [];

    public IReadOnlyList<ContactData> Contacts { get; init; } = [];

    public int? MinimumTermMonths { get; init; }

    public int? NoticePeriodMonths { get; init; }

    public NoticeTo? NoticeTo { get; init; }

    /// <summary>The content of a version that was read with all its parts.</summary>
    public static OfferContent Of(OfferVersion version) => new()
    {
        Title = version.Title,
        Summary = version.Summary,
        Description = version.Description,
        ImplementingState = version.ImplementingState,
        AvailableIn = [.. version.AvailableIn.Select(s => s.State).Order(StringComparer.Ordinal)],
        OrderingMode = version.OrderingMode,
        ProvisioningMode = version.ProvisioningMode,
        BrokerPlan = version.BrokerPlan,
        ConnectionTypes = [.. version.ConnectionTypes.Select(c => c.ConnectionType).Order(StringComparer.Ordinal)],
        SpecialistApplications = [.. version.SpecialistApplications.Select(a => a.Application).Order(StringComparer.Ordinal)],
        Maturity = version.Maturity,
        EfaFinanced = version.EfaFinanced,
        Prices = version.Prices,
        TermsIds = [.. version.Terms.OrderBy(t => t.Position).Select(t => t.TermsId)],
        Documents = [.. version.Documents.OrderBy(d => d.Position).Select(d => new NamedDocument(d.DocumentKind, d.Title, d.Sha256))],
        Contacts = [.. version.Contacts.OrderBy(c => c.Position).Select(c => new ContactData(c.Name, c.Email, c.Phone, c.Purpose))],
        MinimumTermMonths = version.MinimumTermMonths,
        NoticePeriodMonths = version.NoticePeriodMonths,
        NoticeTo = version.NoticeTo,
    };

    /// <summary>SHA-256 of the canonical JSON of everything but the contacts, which can be erased; terms and documents count by the hashes of their bytes.</summary>
    /// <param name="termsHashes">In the order of <see cref="TermsIds"/>.</param>
    public string Hash(IEnumerable<string> termsHashes) => CanonicalJson.Hash(new { content = this with { TermsIds = [], Contacts = [] }, terms = termsHashes });
}

/// <summary>A document that an offer names by the hash of its bytes.</summary>
public sealed record NamedDocument(DocumentKind Kind, string Title, string Sha256);

/// <summary>What the supplier's service broker calls an offer that is provisioned automatically.</summary>
public sealed record BrokerPlan(string ServiceId, string PlanId)
{
    public const int IdLength = 200;
}
