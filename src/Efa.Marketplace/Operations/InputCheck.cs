using System.Globalization;

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
}
