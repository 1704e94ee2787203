namespace Efa.Marketplace.Organisations;

public sealed record FederalState(string Code, string Name, int Population, decimal KoenigsteinShare);

public static class FederalStates
{
    public static readonly DateOnly PopulationOn = new(2019, 12, 31);
    public const int KoenigsteinYear = 2019;
    public static readonly IReadOnlyList<FederalState> All = [];
    public static FederalState? Of(string code) => All.FirstOrDefault(s => s.Code == code);
}
