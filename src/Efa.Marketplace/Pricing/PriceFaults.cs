namespace Efa.Marketplace.Pricing;

/// <summary>Codes of what can be wrong with a price component.</summary>
public static class PriceFaults
{
    public const string TooManyEntries = "PRICE_ENTRIES_TOO_MANY";
    public const string CodeInvalid = "PRICE_CODE_INVALID";
    public const string CodeDuplicate = "PRICE_CODE_DUPLICATE";
    public const string LabelInvalid = "PRICE_LABEL_INVALID";
    public const string AmountNegative = "AMOUNT_NEGATIVE";
    public const string AmountTooHigh = "AMOUNT_TOO_HIGH";
    public const string SumDecimals = "SUM_DECIMALS_TOO_MANY";
    public const string UnitPriceDecimals = "UNIT_PRICE_DECIMALS_TOO_MANY";
    public const string UnitPriceTooHigh = "UNIT_PRICE_TOO_HIGH";
    public const string MinimumAboveMaximum = "MINIMUM_ABOVE_MAXIMUM";
    public const string TiersMissing = "TIERS_MISSING";
    public const string TiersNotAscending = "TIERS_NOT_ASCENDING";
    public const string LastTierNotOpen = "LAST_TIER_NOT_OPEN";
    public const string TierWithoutPrice = "TIER_WITHOUT_PRICE";
    public const string UsesNotByYear = "USES_NOT_BY_YEAR";
    public const string IncludedUsesNegative = "INCLUDED_USES_NEGATIVE";
    public const string PercentOutOfRange = "PERCENT_OUT_OF_RANGE";
    public const string WeightsMissing = "WEIGHTS_MISSING";
    public const string WeightsZero = "WEIGHTS_ZERO";
    public const string WeightKeyInvalid = "WEIGHT_ARS_INVALID";
    public const string WeightDuplicate = "WEIGHT_DUPLICATE";
    public const string PackagesMissing = "PACKAGES_MISSING";
    public const string PackageDuplicate = "PACKAGE_DUPLICATE";
    public const string PackagesDiffer = "PACKAGES_DIFFER";
    public const string TaxMissing = "TAX_MISSING";
    public const string TaxPeriodInvalid = "TAX_PERIOD_INVALID";
    public const string TaxGap = "TAX_GAP";
    public const string TaxOverlap = "TAX_OVERLAP";
    public const string ExemptionReasonMissing = "EXEMPTION_REASON_MISSING";
    public const string ExemptionReasonInvalid = "EXEMPTION_REASON_INVALID";
}
