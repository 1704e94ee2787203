using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Efa.Marketplace.Storage.Paging;

/// <summary>A position in a list: the sort key and the id of a row. Opaque to clients, and not signed, because visibility is applied anew.</summary>
/// <param name="Order">Name of the list and its sort; a cursor is good for that one only.</param>
public sealed record PageCursor(string Order, string Key, Guid Id)
{
    private const byte Format = 1;

    public override string ToString()
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(new[] { Order, Key, Id.ToString("N") });
        return Base64Url.EncodeToString([Format, .. text]);
    }

    /// <summary>Null where the text is no page cursor.</summary>
    public static PageCursor? Parse(string text)
    {
        try
        {
            byte[] bytes = Base64Url.DecodeFromChars(text);
            return bytes is [Format, ..]
                && JsonSerializer.Deserialize<string[]>(Encoding.UTF8.GetString(bytes.AsSpan(1))) is [{ } order, { } key, { } id]
                && Guid.TryParseExact(id, "N", out Guid guid)
                    ? new PageCursor(order, key, guid)
                    : null;
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>A cursor that does not belong to the list or sort it was given to.</summary>
public sealed class InvalidCursorException(string expected) : Exception($"Expected {expected}.")
{
    public string Expected { get; } = expected;
}
