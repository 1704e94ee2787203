using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class ProrationTests
{
    [Theory]
    [InlineData(12_000, "2023-09-15", "2023-12-31", 108, 365, 3_550.68)]
    [InlineData(12_000, "2023-06-01", "2023-12-31", 214, 365, 7_035.62)]
    [InlineData(12_000, "2023-11-15", "2023-12-31", 47, 365, 1_545.21)]
    [InlineData(12_000, "2024-10-01", "2024-12-31", 92, 366, 3_016.39)]
    [InlineData(12_000, "2023-12-31", "2023-12-31", 1, 365, 32.88)]
    [InlineData(2_400, "2026-09-15", "2026-12-31", 108, 365, 710.14)]
    [InlineData(12_000, "2024-01-01", "2024-12-30", 365, 366, 11_967.21)]
    public void A_part_of_a_year_is_counted_in_days(decimal amount, string from, string to, int days, int daysOfYear, decimal net)
    {
        PriceLine line = Prices.Basis(Prices.Flat(amount)).Single(from, to);

        Assert.Equal((days, "DAY", amount, daysOfYear, net), ((int)line.Quantity, line.UnitCode, line.UnitPrice, (int)line.BaseQuantity, line.Net));
        Assert.Equal((Prices.Day(from), Prices.Day(to)), (line.PeriodFrom, line.PeriodTo));
    }

    [Fact]
    public void A_day_says_how_it_was_counted() =>
        Assert.Equal(
            [new PriceStep(PriceStepCodes.Flat, "12.000,00 EUR", 12_000m), new PriceStep(PriceStepCodes.Days, "12.000,00 EUR × 108 / 365", 3_550.68m)],
            Prices.Basis(Prices.Flat(12_000m)).Single("2023-09-15", "2023-12-31").Steps);

    [Theory]
    [InlineData(2026)]
    [InlineData(2024)]
    [InlineData(9999)]
    public void A_full_year_is_one_year(int year)
    {
        PriceLine line = Assert.Single(Prices.Basis(Prices.Flat(12_000m)).Year(year));

        Assert.Equal((1m, "ANN", 12_000m, 1m, 12_000m), (line.Quantity, line.UnitCode, line.UnitPrice, line.BaseQuantity, line.Net));
        Assert.Equal([new PriceStep(PriceStepCodes.Flat, "12.000,00 EUR", 12_000m)], line.Steps);
    }

    [Fact]
    public void The_parts_of_a_year_before_and_after_an_end_are_the_year()
    {
        PricingBasis basis = Prices.Basis(Prices.Flat(12_000m));

        Assert.Equal(12_000m, basis.Single("2024-01-01", "2024-09-30").Net + basis.Single("2024-10-01", "2024-12-31").Net);
    }

    [Fact]
    public void Whole_months_are_counted_and_parts_of_one_in_its_days()
    {
        IReadOnlyList<PriceLine> lines = Prices.Basis(Prices.Flat(85m, BillingPeriod.Month)).Between("2024-02-10", "2024-07-15");

        Assert.Equal(
            [
                ("2024-02-10", "2024-02-29", 20m, "DAY", 29m, 58.62m),
                ("2024-03-01", "2024-06-30", 4m, "MON", 1m, 340m),
                ("2024-07-01", "2024-07-15", 15m, "DAY", 31m, 41.13m),
            ],
            lines.Select(Of));
    }

    [Fact]
    public void Days_within_one_month_are_one_part() =>
        Assert.Equal(("2025-02-03", "2025-02-20", 18m, "DAY", 28m, 54.64m), Of(Prices.Basis(Prices.Flat(85m, BillingPeriod.Month)).Single("2025-02-03", "2025-02-20")));

    [Fact]
    public void A_year_of_months_is_twelve_months() =>
        Assert.Equal(("2026-01-01", "2026-12-31", 12m, "MON", 1m, 1_020m), Of(Prices.Basis(Prices.Flat(85m, BillingPeriod.Month)).Single("2026-01-01", "2026-12-31")));

    [Fact]
    public void Whole_quarters_are_counted_in_months_and_parts_of_one_in_its_days()
    {
        IReadOnlyList<PriceLine> lines = Prices.Basis(Prices.Flat(300m, BillingPeriod.Quarter)).Between("2026-02-01", "2026-12-31");

        Assert.Equal([("2026-02-01", "2026-03-31", 59m, "DAY", 90m, 196.67m), ("2026-04-01", "2026-12-31", 9m, "MON", 3m, 900m)], lines.Select(Of));
    }

    [Fact]
    public void What_is_due_once_is_neither_prorated_nor_recurring()
    {
        PricingBasis basis = Prices.Basis(Prices.Flat(1_800m, BillingPeriod.OneTime));

        PriceLine line = Assert.Single(PriceCalculator.OneTime(basis, new(2023, 9, 15)));

        Assert.Equal(("2023-09-15", "2023-09-15", 1m, "C62", 1m, 1_800m), Of(line));
        Assert.Empty(basis.Year(2023));
        Assert.Empty(PriceCalculator.OneTime(Prices.Basis(Prices.Flat(12_000m)), new(2023, 9, 15)));
    }

    [Fact]
    public void A_range_over_the_turn_of_a_year_is_not_priced() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Prices.Basis(Prices.Flat(1m)).Between("2023-12-31", "2024-01-01"));

    private static (string, string, decimal, string, decimal, decimal) Of(PriceLine line) =>
        (line.PeriodFrom.ToString("O", null), line.PeriodTo.ToString("O", null), line.Quantity, line.UnitCode, line.BaseQuantity, line.Net);
}
