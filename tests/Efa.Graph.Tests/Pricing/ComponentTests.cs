using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class ComponentTests
{
    private static readonly PriceTier[] Tiers = [new(20_000, 0.02m), new(100_000, 0.01m, 50m), new(null, 0.005m)];

    [Fact]
    public void Inhabitants_are_multiplied_before_anything_is_rounded()
    {
        PricedUser lippe = Prices.User("05766", 347_514);
        PricingBasis basis = Prices.Basis(Prices.PerInhabitant(0.0333m), lippe);

        PriceLine full = Assert.Single(basis.Year());
        PriceLine part = basis.Single("2026-09-15", "2026-12-31");

        Assert.Equal((lippe.OrganisationId, 11_572.2162m, 11_572.22m), (full.UsedById, full.UnitPrice, full.Net));
        Assert.Equal(
            [new PriceStep(PriceStepCodes.Inhabitants, "347.514 × 0,0333 EUR", 11_572.2162m), new PriceStep(PriceStepCodes.Rounded, "11.572,2162 EUR", 11_572.22m)], full.Steps);
        Assert.Equal((11_572.2162m, 3_424.11m), (part.UnitPrice, part.Net));
    }

    [Theory]
    [InlineData(1_748, 500)]
    [InlineData(100_000, 1_200)]
    [InlineData(1_484_226, 9_000)]
    public void Minimum_and_maximum_bound_a_full_period(int population, decimal net)
    {
        PricingBasis basis = Prices.Basis(Prices.PerInhabitant(0.012m, 500m, 9_000m), Prices.User("09", population));

        Assert.Equal(net, Assert.Single(basis.Year()).Net);
        Assert.Equal(Cents.Round(net * 108 / 365), basis.Single("2026-09-15", "2026-12-31").Net);
    }

    [Fact]
    public void The_minimum_holds_for_each_user()
    {
        PricingBasis basis = Prices.Basis(Prices.PerInhabitant(0.012m, 500m), Prices.User("09", 1_748), Prices.User("08", 100_000));

        Assert.Equal([500m, 1_200m], basis.Year().Select(l => l.Net));
        Assert.Equal(basis.Users.Select(u => u.OrganisationId), basis.Year().Select(l => l.UsedById));
    }

    [Theory]
    [InlineData(0, new double[] { 0 })]
    [InlineData(20_000, new double[] { 400 })]
    [InlineData(20_001, new double[] { 400, 50.01 })]
    [InlineData(100_000, new double[] { 400, 850 })]
    [InlineData(247_514, new double[] { 400, 850, 737.57 })]
    public void Each_graduated_tier_prices_its_own_part(int population, double[] net)
    {
        IReadOnlyList<PriceLine> lines = Prices.Basis(Prices.Tiered(QuantityBasis.Inhabitants, graduated: true, Tiers), Prices.User("05", population)).Year();

        Assert.Equal(net.Select(n => (decimal)n), lines.Select(l => l.Net));
    }

    [Theory]
    [InlineData(20_000, 400)]
    [InlineData(20_001, 250.01)]
    [InlineData(100_001, 500.01)]
    public void One_tier_prices_the_whole_quantity_where_tiers_are_not_graduated(int population, decimal net)
    {
        PriceLine line = Assert.Single(Prices.Basis(Prices.Tiered(QuantityBasis.Inhabitants, graduated: false, Tiers), Prices.User("05", population)).Year());

        Assert.Equal(net, line.Net);
    }

    [Fact]
    public void A_tier_says_its_quantity_its_units_and_its_fixed_amount()
    {
        PriceLine second = Prices.Basis(Prices.Tiered(QuantityBasis.Inhabitants, graduated: true, Tiers), Prices.User("05", 90_164)).Year()[1];

        Assert.Equal(
            [
                new PriceStep(PriceStepCodes.TierQuantity, "min(90.164; 100.000) − 20.000", 70_164m),
                new PriceStep(PriceStepCodes.TierUnits, "70.164 × 0,01 EUR", 701.64m),
                new PriceStep(PriceStepCodes.TierAmount, "701,64 EUR + 50,00 EUR", 751.64m),
            ],
            second.Steps);
    }

    [Fact]
    public void Bodies_are_the_users_of_the_order()
    {
        TieredPrice price = Prices.Tiered(QuantityBasis.Bodies, graduated: true, new PriceTier(1, 100m), new PriceTier(null, 40m));

        IReadOnlyList<PriceLine> lines = Prices.Basis(price, Prices.User(), Prices.User(), Prices.User()).Year();

        Assert.Equal([100m, 80m], lines.Select(l => l.Net));
        Assert.All(lines, line => Assert.Null(line.UsedById));
    }

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(200, 0)]
    [InlineData(0, 0)]
    public void Included_uses_are_free(int uses, decimal net)
    {
        PricingBasis basis = Prices.Basis(Prices.PerUse(1.25m, 200)) with { ExpectedUses = uses };

        Assert.Equal(net, Assert.Single(basis.Year()).Net);
    }

    [Fact]
    public void A_part_of_a_year_takes_its_part_of_the_uses_and_of_those_included()
    {
        PricingBasis basis = Prices.Basis(Prices.PerUse(1.25m, 200)) with { ExpectedUses = 1_000 };

        PriceLine line = basis.Single("2026-09-15", "2026-12-31");

        Assert.Equal((1_000m, 295.89m), (line.UnitPrice, line.Net));
        Assert.Equal([PriceStepCodes.UsesCharged, PriceStepCodes.Uses, PriceStepCodes.Days], line.Steps.Select(s => s.Code));
    }

    [Fact]
    public void Uses_that_are_not_stated_count_as_none_and_say_so()
    {
        PriceLine line = Assert.Single(Prices.Basis(Prices.PerUse(1.25m)).Year());

        Assert.Equal(0m, line.Net);
        Assert.Equal([new PriceStep(PriceStepCodes.UsesNotStated, "0", 0), new PriceStep(PriceStepCodes.Uses, "0 × 1,25 EUR", 0)], line.Steps);
    }

    [Fact]
    public void The_package_that_the_order_names_is_priced_in_each_component()
    {
        var basis = new PricingBasis(
            [Prices.Package(BillingPeriod.Year, ("S", 1_000m), ("M", 5_000m)), Prices.Package(BillingPeriod.OneTime, ("S", 100m), ("M", 500m))], [Prices.User()], "M", null);

        Assert.Equal(5_000m, Assert.Single(basis.Year()).Net);
        Assert.Equal(500m, Assert.Single(PriceCalculator.OneTime(basis, new(2026, 3, 1))).Net);
    }

    [Fact]
    public void A_fixed_price_is_due_once_for_all_users() =>
        Assert.Null(Assert.Single(Prices.Basis(Prices.Flat(12_000m), Prices.User(), Prices.User()).Year()).UsedById);
}
