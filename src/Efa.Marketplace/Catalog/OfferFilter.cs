namespace Efa.Marketplace.Catalog;

/// <summary>Which offers are wanted: parts are joined by and, values of a part by or.</summary>
public sealed record OfferFilter
{
    public static readonly OfferFilter Everything = new();

    public string? Search { get; init; }

    public IReadOnlyList<ServiceKind>? Kinds { get; init; }

    public IReadOnlyList<string>? SubjectAreas { get; init; }

    public IReadOnlyList<string>? LeikaKeys { get; init; }

    public IReadOnlyList<string>? OzgIds { get; init; }

    public IReadOnlyList<string>? FimTypes { get; init; }

    public IReadOnlyList<Guid>? SellerIds { get; init; }

    public IReadOnlyList<Guid>? SupplierIds { get; init; }

    /// <summary>Codes of states; an offer that names none is available everywhere.</summary>
    public IReadOnlyList<string>? AvailableIn { get; init; }

    public IReadOnlyList<string>? ConnectionTypes { get; init; }

    public IReadOnlyList<string>? SpecialistApplications { get; init; }

    public bool? EfaFinanced { get; init; }

    public IReadOnlyList<OrderingMode>? OrderingModes { get; init; }

    public IReadOnlyList<OfferState>? States { get; init; }

    /// <summary>Finds the review queue; others than the offer's parties get nothing by it.</summary>
    public IReadOnlyList<OfferVersionState>? DraftStates { get; init; }

    public DateTimeOffset? UpdatedSince { get; init; }
}

/// <summary>Which services are wanted.</summary>
public sealed record ServiceFilter
{
    public string? Search { get; init; }

    public IReadOnlyList<ServiceKind>? Kinds { get; init; }

    public IReadOnlyList<string>? SubjectAreas { get; init; }

    public IReadOnlyList<string>? LeikaKeys { get; init; }

    public IReadOnlyList<string>? OzgIds { get; init; }

    public IReadOnlyList<string>? AvailableIn { get; init; }
}

/// <summary>The order of a list of offers.</summary>
public enum OfferSort { Relevance, Title, PublishedAtDesc, UpdatedAtDesc }
