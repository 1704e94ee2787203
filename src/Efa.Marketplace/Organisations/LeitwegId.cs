namespace Efa.Marketplace.Organisations;

/// <summary>The address of a public buyer's e-invoices (EN 16931 BT-10): coarse part, perhaps a fine part, and check digits of ISO 7064 mod 97-10.</summary>
/// <remarks>Says nothing on existence: an address that no platform has registered is as well-formed as any.</remarks>
public static class LeitwegId
{
    public const string Expected =
        "a Leitweg-ID: 2 to 12 digits that begin with a state 01 to 16 or with 99, perhaps a hyphen and 1 to 30 characters A-Z 0-9, a hyphen and the right check digits";

    private const string Federation = "99";
    private const int LongestFine = 30;

    public static bool IsValid(string text)
    {
        string[] parts = text.Split('-');
        return parts switch
        {
            [string coarse, string check] => IsCoarse(coarse) && check == CheckDigits(coarse),
            [string coarse, string fine, string check] => IsCoarse(coarse) && IsFine(fine) && check == CheckDigits(coarse + fine),
            _ => false,
        };
    }

    /// <summary>The two check digits, 02 to 98, of coarse and fine part; hyphens are passed over, a letter counts as two digits, A = 10 to Z = 35.</summary>
    public static string CheckDigits(string coarseAndFine)
    {
        int rest = 0;
        foreach (char c in coarseAndFine)
        {
            if (c == '-') continue;
            // A running remainder: with its letters written out the number has up to 74 digits.
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97;
        }
        int check = 98 - (rest * 100 % 97);
        return check.ToString("00", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static bool IsCoarse(string text) =>
        text.Length is >= 2 and <= 12 && text.All(char.IsAsciiDigit) && (Ars.IsState(text[..2]) || text[..2] == Federation);

    private static bool IsFine(string text) =>
        text.Length is >= 1 and <= LongestFine && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
}
