using Efa.Marketplace.Catalog.Imports;
using Efa.Marketplace.Operations;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Efa.Marketplace.Catalog.Publiccode;

/// <summary>A part of a YAML file.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
internal abstract record YamlNode(int Line)
{
    /// <summary>A file for people is never so deep; a deeper one is made to harm.</summary>
    public const int MostLevels = 16;

    /// <exception cref="FileUnreadableException">With the line where it cannot be read on.</exception>
    public static YamlNode Read(string text)
    {
        // For the parser such a character is an end, and what follows would be lost.
        if (text.AsSpan().IndexOfAnyInRange('\0', '\b') is var at and >= 0) throw Unreadable(PubliccodeRefusals.NotYaml, text.AsSpan(0, at).Count('\n') + 1);
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return new YamlText(1, null);
            parser.Consume<DocumentStart>();
            YamlNode root = Node(parser, level: 1);
            parser.Consume<DocumentEnd>();
            return parser.Accept<DocumentStart>(out DocumentStart? second) ? throw Unreadable(PubliccodeRefusals.SecondDocument, LineOf(second)) : root;
        }
        catch (YamlException unreadable)
        {
            throw Broken(text, unreadable.Start.Line);
        }
        // So the parser ends at characters that are none and at some words in lists; of the line it tells no more than where the last part was.
        catch (Exception unexpected) when (unexpected is ArgumentException or InvalidOperationException)
        {
            throw Broken(text, parser.Current?.End.Line ?? 1);
        }
    }

    // What is missing at the end is missing in the last line that says something.
    private static FileUnreadableException Broken(string text, long line) =>
        Unreadable(PubliccodeRefusals.NotYaml, (int)Math.Clamp(line, 1, text.AsSpan().TrimEnd().Count('\n') + 1));

    private static YamlNode Node(IParser parser, int level)
    {
        ParsingEvent next = parser.Current!;
        int line = LineOf(next);
        // Without them a file can say no more than it holds.
        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false }) throw Unreadable(PubliccodeRefusals.AliasUsed, line);
        if (level > MostLevels) throw Unreadable(PubliccodeRefusals.TooDeep, line, MostLevels);
        if (parser.TryConsume<Scalar>(out Scalar? scalar)) return new YamlText(line, ValueOf(scalar));
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, level + 1));
            return new YamlList(line, items);
        }
        parser.Consume<MappingStart>();
        var entries = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            line = LineOf(parser.Current!);
            if (Node(parser, level + 1) is not YamlText { Value: { } key }) throw Unreadable(PubliccodeRefusals.NotText, line);
            if (!entries.TryAdd(key, Node(parser, level + 1))) throw Unreadable(PubliccodeRefusals.KeyTwice, line, key);
        }
        return new YamlMap(LineOf(next), entries);
    }

    private static string? ValueOf(Scalar scalar)
    {
        string value = scalar.Value.Trim();
        return value.Length == 0 || (scalar.Style == ScalarStyle.Plain && value is "~" or "null" or "Null" or "NULL") ? null : value;
    }

    private static FileUnreadableException Unreadable(ErrorCode code, int line, params object?[] values) => new(code, 1, line, values);

    private static int LineOf(ParsingEvent parsed) => (int)parsed.Start.Line;
}

/// <param name="Value">Without space around it; null where nothing is said, or an empty text. Numbers and truth values are texts too.</param>
internal sealed record YamlText(int Line, string? Value) : YamlNode(Line);

internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

internal sealed record YamlMap(int Line, IReadOnlyDictionary<string, YamlNode> Entries) : YamlNode(Line);
