using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class AllocationTests
{
    private static readonly string[] Participants = ["12", "02", "05", "07", "14"];

    [Fact]
    public void A_quarter_of_the_yearly_cost_by_the_Koenigstein_key()
    {
        decimal[] expected =
        [
            4_086.94m, 3_124.12m, 11_274.40m, 1_144.55m, 25_291.10m, 8_924.51m, 5_782.18m, 15_648.73m,
            18_672.86m, 1_437.92m, 6_227.94m, 3_635.84m, 2_376.54m, 5_978.50m, 3_235.34m, 3_158.53m,
        ];

        IReadOnlyList<AllocatedPart> parts = CostAllocation.LargestRemainder(120_000m, [.. FederalStates.All.Select(s => new AllocationWeight(s.Code, s.KoenigsteinShare))]);

        Assert.Equal(expected, parts.Select(p => p.Amount));
        Assert.Equal(120_000m, parts.Sum(p => p.Amount));
    }

    [Fact]
    public void Half_of_the_yearly_cost_by_the_inhabitants_of_five_states() =>
        Assert.Equal([19_855.96m, 14_544.23m, 141_306.31m, 32_233.09m, 32_060.41m], Divide(240_000m, [.. Participants.Select(code => (decimal)FederalStates.Of(code)!.Population)]));

    [Fact]
    public void Half_of_the_yearly_cost_by_actual_use() =>
        Assert.Equal([8_727.27m, 39_272.73m, 152_727.27m, 22_545.46m, 16_727.27m], Divide(240_000m, [1_200, 5_400, 21_000, 3_100, 2_300]));

    [Fact]
    public void Shares_that_would_round_to_a_cent_too_much_add_up()
    {
        decimal[] weights = [.. Participants.Select(code => FederalStates.Of(code)!.KoenigsteinShare)];

        decimal[] parts = Divide(240_000m, weights);

        Assert.Equal(240_000.01m, weights.Sum(w => Cents.Round(240_000m * w / weights.Sum())));
        Assert.Equal([19_917.09m, 17_113.86m, 138_544.27m, 31_674.67m, 32_750.11m], parts);
        Assert.Equal(240_000m, parts.Sum());
    }

    [Fact]
    public void Of_equal_remainders_the_lower_key_gets_the_cent()
    {
        IReadOnlyList<AllocatedPart> parts = CostAllocation.LargestRemainder(100m, Prices.Weights(("03", 1), ("01", 1), ("02", 1)));

        Assert.Equal([33.33m, 33.34m, 33.33m], parts.Select(p => p.Amount));
    }

    [Fact]
    public void A_body_without_weight_shares_nothing() =>
        Assert.Equal([0m, 10m], CostAllocation.LargestRemainder(10m, Prices.Weights(("01", 0), ("02", 3))).Select(p => p.Amount));

    /// <summary>§ 7b BayDiV: 5 million to be divided, 60 % between municipalities, 35 % between districts; a city without district pays both.</summary>
    [Theory]
    [InlineData("095770168168", 1_748, 30, 400)]
    [InlineData("091620000000", 1_484_226, 47.5, 537_160)]
    public void Bavaria_rounds_up_to_the_full_euro(string ars, int population, decimal percent, decimal expected)
    {
        SharedCostPrice price = Prices.Shared(
            10_000_000m, AllocationKey.Population, Prices.Weights((ars, population), ("09", 13_124_737 - population)), percent, AllocationRounding.UpToEuro);

        PriceLine line = Assert.Single(Prices.Basis(price, Prices.User(ars)).Year());

        Assert.Equal(expected, line.Net);
        Assert.Equal([PriceStepCodes.UsageDependent, PriceStepCodes.ShareUpToEuro], line.Steps.Select(s => s.Code));
    }

    [Fact]
    public void Only_the_usage_dependent_part_is_shared()
    {
        SharedCostPrice price = Prices.Shared(480_000m, AllocationKey.ActualUse, Prices.Weights(("12", 1_200), ("02", 5_400), ("05", 21_000), ("07", 3_100), ("14", 2_300)), percent: 50);

        PriceLine line = Assert.Single(Prices.Basis(price, Prices.User("07")).Year());

        Assert.Equal(22_545.46m, line.Net);
        Assert.Equal(
            [
                new PriceStep(PriceStepCodes.UsageDependent, "480.000,00 EUR × 50 / 100", 240_000m),
                new PriceStep(PriceStepCodes.Share, "240.000,00 EUR × 3.100 / 33.000", 22_545.45m),
                new PriceStep(PriceStepCodes.Remainder, "22.545,45 EUR + 0,01 EUR", 22_545.46m),
            ],
            line.Steps);
    }

    [Theory]
    [InlineData("091620000000", "09162")]
    [InlineData("020000000000", "02")]
    [InlineData("11000", "11")]
    [InlineData("05766", "05766")]
    [InlineData("057660044044", "057660044044")]
    [InlineData("040110000000", "04011")]
    public void Keys_of_the_same_body_are_the_same(string ars, string body) => Assert.Equal(body, CostAllocation.BodyOf(ars));

    private static decimal[] Divide(decimal sum, decimal[] weights) =>
        [.. CostAllocation.LargestRemainder(sum, [.. weights.Select((w, i) => new AllocationWeight(Participants[i], w))]).Select(p => p.Amount)];
}
