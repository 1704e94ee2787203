using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace Efa.Marketplace.Events;

/// <summary>A position in the event log as clients hold it: which log, which life of it, and up to where it was read.</summary>
/// <param name="Log">Name of the log, for example <c>orders</c>; a cursor is good for that one only.</param>
/// <param name="Epoch">Drawn when the store was made or restored.</param>
public sealed record LogCursor(string Log, int Epoch, long Position)
{
    private const byte Format = 2;

    public override string ToString()
    {
        byte[] log = Encoding.ASCII.GetBytes(Log);
        Span<byte> bytes = stackalloc byte[13 + log.Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], Epoch);
        BinaryPrimitives.WriteInt64BigEndian(bytes[5..], Position);
        log.CopyTo(bytes[13..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null where the text is no log cursor.</summary>
    public static LogCursor? Parse(string text)
    {
        try
        {
            byte[] bytes = Base64Url.DecodeFromChars(text);
            return bytes.Length > 13 && bytes[0] == Format
                ? new LogCursor(Encoding.ASCII.GetString(bytes.AsSpan(13)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(1)), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(5)))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
