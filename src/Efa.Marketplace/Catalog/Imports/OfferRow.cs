using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog.Imports;

/// <summary>A whole offer as a supplier gives it, with codes and keys still unchecked. What is left out is empty.</summary>
public sealed record OfferRow
{
    /// <summary>With the supplier the offer's key.</summary>
    public required string ExternalId { get; init; }

    public int? ExpectedVersion { get; init; }

    public required ServiceRow Service { get; init; }

    public Guid SellerId { get; init; }

    public required string Title { get; init; }

    public required string Summary { get; init; }

    public string? Description { get; init; }

    public string? ImplementingState { get; init; }

    public IReadOnlyList<string> AvailableIn { get; init; } = [];

    public OrderingMode OrderingMode { get; init; }

    public ProvisioningMode ProvisioningMode { get; init; }

    public BrokerPlan? BrokerPlan { get; init; }

    public IReadOnlyList<string> ConnectionTypes { get; init; } = [];

    public IReadOnlyList<string> SpecialistApplications { get; init; } = [];

    public Maturity? Maturity { get; init; }

    public bool EfaFinanced { get; init; }

    public IReadOnlyList<PriceComponent> Prices { get; init; } = [];

    public IReadOnlyList<Guid> TermsDocumentIds { get; init; } = [];

    public IReadOnlyList<NamedDocument> Documents { get; init; } = [];

    public IReadOnlyList<ContactData> Contacts { get; init; } = [];

    public int? MinimumTermMonths { get; init; }

    public int? NoticePeriodMonths { get; init; }

    public NoticeTo? NoticeTo { get; init; }

    /// <summary>Whether it says texts, contacts and keys only: all else of an offer that is there stays.</summary>
    public bool SaysTextsOnly { get; init; }

    /// <summary>With what stays of its service, where it says texts only.</summary>
    public OfferRow Beside(OfferReferences references)
    {
        if (!SaysTextsOnly || Service.Own is not { } own || !references.OwnServices.TryGetValue(own.ExternalId, out Service? known)) return this;
        return this with
        {
            Service = new ServiceRow(Own: own with
            {
                Kind = known.ServiceKind,
                LeikaKeys = own.LeikaKeys.Count > 0 ? own.LeikaKeys : [.. known.LeikaKeys.Select(k => k.LeikaKey)],
                OzgIds = own.OzgIds.Count > 0 ? own.OzgIds : [.. known.OzgIds.Select(k => k.OzgId)],
                SubjectArea = own.SubjectArea ?? known.SubjectArea,
                FimType = known.FimType,
            }),
        };
    }

    /// <summary>What its offer says next.</summary>
    /// <param name="before">What it says now.</param>
    public OfferContent Content(OfferContent before)
    {
        OfferContent own = Content();
        if (!SaysTextsOnly) return own;
        return before with
        {
            Title = own.Title,
            Summary = own.Summary,
            Description = own.Description ?? before.Description,
            // Others than those for technical matters are not in such a file, and those not in every one.
            Contacts = own.Contacts.Count == 0 ? before.Contacts : [.. before.Contacts.Where(c => c.Purpose != ContactPurpose.Technical), .. own.Contacts],
        };
    }

    /// <summary>As a version keeps it: texts in one Unicode form, what has no sequence of its own in order.</summary>
    public OfferContent Content() => new()
    {
        Title = Title.Normalize(),
        Summary = Summary.Normalize(),
        Description = Description?.Normalize(),
        ImplementingState = ImplementingState,
        AvailableIn = [.. AvailableIn.Order(StringComparer.Ordinal)],
        OrderingMode = OrderingMode,
        ProvisioningMode = ProvisioningMode,
        BrokerPlan = BrokerPlan,
        ConnectionTypes = [.. ConnectionTypes.Select(c => c.Normalize()).Order(StringComparer.Ordinal)],
        SpecialistApplications = [.. SpecialistApplications.Select(a => a.Normalize()).Order(StringComparer.Ordinal)],
        Maturity = Maturity,
        EfaFinanced = EfaFinanced,
        Prices = Prices,
        TermsIds = TermsDocumentIds,
        Documents = [.. Documents.Select(d => d with { Title = d.Title.Normalize() })],
        Contacts = [.. Contacts.Select(c => c with { Name = c.Name.Normalize() })],
        MinimumTermMonths = MinimumTermMonths,
        NoticePeriodMonths = NoticePeriodMonths,
        NoticeTo = NoticeTo,
    };
}

/// <summary>Of which service a row speaks; exactly one is given.</summary>
/// <param name="LeikaKey">Must lead to exactly one service.</param>
/// <param name="Own">Made or changed with the row.</param>
public sealed record ServiceRow(Guid? Id = null, string? LeikaKey = null, OwnServiceRow? Own = null);

/// <summary>A service of the supplier's own, found by its external id.</summary>
public sealed record OwnServiceRow(string ExternalId, string Name, ServiceKind Kind)
{
    public IReadOnlyList<string> LeikaKeys { get; init; } = [];

    public IReadOnlyList<string> OzgIds { get; init; } = [];

    public string? SubjectArea { get; init; }

    public string? FimType { get; init; }
}
