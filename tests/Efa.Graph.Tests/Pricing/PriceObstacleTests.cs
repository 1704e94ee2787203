using Efa.Marketplace.Pricing;

namespace Efa.Graph.Tests.Pricing;

public sealed class PriceObstacleTests
{
    [Fact]
    public void Without_components_the_price_is_agreed() => Is(new PricingBasis([], [Prices.User()], null, null), "PRICE_BY_AGREEMENT");

    [Fact]
    public void A_package_must_be_named()
    {
        PricingBasis basis = Prices.Basis(Prices.Package(BillingPeriod.Year, ("S", 1m), ("M", 2m)));

        Is(basis, "PACKAGE_REQUIRED", "packageCode");
        Is(basis with { PackageCode = "XL" }, "PACKAGE_UNKNOWN", "packageCode");
        Is(basis with { PackageCode = "s" }, "PACKAGE_UNKNOWN", "packageCode");
        Assert.Empty(PriceObstacles.Of(basis with { PackageCode = "S" }));
    }

    [Fact]
    public void A_package_cannot_be_named_where_there_is_none() => Is(Prices.Basis(Prices.Flat(1m)) with { PackageCode = "S" }, "PACKAGE_UNKNOWN", "packageCode");

    [Fact]
    public void Inhabitants_must_be_known_for_each_user()
    {
        Is(Prices.Basis(Prices.PerInhabitant(1m), Prices.User("01", 1), Prices.User("02")), "POPULATION_UNKNOWN", "users", "1");
        Is(Prices.Basis(Prices.Tiered(QuantityBasis.Inhabitants, true, new PriceTier(null, 1m)), Prices.User("02")), "POPULATION_UNKNOWN", "users", "0");
    }

    [Fact]
    public void A_user_shares_by_its_own_weight_only()
    {
        SharedCostPrice price = Prices.Shared(100m, AllocationKey.Koenigstein, Prices.Weights(("09", 1), ("02", 1)));

        Is(Prices.Basis(price, Prices.User("091620000000")), "WEIGHT_UNKNOWN", "users", "0");
        Is(Prices.Basis(price, Prices.User()), "WEIGHT_UNKNOWN", "users", "0");
        Assert.Empty(PriceObstacles.Of(Prices.Basis(price, Prices.User("09"), Prices.User("020000000000"))));
    }

    [Fact]
    public void Weights_that_nobody_filled_in_give_no_price()
    {
        Is(Prices.Basis(Prices.Shared(100m, AllocationKey.ActualUse, null), Prices.User("09")), "WEIGHT_UNKNOWN");
        Is(Prices.Basis(Prices.Shared(100m, AllocationKey.ActualUse, Prices.Weights(("09", 0))), Prices.User("09")), "WEIGHT_UNKNOWN");
    }

    [Fact]
    public void The_size_of_a_target_group_is_not_known() => Is(Prices.Basis(Prices.Tiered(QuantityBasis.TargetGroup, true, new PriceTier(null, 1m))), "TARGET_GROUP_UNKNOWN");

    private static void Is(PricingBasis basis, string code, params string[] path)
    {
        PriceProblem problem = Assert.Single(PriceObstacles.Of(basis));

        Assert.Equal(code, problem.Code);
        Assert.Equal(path, problem.Path);
        Assert.Throws<InvalidOperationException>(() => basis.Year());
    }
}
