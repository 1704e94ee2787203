using System.Globalization;

namespace Efa.Marketplace.Pricing;

/// <summary>Why a basis has no price.</summary>
public static class PriceObstacles
{
    public const string PriceByAgreement = "PRICE_BY_AGREEMENT";
    public const string PackageRequired = "PACKAGE_REQUIRED";
    public const string PackageUnknown = "PACKAGE_UNKNOWN";
    public const string PopulationUnknown = "POPULATION_UNKNOWN";
    public const string TargetGroupUnknown = "TARGET_GROUP_UNKNOWN";
    public const string WeightUnknown = "WEIGHT_UNKNOWN";

    /// <summary>None where there is a price. Paths: <c>packageCode</c>, <c>users</c> with a position, or empty where it is about the offer.</summary>
    public static IReadOnlyList<PriceProblem> Of(PricingBasis basis) =>
        basis.Components.Count == 0 ? [new PriceProblem([], PriceByAgreement)] : [.. Package(basis), .. basis.Components.SelectMany(c => Against(c, basis)).DistinctBy(p => (string.Join('/', p.Path), p.Code))];

    private static IEnumerable<PriceProblem> Package(PricingBasis basis)
    {
        PackagePrice[] priced = [.. basis.Components.OfType<PackagePrice>()];
        if (basis.PackageCode is null && priced.Length > 0) yield return new PriceProblem(["packageCode"], PackageRequired);
        if (basis.PackageCode is { } code && (priced.Length == 0 || !priced.All(c => c.Packages.Any(p => p.Code == code)))) yield return new PriceProblem(["packageCode"], PackageUnknown);
    }

    private static IEnumerable<PriceProblem> Against(PriceComponent component, PricingBasis basis) => component switch
    {
        PerInhabitantPrice or TieredPrice { Basis: QuantityBasis.Inhabitants } => Users(basis, u => u.Population is null, PopulationUnknown),
        TieredPrice { Basis: QuantityBasis.TargetGroup } => [new PriceProblem([], TargetGroupUnknown)],
        SharedCostPrice price => Shares(price, basis),
        _ => [],
    };

    private static IEnumerable<PriceProblem> Shares(SharedCostPrice price, PricingBasis basis)
    {
        if (price.Weights is not { } weights || !weights.Any(w => w.Weight > 0)) return [new PriceProblem([], WeightUnknown)];
        HashSet<string> bodies = [.. weights.Select(w => CostAllocation.BodyOf(w.Ars))];
        return Users(basis, u => u.Ars is null || !bodies.Contains(CostAllocation.BodyOf(u.Ars)), WeightUnknown);
    }

    private static IEnumerable<PriceProblem> Users(PricingBasis basis, Func<PricedUser, bool> stands, string code) =>
        basis.Users.Index().Where(u => stands(u.Item)).Select(u => new PriceProblem(["users", u.Index.ToString(CultureInfo.InvariantCulture)], code));
}
