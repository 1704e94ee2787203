namespace Efa.Marketplace;

/// <summary>The languages that texts for people come in; German where nothing is asked for.</summary>
public enum Language
{
    German,
    English,
}

/// <summary>A text for people in both languages. <c>{0}</c> and following are filled in by <see cref="In"/>.</summary>
public sealed record Text(string German, string English)
{
    public string In(Language language, params object?[] values)
    {
        string text = language == Language.English ? English : German;
        return values.Length == 0 ? text : string.Format(language.Culture(), text, values);
    }
}

/// <summary>Number and date formats of a language.</summary>
public static class LanguageCulture
{
    private static readonly System.Globalization.CultureInfo German = System.Globalization.CultureInfo.GetCultureInfo("de-DE");
    private static readonly System.Globalization.CultureInfo English = System.Globalization.CultureInfo.GetCultureInfo("en-GB");

    public static System.Globalization.CultureInfo Culture(this Language language) => language == Language.English ? English : German;
}
