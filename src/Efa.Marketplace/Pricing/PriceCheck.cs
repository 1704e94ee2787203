namespace Efa.Marketplace.Pricing;

/// <summary>What is wrong with a price component, and where.</summary>
/// <param name="Path">From the list of components down, such as 0, tiers, 2, upTo.</param>
/// <param name="Code">Code of the text.</param>
public sealed record PriceProblem(IReadOnlyList<string> Path, string Code);

/// <summary>Rules that the components of an offer keep.</summary>
public static class PriceCheck
{
    public static IReadOnlyList<PriceProblem> Problems(IReadOnlyList<PriceComponent> components) => [];
}
