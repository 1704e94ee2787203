using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Efa.Marketplace.Storage;

namespace Efa.Marketplace.Evidence;

/// <summary>JSON that is the same bytes for the same content (RFC 8785), so that it can be hashed and compared.</summary>
/// <remarks>Amounts are strings in our JSON; the only numbers are whole, so the number format of RFC 8785 is plain digits.</remarks>
public static class CanonicalJson
{
    public static string Write<T>(T value)
    {
        var text = new StringBuilder();
        // An element and not a node: nodes would take names that differ in case only for one.
        Write(JsonSerializer.SerializeToElement(value, MarketJson.Options), text);
        return text.ToString();
    }

    /// <summary>Lower-case hex SHA-256 of the canonical JSON.</summary>
    public static string Hash<T>(T value) => HashOf(Write(value));

    /// <summary>Lower-case hex SHA-256 of a text in UTF-8.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Join(text, '{', '}', value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal), property =>
                {
                    WriteString(property.Name, text);
                    text.Append(':');
                    Write(property.Value, text);
                });
                break;
            case JsonValueKind.Array:
                Join(text, '[', ']', value.EnumerateArray(), item => Write(item, text));
                break;
            case JsonValueKind.String:
                WriteString(value.GetString()!, text);
                break;
            default:
                text.Append(value.GetRawText());
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
