using System.Collections.Frozen;

namespace Efa.Marketplace.Billing.XRechnung;

/// <summary>Units that the marketplace bills (UN/ECE Recommendations 20 and 21), with their German words.</summary>
public static class UnitCodes
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["C62"] = "Einheit",
        ["H87"] = "Stück",
        ["IE"] = "Einwohner",
        ["ANN"] = "Jahr",
        ["MON"] = "Monat",
        ["DAY"] = "Tag",
        ["HUR"] = "Stunde",
        ["LS"] = "pauschal",
        ["WEE"] = "Woche",
        ["QAN"] = "Quartal",
        ["SAN"] = "Halbjahr",
        ["E48"] = "Leistung",
        ["P1"] = "Prozent",
        ["XPP"] = "Stück",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string code) => Words.ContainsKey(code);

    /// <summary>The code itself where it has no word.</summary>
    public static string WordOf(string code) => Words.GetValueOrDefault(code, code);
}
