namespace Efa.Marketplace.Pricing;

/// <summary>Codes of the steps that explain an amount; <see cref="PriceText.OfStep"/> has their texts.</summary>
public static class PriceStepCodes
{
    public const string Flat = "FLAT";
    public const string Package = "PACKAGE";
    public const string Inhabitants = "INHABITANTS";
    public const string Minimum = "MINIMUM";
    public const string Maximum = "MAXIMUM";
    public const string UsesNotStated = "USES_NOT_STATED";
    public const string UsesCharged = "USES_CHARGED";
    public const string Uses = "USES";
    public const string TierQuantity = "TIER_QUANTITY";
    public const string TierUnits = "TIER_UNITS";
    public const string TierAmount = "TIER_AMOUNT";
    public const string UsageDependent = "USAGE_DEPENDENT";
    public const string Share = "SHARE";
    public const string Remainder = "REMAINDER";
    public const string ShareUpToEuro = "SHARE_UP_TO_EURO";
    public const string Days = "DAYS";
    public const string Months = "MONTHS";
    public const string Rounded = "ROUNDED";
    public const string CreditRest = "CREDIT_REST";
    public const string CreditShare = "CREDIT_SHARE";
    public const string CreditMost = "CREDIT_MOST";
    public const string CreditUsed = "CREDIT_USED";
    public const string CreditEnded = "CREDIT_ENDED";
    public const string Agreed = "AGREED";
    public const string Rest = "REST";
}
