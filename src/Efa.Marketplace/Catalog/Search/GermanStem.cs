namespace Efa.Marketplace.Catalog.Search;

/// <summary>The stem that the forms of a German word share, by the German algorithm of Snowball as it was published in 2021.</summary>
public static class GermanStem
{
    private const string Vowels = "aeiouyäöü";
    private const string BeforeS = "bdfghklmnrt";
    private const string BeforeSt = "bdfghklmnt";

    /// <summary>What stands before the suffix is never shorter than this.</summary>
    private const int ShortestStem = 3;

    private static readonly string[] Declined = ["ern", "em", "er", "en", "es", "e", "s"];
    private static readonly string[] Compared = ["est", "en", "er", "st"];
    private static readonly string[] Derived = ["isch", "lich", "heit", "keit", "end", "ung", "ig", "ik"];

    /// <param name="word">One word in lower case.</param>
    public static string Of(string word)
    {
        char[] letters = WithConsonants(word.Replace("ß", "ss", StringComparison.Ordinal));
        int first = AfterSyllable(letters, 0);
        int second = AfterSyllable(letters, first);
        int length = WithoutDeclension(letters, Math.Max(first, ShortestStem));
        length = WithoutComparison(letters.AsSpan(0, length), Math.Max(first, ShortestStem));
        length = WithoutDerivation(letters.AsSpan(0, length), Math.Max(first, ShortestStem), second);
        return string.Create(length, letters, static (stem, from) =>
        {
            for (int i = 0; i < stem.Length; i++) stem[i] = from[i] switch { 'ä' => 'a', 'ö' => 'o', 'ü' or 'U' => 'u', 'Y' => 'y', var letter => letter };
        });
    }

    // A u or y between vowels counts as a consonant, which a capital marks.
    private static char[] WithConsonants(string word)
    {
        char[] letters = word.ToCharArray();
        for (int i = 0; i + 2 < letters.Length; i++)
        {
            if (!IsVowel(letters[i]) || letters[i + 1] is not ('u' or 'y') || !IsVowel(letters[i + 2])) continue;
            letters[i + 1] = char.ToUpperInvariant(letters[i + 1]);
            i += 2;
        }
        return letters;
    }

    /// <summary>The place after the first consonant that follows a vowel; the end where there is none.</summary>
    private static int AfterSyllable(ReadOnlySpan<char> letters, int from)
    {
        while (from < letters.Length && !IsVowel(letters[from])) from++;
        while (from < letters.Length && IsVowel(letters[from])) from++;
        return Math.Min(from + 1, letters.Length);
    }

    private static int WithoutDeclension(ReadOnlySpan<char> word, int region)
    {
        string suffix = SuffixOf(word, Declined);
        int rest = word.Length - suffix.Length;
        if (suffix.Length == 0 || rest < region || suffix == "s" && !EndsWithAny(word[..rest], BeforeS)) return word.Length;
        return suffix is "e" or "en" or "es" && word[..rest].EndsWith("niss") ? rest - 1 : rest;
    }

    private static int WithoutComparison(ReadOnlySpan<char> word, int region)
    {
        string suffix = SuffixOf(word, Compared);
        int rest = word.Length - suffix.Length;
        if (suffix.Length == 0 || rest < region) return word.Length;
        return suffix == "st" && (!EndsWithAny(word[..rest], BeforeSt) || rest - 1 < ShortestStem) ? word.Length : rest;
    }

    private static int WithoutDerivation(ReadOnlySpan<char> word, int firstRegion, int secondRegion)
    {
        string suffix = SuffixOf(word, Derived);
        int rest = word.Length - suffix.Length;
        if (suffix.Length == 0 || rest < secondRegion) return word.Length;
        ReadOnlySpan<char> stem = word[..rest];
        return suffix switch
        {
            "end" or "ung" => stem.EndsWith("ig") && !stem[..^2].EndsWith('e') ? Without(2, secondRegion) : rest,
            "lich" or "heit" => stem.EndsWith("er") || stem.EndsWith("en") ? Without(2, firstRegion) : rest,
            "keit" => stem.EndsWith("lich") ? Without(4, secondRegion) : stem.EndsWith("ig") ? Without(2, secondRegion) : rest,
            _ => stem.EndsWith('e') ? word.Length : rest,
        };

        int Without(int more, int region) => rest - more >= region ? rest - more : rest;
    }

    /// <summary>The longest that the word ends with, where the longer ones stand first; empty where there is none.</summary>
    private static string SuffixOf(ReadOnlySpan<char> word, string[] suffixes)
    {
        foreach (string suffix in suffixes)
            if (word.EndsWith(suffix))
                return suffix;
        return "";
    }

    private static bool EndsWithAny(ReadOnlySpan<char> word, string letters) => word.Length > 0 && letters.Contains(word[^1], StringComparison.Ordinal);

    private static bool IsVowel(char letter) => Vowels.Contains(letter, StringComparison.Ordinal);
}
