using CsCheck;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class AgreedFeesTests
{
    private static readonly AgreedFees Fees = new(12_000m, 7_000m, 1_800m, Prices.Standard);

    [Fact]
    public void A_year_costs_the_annual_fee()
    {
        PriceLine line = Assert.Single(Fees.Yearly(2024, next: false, Prices.Day("2024-01-01"), Prices.Day("2024-12-31")));

        Assert.Equal((AgreedFees.AnnualCode, 1m, "ANN", 12_000m, 1m, 12_000m, 19m), (line.ComponentCode, line.Quantity, line.UnitCode, line.UnitPrice, line.BaseQuantity, line.Net, line.TaxRate));
        Assert.Equal([new PriceStep(PriceStepCodes.Agreed, "12.000,00 EUR", 12_000m)], line.Steps);
    }

    [Fact]
    public void A_first_year_is_not_prorated_but_has_its_own_amount()
    {
        PriceLine first = Assert.Single(Fees.Yearly(2023, next: true, Prices.Day("2023-06-01"), Prices.Day("2023-12-31")));
        PriceLine without = Assert.Single((Fees with { NextBillingAmount = null }).Yearly(2023, next: true, Prices.Day("2023-06-01"), Prices.Day("2023-12-31")));

        Assert.Equal((AgreedFees.NextCode, 1m, "C62", 7_000m), (first.ComponentCode, first.Quantity, first.UnitCode, first.Net));
        Assert.Equal((AgreedFees.AnnualCode, 12_000m), (without.ComponentCode, without.Net));
    }

    [Fact]
    public void A_year_in_which_the_service_ends_is_billed_to_the_day()
    {
        PriceLine line = Assert.Single(Fees.Yearly(2024, next: false, Prices.Day("2024-01-01"), Prices.Day("2024-09-30")));

        // What a credit of 92 of 366 days, 3,016.39, leaves of 12,000.00.
        Assert.Equal((274m, "DAY", 366m, 8_983.61m), (line.Quantity, line.UnitCode, line.BaseQuantity, line.Net));
        Assert.Equal(new PriceStep(PriceStepCodes.Days, "12.000,00 EUR × 274 / 366", 8_983.61m), line.Steps[^1]);
    }

    [Fact]
    public void Two_years_in_one_bill_are_one_sum_for_all_their_days()
    {
        PriceLine line = Assert.Single((Fees with { NextBillingAmount = 13_500m }).Yearly(2027, next: true, Prices.Day("2026-11-15"), Prices.Day("2027-12-31")));

        Assert.Equal((13_500m, Prices.Day("2026-11-15"), Prices.Day("2027-12-31")), (line.Net, line.PeriodFrom, line.PeriodTo));
    }

    [Fact]
    public void A_sum_is_divided_where_the_tax_changes()
    {
        TaxRegime[] taxes = [new(TaxTreatment.NotTaxable, ValidTo: Prices.Day("2026-06-30")), new(TaxTreatment.Standard, ValidFrom: Prices.Day("2026-07-01"))];

        IReadOnlyList<PriceLine> lines = (Fees with { Taxes = taxes }).Yearly(2026, next: false, Prices.Day("2026-01-01"), Prices.Day("2026-12-31"));

        Assert.Equal(
            [(TaxTreatment.NotTaxable, 181m, 5_950.68m, "2026-06-30"), (TaxTreatment.Standard, 184m, 6_049.32m, "2026-12-31")],
            lines.Select(l => (l.TaxTreatment, l.Quantity, l.Net, l.PeriodTo.ToString("O", null))));
    }

    [Fact]
    public void Parts_that_would_both_be_rounded_up_are_still_the_sum()
    {
        // Half a cent each: 183 and 183 of 366 days.
        TaxRegime[] taxes = [new(TaxTreatment.NotTaxable, ValidTo: Prices.Day("2024-07-01")), new(TaxTreatment.Standard, ValidFrom: Prices.Day("2024-07-02"))];

        IReadOnlyList<PriceLine> lines = new AgreedFees(0.01m, null, 0, taxes).Yearly(2024, next: false, Prices.Day("2024-01-01"), Prices.Day("2024-12-31"));

        Assert.Equal([(183m, "DAY", 0.01m), (1m, "C62", 0m)], lines.Select(l => (l.Quantity, l.UnitCode, l.Net)));
        Assert.Equal("0,01 EUR × 366 / 366 − 0,01 EUR", lines[1].Steps[^1].Formula);
    }

    [Fact]
    public void Parts_are_the_sum_and_their_explanation_gives_them_again() =>
        Gen.Select(Gen.Int[0, 10_000_000], Gen.Int[0, 365], Gen.Int[1, 363], Gen.Int[1, 363]).Sample((cents, from, a, b) =>
        {
            DateOnly first = new DateOnly(2023, 1, 1).AddDays(from), one = first.AddDays(Math.Min(a, b)), other = first.AddDays(Math.Max(a, b) + 1);
            TaxRegime[] taxes =
            [
                new(TaxTreatment.Standard, ValidTo: one), new(TaxTreatment.NotTaxable, ValidFrom: one.AddDays(1), ValidTo: other), new(TaxTreatment.Standard, ValidFrom: other.AddDays(1)),
            ];
            IReadOnlyList<PriceLine> lines = new AgreedFees(cents / 100m, null, 0, taxes).Yearly(2024, next: false, first, new DateOnly(2024, 12, 31));
            return lines.Sum(l => l.Net) == cents / 100m
                && lines.All(l => l.Net >= 0 && l.Net == Cents.Round(l.Quantity * l.UnitPrice / l.BaseQuantity) && l.Steps[^1].Result == l.Net && l.Steps.All(s => FormulaReader.ResultOf(s) == s.Result));
        });

    [Fact]
    public void An_offer_taxed_in_one_way_says_how_its_fees_are_taxed()
    {
        TaxRegime[] regimes = [new(TaxTreatment.Standard, ValidFrom: Prices.Day("2027-01-01")), new(TaxTreatment.NotTaxable, ValidTo: Prices.Day("2026-12-31"))];

        Assert.Equal([regimes[1], regimes[0]], FeeTaxes.Of([Prices.Flat(1m, taxes: regimes), Prices.Flat(2m, BillingPeriod.OneTime, [regimes[1], regimes[0]])]));
        Assert.Empty(FeeTaxes.Of([Prices.Flat(1m, taxes: regimes), Prices.Flat(2m)]));
        Assert.Empty(FeeTaxes.Of([]));
    }
}
