using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Evidence;

/// <summary>JSON that is the same bytes for the same content (RFC 8785), so that it can be hashed and compared.</summary>
/// <remarks>Amounts are strings in our JSON; the only numbers are whole, so the number format of RFC 8785 is plain digits.</remarks>
public static class CanonicalJson
{
    public static string Write<T>(T value)
    {
        var text = new StringBuilder();
        Write(JsonSerializer.SerializeToNode(value, MarketJson.Options), text);
        return text.ToString();
    }

    /// <summary>Lower-case hex SHA-256 of the canonical JSON.</summary>
    public static string Hash<T>(T value) => HashOf(Write(value));

    /// <summary>Lower-case hex SHA-256 of a text in UTF-8.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject properties:
                Join(text, '{', '}', properties.OrderBy(p => p.Key, StringComparer.Ordinal), property =>
                {
                    WriteString(property.Key, text);
                    text.Append(':');
                    Write(property.Value, text);
                });
                break;
            case JsonArray items:
                Join(text, '[', ']', items, item => Write(item, text));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(value.GetValue<string>(), text);
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void Join<TItem>(StringBuilder text, char open, char close, IEnumerable<TItem> items, Action<TItem> write)
    {
        text.Append(open);
        bool first = true;
        foreach (TItem item in items)
        {
            if (!first) text.Append(',');
            first = false;
            write(item);
        }
        text.Append(close);
    }

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }
}
