using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

/// <summary>Short ways to say prices, users and what they cost.</summary>
internal static class Prices
{
    public static readonly IReadOnlyList<TaxRegime> Standard = [new(TaxTreatment.Standard)];

    public static FlatPrice Flat(decimal amount, BillingPeriod period = BillingPeriod.Year, params TaxRegime[] taxes) =>
        new() { Code = "flat", Label = "Flat", Period = period, Taxes = taxes.Length == 0 ? Standard : taxes, Amount = amount };

    public static PerInhabitantPrice PerInhabitant(decimal price, decimal? minimum = null, decimal? maximum = null, BillingPeriod period = BillingPeriod.Year) =>
        new() { Code = "inhabitants", Label = "Inhabitants", Period = period, Taxes = Standard, PerInhabitant = price, Minimum = minimum, Maximum = maximum };

    public static PerUsePrice PerUse(decimal price, int included = 0) =>
        new() { Code = "uses", Label = "Uses", Period = BillingPeriod.Year, Taxes = Standard, PerUse = price, IncludedUses = included };

    public static TieredPrice Tiered(QuantityBasis basis, bool graduated, params PriceTier[] tiers) =>
        new() { Code = "tiers", Label = "Tiers", Period = BillingPeriod.Year, Taxes = Standard, Basis = basis, Graduated = graduated, Tiers = tiers };

    public static SharedCostPrice Shared(decimal total, AllocationKey key, IReadOnlyList<AllocationWeight>? weights, decimal percent = 100, AllocationRounding rounding = AllocationRounding.LargestRemainder) =>
        new() { Code = "shared", Label = "Shared", Period = BillingPeriod.Year, Taxes = Standard, TotalCost = total, Key = key, Weights = weights, UsageDependentPercent = percent, Rounding = rounding };

    public static PackagePrice Package(BillingPeriod period, params (string Code, decimal Amount)[] packages) =>
        new() { Code = "package" + period, Label = "Package", Period = period, Taxes = Standard, Packages = [.. packages.Select(p => new PricePackage(p.Code, p.Code, p.Amount))] };

    public static PricedUser User(string? ars = null, int? population = null) => new(Guid.NewGuid(), ars, population, null);

    public static PricingBasis Basis(PriceComponent component, params PricedUser[] users) => new([component], users.Length == 0 ? [User()] : users, null, null);

    public static IReadOnlyList<AllocationWeight> Weights(params (string Ars, decimal Weight)[] weights) => [.. weights.Select(w => new AllocationWeight(w.Ars, w.Weight))];

    public static IReadOnlyList<PriceLine> Year(this PricingBasis basis, int year = 2026) => PriceCalculator.Recurring(basis, new(year, 1, 1), new(year, 12, 31));

    public static IReadOnlyList<PriceLine> Between(this PricingBasis basis, string from, string to) => PriceCalculator.Recurring(basis, Day(from), Day(to));

    public static PriceLine Single(this PricingBasis basis, string from, string to) => Assert.Single(basis.Between(from, to));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
