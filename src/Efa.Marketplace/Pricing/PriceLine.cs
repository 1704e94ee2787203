namespace Efa.Marketplace.Pricing;

/// <summary>A step of how an amount came about, for people and for checking.</summary>
/// <param name="Code">Code of the step's text.</param>
/// <param name="Formula">The computation in figures: 347.514 × 0,0333 EUR.</param>
public sealed record PriceStep(string Code, string Formula, decimal Result);

/// <summary>A priced part of a period: net = quantity × unit price / base quantity, rounded half away from zero to cents.</summary>
public sealed record PriceLine
{
    /// <summary>Code of the component that it prices, or one of <see cref="AgreedFees"/>.</summary>
    public required string ComponentCode { get; init; }

    /// <summary>Null where the line is for all users together.</summary>
    public Guid? UsedById { get; init; }

    public required DateOnly PeriodFrom { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly PeriodTo { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>UN/ECE Recommendation 20, such as ANN, DAY, MON or C62.</summary>
    public required string UnitCode { get; init; }

    public required decimal UnitPrice { get; init; }

    public decimal BaseQuantity { get; init; } = 1;

    public required decimal Net { get; init; }

    public required TaxTreatment TaxTreatment { get; init; }

    /// <summary>Percent; null where not taxable.</summary>
    public decimal? TaxRate { get; init; }

    public string? ExemptionReason { get; init; }

    public IReadOnlyList<PriceStep> Steps { get; init; } = [];
}

/// <summary>A user of what is priced, with what its quantities are computed from.</summary>
public sealed record PricedUser(Guid? OrganisationId, string? Ars, int? Population, DateOnly? PopulationOn);

/// <summary>Everything that a price is computed from, so that it can be computed again years later: an order keeps it.</summary>
/// <param name="Components">With all weights filled in.</param>
public sealed record PricingBasis(IReadOnlyList<PriceComponent> Components, IReadOnlyList<PricedUser> Users, string? PackageCode, int? ExpectedUses)
{
    /// <summary>Where fees are agreed from the start: no prices, and users whose numbers do not count.</summary>
    public static PricingBasis OfAgreedFees(IEnumerable<Guid> users) => new([], [.. users.Select(u => new PricedUser(u, null, null, null))], null, null);
}

/// <summary>Tax for one treatment and rate, computed on the sum and then rounded (EN 16931 BR-CO-17).</summary>
public sealed record TaxAmount(TaxTreatment Treatment, decimal? Rate, string? ExemptionReason, decimal Taxable, decimal Tax);
