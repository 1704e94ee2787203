using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class TaxTests
{
    [Theory]
    [InlineData(24.365, 24.37)]
    [InlineData(-24.365, -24.37)]
    [InlineData(1.005, 1.01)]
    [InlineData(0.004, 0)]
    public void Half_a_cent_is_rounded_away_from_zero(decimal amount, decimal expected) => Assert.Equal(expected, Cents.Round(amount));

    [Fact]
    public void Tax_is_computed_on_the_sum_and_not_line_by_line()
    {
        PriceLine line = Assert.Single(Prices.Basis(Prices.Flat(0.03m)).Year());

        Assert.Equal(new TaxAmount(TaxTreatment.Standard, 19, null, 0.15m, 0.03m), Assert.Single(PriceCalculator.Taxes(Enumerable.Repeat(line, 5))));
        Assert.Equal(0.05m, 5 * Assert.Single(PriceCalculator.Taxes([line])).Tax);
    }

    /// <summary>1,800 EUR onboarding, 7,000 EUR in the first year, 12,000 EUR in the next.</summary>
    [Theory]
    [InlineData(1_800, 342)]
    [InlineData(8_800, 1_672)]
    [InlineData(12_000, 2_280)]
    [InlineData(3_016.39, 573.11)]
    public void Standard_tax_is_nineteen_per_cent(decimal net, decimal tax) =>
        Assert.Equal(new TaxAmount(TaxTreatment.Standard, 19, null, net, tax), Assert.Single(PriceCalculator.Taxes(Prices.Basis(Prices.Flat(net)).Year())));

    [Theory]
    [InlineData(TaxTreatment.Standard, 19, 19)]
    [InlineData(TaxTreatment.Reduced, 7, 7)]
    [InlineData(TaxTreatment.Exempt, 0, 0)]
    [InlineData(TaxTreatment.ReverseCharge, 0, 0)]
    [InlineData(TaxTreatment.NotTaxable, null, 0)]
    public void Each_treatment_has_its_rate(TaxTreatment treatment, int? rate, decimal tax)
    {
        PriceLine line = Assert.Single(Prices.Basis(Prices.Flat(100m, taxes: new TaxRegime(treatment, "§ 4 Nr. 29 UStG"))).Year());

        Assert.Equal((treatment, (decimal?)rate), (line.TaxTreatment, line.TaxRate));
        Assert.Equal(rate > 0 ? null : "§ 4 Nr. 29 UStG", line.ExemptionReason);
        Assert.Equal(tax, Assert.Single(PriceCalculator.Taxes([line])).Tax);
    }

    [Fact]
    public void A_year_is_split_where_the_regime_changes()
    {
        FlatPrice price = Prices.Flat(12_000m, taxes: [new(TaxTreatment.Standard, ValidFrom: new(2026, 7, 1)), new(TaxTreatment.NotTaxable, ValidTo: new(2026, 6, 30))]);

        IReadOnlyList<PriceLine> lines = Prices.Basis(price).Year();

        Assert.Equal([(181m, 5_950.68m, TaxTreatment.NotTaxable), (184m, 6_049.32m, TaxTreatment.Standard)], lines.Select(l => (l.Quantity, l.Net, l.TaxTreatment)));
        Assert.Equal(
            [new TaxAmount(TaxTreatment.Standard, 19, null, 6_049.32m, 1_149.37m), new TaxAmount(TaxTreatment.NotTaxable, null, null, 5_950.68m, 0m)], PriceCalculator.Taxes(lines));
    }

    [Fact]
    public void A_regime_that_changes_at_the_turn_of_a_year_leaves_years_whole()
    {
        PricingBasis basis = Prices.Basis(Prices.Flat(12_000m, taxes: [new(TaxTreatment.NotTaxable, ValidTo: new(2026, 12, 31)), new(TaxTreatment.Standard, ValidFrom: new(2027, 1, 1))]));

        Assert.Equal([null, 19m], new[] { Assert.Single(basis.Year(2026)).TaxRate, Assert.Single(basis.Year(2027)).TaxRate });
    }

    [Fact]
    public void The_lower_rates_of_the_second_half_of_2020_are_those_of_that_half()
    {
        IReadOnlyList<PriceLine> months = Prices.Basis(Prices.Flat(100m, BillingPeriod.Month)).Year(2020);

        Assert.Equal([(6m, 19m), (6m, 16m)], months.Select(l => (l.Quantity, l.TaxRate!.Value)));
        Assert.Equal(5m, Assert.Single(PriceCalculator.OneTime(Prices.Basis(Prices.Flat(100m, BillingPeriod.OneTime, new TaxRegime(TaxTreatment.Reduced))), new(2020, 12, 31))).TaxRate);
        Assert.Equal(19m, Assert.Single(PriceCalculator.OneTime(Prices.Basis(Prices.Flat(100m, BillingPeriod.OneTime)), new(2021, 1, 1))).TaxRate);
    }

    [Fact]
    public void Rates_have_neither_gaps_nor_overlaps() =>
        Assert.All(TaxRates.All.GroupBy(r => r.Treatment), rates =>
        {
            Assert.Equal((DateOnly.MinValue, DateOnly.MaxValue), (rates.First().ValidFrom, rates.Last().ValidTo));
            Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.Equal(pair.First.ValidTo.AddDays(1), pair.Second.ValidFrom));
        });
}
