using System.Collections.Frozen;

namespace Efa.Marketplace.Organisations;

/// <summary>A VAT identification number with its country (§ 27a UStG; EN 16931 BT-31, BT-48).</summary>
/// <remarks>Only the form is checked: whether a number was given out, the Federal Central Tax Office says.</remarks>
public static class VatId
{
    public const string Expected = "a VAT identification number: the country's two letters, in Germany DE and 9 digits";

    // Greece is EL here, and XI is Northern Ireland.
    private static readonly FrozenSet<string> Countries = new[]
    {
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsValid(string text)
    {
        if (text.Length < 2 || !Countries.Contains(text[..2])) return false;
        string number = text[2..];
        return text.StartsWith("DE", StringComparison.Ordinal)
            ? number.Length == 9 && number.All(char.IsAsciiDigit)
            : number.Length is >= 2 and <= 12 && number.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
    }
}
