using System.Collections.Frozen;
using System.Globalization;

namespace Efa.Marketplace.Organisations;

/// <summary>An international bank account number (ISO 13616; EN 16931 BT-84), kept without spaces.</summary>
public static class Iban
{
    public const string Expected = "an IBAN with the length of its country (22 in Germany), capital letters and the right check digits";

    // The countries of the single euro payments area.
    private static readonly FrozenDictionary<string, int> LengthOfCountry =
        ("AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 "
            + "MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22")
        .Split(' ').ToFrozenDictionary(c => c[..2], c => int.Parse(c[2..], CultureInfo.InvariantCulture), StringComparer.Ordinal);

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
