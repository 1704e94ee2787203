using Efa.Marketplace.Catalog;
using Efa.Marketplace.Operations;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class PriceCheckTests
{
    public static TheoryData<string, string, PriceComponent[]> Faults => new()
    {
        { "0/amount", "AMOUNT_NEGATIVE", [Prices.Flat(-0.01m)] },
        { "0/amount", "SUM_DECIMALS_TOO_MANY", [Prices.Flat(1.001m)] },
        { "0/amount", "AMOUNT_TOO_HIGH", [Prices.Flat(1_000_000_000.01m)] },
        { "0/code", "PRICE_CODE_INVALID", [Prices.Flat(1m) with { Code = "" }] },
        { "0/code", "PRICE_CODE_INVALID", [Prices.Flat(1m) with { Code = "a b" }] },
        { "0/label", "PRICE_LABEL_INVALID", [Prices.Flat(1m) with { Label = " " }] },
        { "1/code", "PRICE_CODE_DUPLICATE", [Prices.Flat(1m), Prices.Flat(2m)] },
        { "0/perInhabitant", "UNIT_PRICE_DECIMALS_TOO_MANY", [Prices.PerInhabitant(0.0000001m)] },
        { "0/perInhabitant", "UNIT_PRICE_TOO_HIGH", [Prices.PerInhabitant(10_000.01m)] },
        { "0/minimum", "MINIMUM_ABOVE_MAXIMUM", [Prices.PerInhabitant(1m, 2m, 1m)] },
        { "0/maximum", "AMOUNT_NEGATIVE", [Prices.PerInhabitant(1m, null, -1m)] },
        { "0/tiers", "TIERS_MISSING", [Prices.Tiered(QuantityBasis.Inhabitants, true)] },
        { "0/tiers/1/upTo", "TIERS_NOT_ASCENDING", [Prices.Tiered(QuantityBasis.Inhabitants, true, new(10, 1m), new(10, 1m), new(null, 1m))] },
        { "0/tiers/0/upTo", "TIERS_NOT_ASCENDING", [Prices.Tiered(QuantityBasis.Inhabitants, true, new(null, 1m), new(null, 1m))] },
        { "0/tiers/0/upTo", "TIERS_NOT_ASCENDING", [Prices.Tiered(QuantityBasis.Inhabitants, true, new(0, 1m), new(null, 1m))] },
        { "0/tiers/1/upTo", "LAST_TIER_NOT_OPEN", [Prices.Tiered(QuantityBasis.Inhabitants, true, new(10, 1m), new(20, 1m))] },
        { "0/tiers/0", "TIER_WITHOUT_PRICE", [Prices.Tiered(QuantityBasis.Inhabitants, true, new PriceTier())] },
        { "0/tiers/0/flatAmount", "SUM_DECIMALS_TOO_MANY", [Prices.Tiered(QuantityBasis.Inhabitants, true, new PriceTier(null, null, 0.001m))] },
        { "0/tiers/0/unitPrice", "AMOUNT_NEGATIVE", [Prices.Tiered(QuantityBasis.Inhabitants, true, new PriceTier(null, -1m))] },
        { "0/period", "USES_NOT_BY_YEAR", [Prices.PerUse(1m) with { Period = BillingPeriod.Month }] },
        { "0/period", "USES_NOT_BY_YEAR", [Prices.Tiered(QuantityBasis.Uses, true, new PriceTier(null, 1m)) with { Period = BillingPeriod.OneTime }] },
        { "0/includedUses", "INCLUDED_USES_NEGATIVE", [Prices.PerUse(1m, -1)] },
        { "0/usageDependentPercent", "PERCENT_OUT_OF_RANGE", [Prices.Shared(1m, AllocationKey.Flat, null, 100.01m)] },
        { "0/usageDependentPercent", "PERCENT_OUT_OF_RANGE", [Prices.Shared(1m, AllocationKey.Flat, null, -1m)] },
        { "0/weights", "WEIGHTS_MISSING", [Prices.Shared(1m, AllocationKey.ActualUse, null)] },
        { "0/weights", "WEIGHTS_ZERO", [Prices.Shared(1m, AllocationKey.ActualUse, [])] },
        { "0/weights", "WEIGHTS_ZERO", [Prices.Shared(1m, AllocationKey.ActualUse, Prices.Weights(("01", 0)))] },
        { "0/weights/0/ars", "WEIGHT_ARS_INVALID", [Prices.Shared(1m, AllocationKey.ActualUse, Prices.Weights(("17", 1)))] },
        { "0/weights/0/ars", "WEIGHT_ARS_INVALID", [Prices.Shared(1m, AllocationKey.ActualUse, Prices.Weights(("0101", 1)))] },
        { "0/weights/1/weight", "AMOUNT_NEGATIVE", [Prices.Shared(1m, AllocationKey.ActualUse, Prices.Weights(("01", 1), ("02", -1)))] },
        { "0/weights/1/ars", "WEIGHT_DUPLICATE", [Prices.Shared(1m, AllocationKey.ActualUse, Prices.Weights(("02", 1), ("020000000000", 1)))] },
        { "0/packages", "PACKAGES_MISSING", [Prices.Package(BillingPeriod.Year)] },
        { "0/packages/1/code", "PACKAGE_DUPLICATE", [Prices.Package(BillingPeriod.Year, ("S", 1m), ("S", 2m))] },
        { "0/packages/0/amount", "AMOUNT_NEGATIVE", [Prices.Package(BillingPeriod.Year, ("S", -1m))] },
        { "1/packages", "PACKAGES_DIFFER", [Prices.Package(BillingPeriod.Year, ("S", 1m), ("M", 1m)), Prices.Package(BillingPeriod.OneTime, ("S", 1m))] },
        { "0/taxes", "TAX_MISSING", [Prices.Flat(1m) with { Taxes = [] }] },
        { "0/taxes/0/exemptionReason", "EXEMPTION_REASON_MISSING", [Prices.Flat(1m, taxes: new TaxRegime(TaxTreatment.Exempt))] },
        { "0/taxes/0/validFrom", "TAX_GAP", [Taxed((2026, null))] },
        { "0/taxes/0/validTo", "TAX_GAP", [Taxed((null, 2026))] },
        { "0/taxes/1/validFrom", "TAX_GAP", [Taxed((null, 2025), (2027, null))] },
        { "0/taxes/1/validFrom", "TAX_OVERLAP", [Taxed((null, 2026), (2026, null))] },
        { "0/taxes/1/validFrom", "TAX_OVERLAP", [Taxed((null, null), (2026, null))] },
        { "0/taxes/0/validFrom", "TAX_GAP", [Taxed((2027, null), (null, 2025))] },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_found_where_it_is(string path, string code, PriceComponent[] components)
    {
        PriceProblem problem = Assert.Single(PriceCheck.Problems(components));

        Assert.Equal((path, code), (string.Join('/', problem.Path), problem.Code));
        Assert.NotEqual(ErrorCodes.Named(code).Text.German, ErrorCodes.Named(code).Text.English);
    }

    [Fact]
    public void A_regime_that_ends_before_it_begins_is_refused() =>
        Assert.Contains(PriceCheck.Problems([Prices.Flat(1m, taxes: new TaxRegime(TaxTreatment.Standard, ValidFrom: new(2026, 2, 1), ValidTo: new(2026, 1, 1)))]), p => p.Code == "TAX_PERIOD_INVALID");

    [Fact]
    public void Every_fault_can_be_found()
    {
        string[] tried = [.. Faults.Select(f => (string)((object[])f)[1]), "TAX_PERIOD_INVALID", "PRICE_ENTRIES_TOO_MANY", "EXEMPTION_REASON_INVALID"];
        string[] codes = [.. typeof(PriceFaults).GetFields().Select(f => (string)f.GetRawConstantValue()!)];

        Assert.Equal(codes.Order(StringComparer.Ordinal), tried.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lists_are_bounded()
    {
        PriceProblem problem = Assert.Single(PriceCheck.Problems([.. Enumerable.Range(0, 51).Select(i => Prices.Flat(1m) with { Code = "c" + i })]));

        Assert.Equal(("", "PRICE_ENTRIES_TOO_MANY"), (string.Join('/', problem.Path), problem.Code));
    }

    [Fact]
    public void A_reason_of_an_exemption_is_bounded() =>
        Assert.Equal("EXEMPTION_REASON_INVALID", Assert.Single(PriceCheck.Problems([Prices.Flat(1m, taxes: new TaxRegime(TaxTreatment.Exempt, new string('x', 401)))])).Code);

    [Fact]
    public void Right_components_have_no_fault() =>
        Assert.Empty(PriceCheck.Problems(
        [
            Prices.Flat(1.10m) with { Code = "Jahresentgelt-1" },
            Prices.PerInhabitant(0.0333m, 1m, 1m),
            Prices.PerUse(1.25m, 200),
            Prices.Tiered(QuantityBasis.Uses, false, new(1, 1m), new(2, null, 1m), new(null, 1m, 1m)),
            Prices.Shared(480_000m, AllocationKey.Koenigstein, null, 50m),
            Prices.Package(BillingPeriod.Year, ("S", 1m), ("M", 2m)),
            Prices.Package(BillingPeriod.OneTime, ("M", 1m), ("S", 2m)),
            Taxed((2026, 2026), (null, 2025), (2027, null)) with { Code = "taxed" },
        ]));

    [Fact]
    public void All_reasons_against_a_price_have_texts() =>
        Assert.All(
            typeof(PriceObstacles).GetFields().Select(f => (string)f.GetRawConstantValue()!), code => Assert.Contains(ErrorCodes.All, c => c.Name == code && c.Class == ErrorClass.Refusal));

    [Fact]
    public void Bounds_of_texts_are_those_of_the_check()
    {
        Assert.Contains($" {PriceCheck.CodeLength} ", PriceRefusals.CodeInvalid.Text.German, StringComparison.Ordinal);
        Assert.Contains($" {PriceCheck.LabelLength} ", PriceRefusals.LabelInvalid.Text.German, StringComparison.Ordinal);
        Assert.Contains($" {PriceCheck.ReasonLength} ", PriceRefusals.ExemptionReasonInvalid.Text.German, StringComparison.Ordinal);
    }

    private static FlatPrice Taxed(params (int? From, int? To)[] years) =>
        Prices.Flat(1m, taxes: [.. years.Select(y => new TaxRegime(TaxTreatment.Standard, null, y.From is { } from ? new DateOnly(from, 1, 1) : null, y.To is { } to ? new DateOnly(to, 12, 31) : null))]);
}
