using System.Globalization;
using System.Text;

namespace Efa.Marketplace.Operations;

/// <summary>Checks of an input that need no store.</summary>
public static class InputCheck
{
    /// <summary>Required text of a bounded length, without control characters.</summary>
    public static IEnumerable<Refusal> Text(string? text, int longest, params string[] path)
    {
        if (string.IsNullOrWhiteSpace(text)) yield return new Invalid(OperationsRefusals.Required, path);
        else
            foreach (Refusal refusal in OptionalText(text, longest, path))
                yield return refusal;
    }

    /// <summary>A name or a title: one line, without characters that nobody sees and that make one name look like another.</summary>
    public static IEnumerable<Refusal> Name(string? name, int longest, params string[] path)
    {
        Refusal[] refusals = [.. Text(name, longest, path)];
        return refusals.Length == 0 && name!.EnumerateRunes().Any(IsUnseen) ? [new Invalid(OperationsRefusals.NameInvalid, path)] : refusals;
    }

    public static IEnumerable<Refusal> OptionalText(string? text, int longest, params string[] path)
    {
        if (text is null) yield break;
        if (text.Length > longest) yield return new Invalid(OperationsRefusals.TooLong, path) { Values = [longest] };
        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\t' or '\r'))) yield return new Invalid(OperationsRefusals.TextInvalid, path);
    }

    /// <summary>A list with a bound and without repetitions.</summary>
    public static IEnumerable<Refusal> Distinct<T>(IReadOnlyList<T>? items, int most, params string[] path)
    {
        if (items is null) yield break;
        if (items.Count > most) yield return new Invalid(OperationsRefusals.TooMany, path) { Values = [most] };
        var seen = new HashSet<T>();
        for (int i = 0; i < items.Count; i++)
            if (!seen.Add(items[i]))
                yield return new Invalid(OperationsRefusals.Duplicate, [.. path, i.ToString(CultureInfo.InvariantCulture)]);
    }

    public static IEnumerable<Refusal> IdempotencyKey(string key)
    {
        if (key.Length is 0 or > 128 || key.Any(c => c is < '!' or > '~'))
            yield return new Invalid(OperationsRefusals.InvalidIdempotencyKey, ["input", "idempotencyKey"]);
    }

    private static bool IsUnseen(Rune character) =>
        Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
