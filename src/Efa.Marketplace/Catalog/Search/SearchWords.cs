using System.Globalization;
using System.Text;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Catalog.Search;

/// <summary>Text as it is searched: words in lower case whose umlauts and ß have one spelling, with their stems beside them.</summary>
public static class SearchWords
{
    private const int MostTerms = 10;

    private const string Vowels = "aeiouy";

    // What stands in nearly every text tells nothing about an offer.
    private static readonly HashSet<string> Filler = new(StringComparer.Ordinal)
    {
        "am", "an", "auf", "aus", "bei", "das", "dem", "den", "der", "des", "die", "ein", "eine", "einem", "einen", "einer", "eines", "fur",
        "im", "in", "ist", "mit", "nach", "oder", "sich", "und", "vom", "von", "wird", "zu", "zum", "zur",
    };

    /// <summary>What a search asks for, at most ten words. Words like <c>der</c> count only where there are no others; null where the search is blank.</summary>
    public static IReadOnlyList<SearchTerm>? Terms(string? search)
    {
        if (string.IsNullOrWhiteSpace(search)) return null;
        string[] words = [.. Of(search).Distinct(StringComparer.Ordinal)];
        string[] telling = [.. words.Where(w => !Filler.Contains(w))];
        return [.. (telling.Length > 0 ? telling : words).Take(MostTerms).Select(word => new SearchTerm(word, GermanStem.Of(word)))];
    }

    /// <summary>What is kept of a text: each of its words once, after a space.</summary>
    /// <param name="stems">Whether their stems are kept as well.</param>
    public static string Kept(bool stems, params IEnumerable<string?> texts)
    {
        IEnumerable<string> words = texts.SelectMany(text => Of(text ?? ""));
        if (stems) words = words.SelectMany(word => new[] { word, GermanStem.Of(word) });
        return string.Concat(words.Distinct(StringComparer.Ordinal).Select(word => " " + word));
    }

    /// <summary>Behörde, Behoerde and BEHORDE are one word; a form cut short is the beginning of the whole one.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        // By runes first: what is no character at all would not be normalised.
        foreach (char c in string.Concat(text.EnumerateRunes()).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            if (char.IsLetterOrDigit(c))
            {
                Append(word, char.ToLowerInvariant(c));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private static void Append(StringBuilder word, char letter)
    {
        if (letter == 'ß') word.Append("ss");
        else if (letter != 'e' || !EndsLikeUmlaut(word)) word.Append(letter);
    }

    // The e of ae, oe and ue, but not that of neue or Quelle.
    private static bool EndsLikeUmlaut(StringBuilder word) =>
        word.Length > 0 && word[^1] is 'a' or 'o' or 'u' && (word.Length == 1 || word[^2] != 'q' && !Vowels.Contains(word[^2], StringComparison.Ordinal));
}
