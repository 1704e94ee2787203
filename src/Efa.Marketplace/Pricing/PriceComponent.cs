using System.Text.Json.Serialization;

namespace Efa.Marketplace.Pricing;

/// <summary>How often a price is due.</summary>
public enum BillingPeriod { OneTime, Month, Quarter, Year }

/// <summary>What a tier counts.</summary>
public enum QuantityBasis { Inhabitants, Uses, TargetGroup, Bodies }

/// <summary>By what weight a shared cost is divided (IT-PLR 2021/24).</summary>
public enum AllocationKey { Population, ActualUse, TargetGroup, Koenigstein, AdjustedKoenigstein, NumberOfBodies, Flat }

/// <summary>How the parts of a shared cost are rounded.</summary>
public enum AllocationRounding
{
    /// <summary>Parts add up to the whole.</summary>
    LargestRemainder,

    /// <summary>Each part up to the full euro; the sum may exceed the whole.</summary>
    UpToEuro,
}

/// <summary>Eligible cost types of IT-PLR 2021/24; onboarding is never among them.</summary>
public enum CostType { Infrastructure, Development, Platform, Operation, Direct, Onboarding, Other }

/// <summary>How value-added tax applies.</summary>
public enum TaxTreatment { Standard, Reduced, Exempt, NotTaxable, ReverseCharge }

/// <summary>A part of an offer's price. Amounts are EUR; unit prices have up to 6 decimal places, sums 2.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FlatPrice), "flat")]
[JsonDerivedType(typeof(PerInhabitantPrice), "perInhabitant")]
[JsonDerivedType(typeof(TieredPrice), "tiered")]
[JsonDerivedType(typeof(PerUsePrice), "perUse")]
[JsonDerivedType(typeof(SharedCostPrice), "sharedCost")]
[JsonDerivedType(typeof(PackagePrice), "package")]
public abstract record PriceComponent
{
    /// <summary>Unique within the offer.</summary>
    public required string Code { get; init; }

    public required string Label { get; init; }

    public required BillingPeriod Period { get; init; }

    public CostType? CostType { get; init; }

    /// <summary>One regime for each date of service, without gaps and overlaps.</summary>
    public required IReadOnlyList<TaxRegime> Taxes { get; init; }
}

/// <summary>A fixed amount for each period.</summary>
public sealed record FlatPrice : PriceComponent
{
    public required decimal Amount { get; init; }
}

/// <summary>An amount for each inhabitant of a user, within a minimum and a maximum for a full period.</summary>
public sealed record PerInhabitantPrice : PriceComponent
{
    public required decimal PerInhabitant { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }
}

/// <summary>A price that depends on how many there are; graduated: each tier prices its own part, else the whole quantity takes one tier.</summary>
public sealed record TieredPrice : PriceComponent
{
    public required QuantityBasis Basis { get; init; }

    public required bool Graduated { get; init; }

    public required IReadOnlyList<PriceTier> Tiers { get; init; }
}

/// <summary>An amount for each use beyond those included in a calendar year.</summary>
public sealed record PerUsePrice : PriceComponent
{
    public required decimal PerUse { get; init; }

    public int IncludedUses { get; init; }
}

/// <summary>A part of a total cost, by weight.</summary>
public sealed record SharedCostPrice : PriceComponent
{
    public required decimal TotalCost { get; init; }

    public required AllocationKey Key { get; init; }

    /// <summary>The part of the total that the users share; the rest is paid elsewhere.</summary>
    public decimal UsageDependentPercent { get; init; } = 100;

    public AllocationRounding Rounding { get; init; }

    /// <summary>Who shares, and by what weight; null: all states, by the key.</summary>
    public IReadOnlyList<AllocationWeight>? Weights { get; init; }

    public DateOnly? WeightsOn { get; init; }
}

/// <summary>The price of the package that the order names.</summary>
public sealed record PackagePrice : PriceComponent
{
    public required IReadOnlyList<PricePackage> Packages { get; init; }
}

/// <summary>How a price is taxed for services between two days, both included.</summary>
/// <param name="ExemptionReason">Needed for <see cref="TaxTreatment.Exempt"/>.</param>
public sealed record TaxRegime(TaxTreatment Treatment, string? ExemptionReason = null, DateOnly? ValidFrom = null, DateOnly? ValidTo = null);

/// <summary>A tier up to and including a quantity; the last one is open. An amount for the tier, one for each unit, or both.</summary>
public sealed record PriceTier(int? UpTo = null, decimal? UnitPrice = null, decimal? FlatAmount = null);

/// <summary>A package that an order can name.</summary>
public sealed record PricePackage(string Code, string Label, decimal Amount);

/// <summary>The weight of a body, by its regional key.</summary>
public sealed record AllocationWeight(string Ars, decimal Weight);
