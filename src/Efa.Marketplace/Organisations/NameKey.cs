using System.Globalization;
using System.Text;

namespace Efa.Marketplace.Organisations;

/// <summary>Text as it is sorted and searched: lower case, ä as a, ß as ss, accents and punctuation off, single spaces.</summary>
public static class NameKey
{
    public static string Of(string text)
    {
        var key = new StringBuilder(text.Length);
        bool space = false;
        foreach (char c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsLetterOrDigit(c))
            {
                space = true;
                continue;
            }
            if (space && key.Length > 0) key.Append(' ');
            space = false;
            if (c is 'ß' or 'ẞ') key.Append("ss");
            else key.Append(char.ToLowerInvariant(c));
        }
        return key.ToString();
    }
}
