namespace Efa.Marketplace.Organisations;

/// <summary>A state (Land). Code: official two digits; share: percent of the Königstein key.</summary>
public sealed record FederalState(string Code, string Name, int Population, decimal KoenigsteinShare);

/// <summary>The sixteen states with their inhabitants (Federal Statistical Office) and the Königstein key of <see cref="KoenigsteinYear"/>; the shares add up to exactly 100.</summary>
public static class FederalStates
{
    public const int KoenigsteinYear = 2019;

    public static readonly DateOnly PopulationOn = new(2019, 12, 31);

    public static readonly IReadOnlyList<FederalState> All =
    [
        new("01", "Schleswig-Holstein", 2_903_773, 3.40578m),
        new("02", "Hamburg", 1_847_253, 2.60343m),
        new("03", "Niedersachsen", 7_993_608, 9.39533m),
        new("04", "Bremen", 681_202, 0.95379m),
        new("05", "Nordrhein-Westfalen", 17_947_221, 21.07592m),
        new("06", "Hessen", 6_288_080, 7.43709m),
        new("07", "Rheinland-Pfalz", 4_093_903, 4.81848m),
        new("08", "Baden-Württemberg", 11_100_394, 13.04061m),
        new("09", "Bayern", 13_124_737, 15.56072m),
        new("10", "Saarland", 986_887, 1.19827m),
        new("11", "Berlin", 3_669_491, 5.18995m),
        new("12", "Brandenburg", 2_521_893, 3.02987m),
        new("13", "Mecklenburg-Vorpommern", 1_608_138, 1.98045m),
        new("14", "Sachsen", 4_071_971, 4.98208m),
        new("15", "Sachsen-Anhalt", 2_194_782, 2.69612m),
        new("16", "Thüringen", 2_133_378, 2.63211m),
    ];

    public static FederalState? Of(string code) => All.FirstOrDefault(s => s.Code == code);
}
