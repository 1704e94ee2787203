using System.Globalization;
using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;

namespace Efa.Marketplace.Catalog.Publiccode;

/// <summary>A place in a file and what stands there, if anything does. What is wrong there is told to the file's list of faults.</summary>
/// <param name="Node">Null where the key is missing.</param>
/// <param name="Line">Of the value; where there is none, of what it should stand in.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) from the file down.</param>
internal sealed record PubliccodePlace(YamlNode? Node, int Line, string Pointer, List<RowRefused> Faults)
{
    public bool IsEmpty => Node is null or YamlText { Value: null };

    public PubliccodePlace this[string key] => Node is YamlMap map && map.Entries.TryGetValue(key, out YamlNode? value)
        ? At(value, key) : new PubliccodePlace(null, Line, Below(key), Faults);

    /// <summary>Keys with what they stand for, in no order; nothing where something else is there.</summary>
    public IEnumerable<(string Key, PubliccodePlace Place)> Entries()
    {
        if (Node is YamlMap map) return map.Entries.Select(entry => (entry.Key, At(entry.Value, entry.Key)));
        if (!IsEmpty) Refuse(PubliccodeRefusals.NotMap);
        return [];
    }

    public IEnumerable<PubliccodePlace> Items()
    {
        if (Node is YamlList list) return list.Items.Select((item, i) => At(item, i.ToString(CultureInfo.InvariantCulture)));
        if (!IsEmpty) Refuse(PubliccodeRefusals.NotList);
        return [];
    }

    public string? Text()
    {
        if (Node is YamlText text) return text.Value;
        if (!IsEmpty) Refuse(PubliccodeRefusals.NotText);
        return null;
    }

    /// <summary>Empty where there is none, which is told.</summary>
    public string RequiredText()
    {
        if (IsEmpty) Refuse(PubliccodeRefusals.KeyMissing, Pointer[(Pointer.LastIndexOf('/') + 1)..]);
        return Text() ?? "";
    }

    public void Refuse(ErrorCode code, params object?[] values) => Faults.Add(new RowRefused(code, [], 1, Line, "", Pointer) { Values = values });

    private PubliccodePlace At(YamlNode node, string part) => new(node, node.Line, Below(part), Faults);

    private string Below(string part) => $"{Pointer}/{part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
