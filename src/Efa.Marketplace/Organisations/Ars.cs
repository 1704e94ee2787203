namespace Efa.Marketplace.Organisations;

/// <summary>The regional key of a state, region, district, municipal association or municipality (Amtlicher Regionalschlüssel).</summary>
/// <remarks>Digits: state 2, region 1, district 2, association 4, municipality 3. There is no check digit: a well-formed key may belong to nobody.</remarks>
public static class Ars
{
    public const string Expected = "a regional key (ARS) of 2, 3, 5, 9 or 12 digits that begins with a state, 01 to 16";

    public static bool IsValid(string text)
    {
        if (text.Length is not (2 or 3 or 5 or 9 or 12) || !text.All(char.IsAsciiDigit) || !IsState(text[..2])) return false;
        if (text.Length < 9) return true;
        // A municipality that belongs to no association repeats its own digits in the association's place.
        return text[5] switch
        {
            '5' => true,
            '0' or '9' => text.Length == 9 || text[6..9] == text[9..],
            _ => false,
        };
    }

    /// <summary>The municipal key (AGS) of 2, 3, 5 or 8 digits; null for an association, which has none.</summary>
    public static string? AgsOf(string ars) => ars.Length switch
    {
        9 => null,
        12 => ars[..5] + ars[9..],
        _ => ars,
    };

    /// <summary>Whether two digits are a state's, 01 to 16.</summary>
    public static bool IsState(string text) => text is ['0', >= '1' and <= '9'] or ['1', >= '0' and <= '6'];
}
