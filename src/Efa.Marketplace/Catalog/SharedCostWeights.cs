using Efa.Marketplace.Organisations;
using Efa.Marketplace.Pricing;

namespace Efa.Marketplace.Catalog;

/// <summary>Who shares a cost where the offer does not say it: all states, by the key.</summary>
public static class SharedCostWeights
{
    /// <summary>The components with all weights filled in, as an order keeps them.</summary>
    public static IReadOnlyList<PriceComponent> Filled(IReadOnlyList<PriceComponent> components, IReadOnlyList<PricedUser> users) =>
        [.. components.Select(c => c is SharedCostPrice { Weights: null } shared ? Filled(shared, users) : c)];

    private static SharedCostPrice Filled(SharedCostPrice price, IReadOnlyList<PricedUser> users) => price.Key switch
    {
        AllocationKey.Population => price with { Weights = Weights(FederalStates.All, s => s.Population), WeightsOn = FederalStates.PopulationOn },
        AllocationKey.Koenigstein => price with { Weights = Weights(FederalStates.All, s => s.KoenigsteinShare) },
        AllocationKey.AdjustedKoenigstein => price with { Weights = Weights(Participants(users), s => s.KoenigsteinShare) },
        AllocationKey.NumberOfBodies or AllocationKey.Flat => price with { Weights = Weights(FederalStates.All, _ => 1) },
        // Nobody but the supplier knows these; without them there is no price.
        AllocationKey.ActualUse or AllocationKey.TargetGroup => price,
    };

    /// <summary>The states among the users: the key is adjusted to those who take part.</summary>
    private static IEnumerable<FederalState> Participants(IReadOnlyList<PricedUser> users)
    {
        HashSet<string> bodies = [.. users.Select(u => u.Ars).OfType<string>().Select(CostAllocation.BodyOf)];
        return FederalStates.All.Where(s => bodies.Contains(s.Code));
    }

    private static IReadOnlyList<AllocationWeight> Weights(IEnumerable<FederalState> states, Func<FederalState, decimal> weight) =>
        [.. states.Select(s => new AllocationWeight(s.Code, weight(s)))];
}
