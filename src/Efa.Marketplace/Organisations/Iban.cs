using System.Collections.Frozen;

namespace Efa.Marketplace.Organisations;

/// <summary>An international bank account number (ISO 13616; EN 16931 BT-84), kept without spaces.</summary>
public static class Iban
{
    public const string Expected = "an IBAN with the length of its country (22 in Germany), capital letters and the right check digits";

    private static readonly FrozenDictionary<string, int> LengthOfCountry = new Dictionary<string, int>
    {
        ["AD"] = 24, ["AT"] = 20, ["BE"] = 16, ["BG"] = 22, ["CH"] = 21, ["CY"] = 28, ["CZ"] = 24, ["DE"] = 22, ["DK"] = 18, ["EE"] = 20, ["ES"] = 24, ["FI"] = 18,
        ["FR"] = 27, ["GB"] = 22, ["GR"] = 27, ["HR"] = 21, ["HU"] = 28, ["IE"] = 22, ["IS"] = 26, ["IT"] = 27, ["LI"] = 21, ["LT"] = 20, ["LU"] = 20, ["LV"] = 21,
        ["MC"] = 27, ["MT"] = 31, ["NL"] = 18, ["NO"] = 15, ["PL"] = 28, ["PT"] = 25, ["RO"] = 24, ["SE"] = 24, ["SI"] = 19, ["SK"] = 24, ["SM"] = 27, ["VA"] = 22,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Takes an IBAN with or without spaces and gives it without.</summary>
    public static bool TryParse(string text, out string iban)
    {
        iban = text.Replace(" ", "", StringComparison.Ordinal);
        return LengthOfCountry.TryGetValue(iban.Length < 2 ? "" : iban[..2], out int length)
            && iban.Length == length
            && iban.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))
            && char.IsAsciiDigit(iban[2]) && char.IsAsciiDigit(iban[3])
            && iban[2..4] is not ("00" or "01" or "99")
            && Remainder(iban[4..] + iban[..4]) == 1;
    }

    private static int Remainder(string text) =>
        text.Aggregate(0, (rest, c) => char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97);
}
